import Foundation
import Matrix
import Models
import ProblemSets

extension Fitter {
  /// What the Python program is sent for a fit.
  private struct Request: Encodable {
    let method: String
    let name: String
    let start: [Double]
  }

  /// What it answers.
  private struct Reply: Decodable {
    let seconds: Double
    let parameters: [Double]
    let residuals: Int
    let jacobians: Int
  }

  /// A regression as the program reads it.
  private struct DataSet: Encodable {
    let name: String
    let predictors: [[Double]]
    let response: [Double]
  }

  /// The contents of the file that the program is started with.
  static func file(of regressions: [NonlinearRegression]) throws -> Data {
    try JSONEncoder().encode(
      regressions.map {
        DataSet(
          name: $0.name, predictors: $0.predictors,
          response: $0.response.array)
      })
  }

  /// SciPy's three methods.
  static func sciPy(_ peer: PythonPeer) -> [Fitter] {
    ["lm", "trf", "dogbox"].map { method in
      Fitter(name: "SciPy, \(method)", isPeer: true) { regression, start in
        let request = try JSONEncoder().encode(
          Request(
            method: method, name: regression.name,
            start: regression.starts[start].array))
        let reply: Reply = try peer.ask(
          String(decoding: request, as: UTF8.self))
        return Fit(
          seconds: reply.seconds, parameters: Vector(reply.parameters),
          residuals: reply.residuals, jacobians: reply.jacobians,
          isVerified: nil)
      }
    }
  }
}
