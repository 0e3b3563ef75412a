import Foundation
import Matrix
import TestSupport
import Testing

@Suite struct FactorizationsCodableTests {
  private func roundTrip<Value: Codable>(_ value: Value) throws -> Value {
    try JSONDecoder().decode(Value.self, from: JSONEncoder().encode(value))
  }

  @Test(arguments: [0, 1, 2, 20])
  func `A decoded factorization is the encoded one`(n: Int) throws {
    var generator = SplitMix64(seed: 1)
    let definite: Matrix<Double> = randomSPD(n, using: &generator)
    let indefinite: Matrix<Double> = randomSymmetric(n, using: &generator)
    let b: Vector<Double> = randomVector(n, using: &generator)
    var cholesky = try Cholesky(definite)
    #expect(try roundTrip(cholesky) == cholesky)
    cholesky.update(b)
    #expect(try roundTrip(cholesky) == cholesky)
    #expect(try roundTrip(cholesky).solve(b) == cholesky.solve(b))
    let lu = try LU(indefinite)
    #expect(try roundTrip(lu) == lu)
    #expect(try roundTrip(lu).solve(b) == lu.solve(b))
    var ldlt = try LDLT(indefinite)
    #expect(try roundTrip(ldlt) == ldlt)
    #expect(try roundTrip(ldlt).solve(b) == ldlt.solve(b))
    ldlt.makePositiveDefinite(smallest: 0.1)
    #expect(try roundTrip(ldlt) == ldlt)
    // Its work space is there again.
    var again = try roundTrip(ldlt)
    try again.factorize(definite)
    #expect(again == (try LDLT(definite)))
  }

  @Test(arguments: ["[1,1]", "[1,3]", "[2]", "[0,2]"])
  func `Exchanges that lead outside are refused`(list: String) {
    let json = """
      {"factors":{"rows":2,"columns":2,"columnMajor":[1,0,0,1]},
       "exchanges":\(list),"norm":1}
      """
    #expect(throws: DecodingError.self) {
      try JSONDecoder().decode(LU<Double>.self, from: Data(json.utf8))
    }
  }

  @Test(arguments: ["[1,0,1,1]", "[1,0]"])
  func `A factor that is no lower triangle is refused`(list: String) {
    let json = #"{"factor":{"rows":2,"columns":2,"columnMajor":\#(list)}}"#
    #expect(throws: DecodingError.self) {
      try JSONDecoder().decode(Cholesky<Double>.self, from: Data(json.utf8))
    }
  }

  @Test(arguments: [
    ("[1,1]", "[0,1]", "[1,2]"), ("[1]", "[0,0]", "[1,2]"),
    ("[1,1]", "[0]", "[1,2]"), ("[1,1]", "[0,0]", "[3,2]"),
  ])
  func `Blocks and exchanges that do not fit are refused`(
    diagonal: String, subdiagonal: String, exchanges: String
  ) {
    let json = """
      {"factor":{"rows":2,"columns":2,"columnMajor":[1,0,0,1]},
       "diagonal":\(diagonal),"subdiagonal":\(subdiagonal),
       "exchanges":\(exchanges)}
      """
    #expect(throws: DecodingError.self) {
      try JSONDecoder().decode(LDLT<Double>.self, from: Data(json.utf8))
    }
  }
}
