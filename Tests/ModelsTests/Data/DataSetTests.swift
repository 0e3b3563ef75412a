import Foundation
import Matrix
import TestSupport
import Testing

@testable import Models

@Suite("Data sets")
struct DataSetTests {
  private func file(_ text: String) throws -> String {
    let path = NSTemporaryDirectory() + "data-\(UUID()).txt"
    try text.write(toFile: path, atomically: true, encoding: .utf8)
    return path
  }

  private func error(_ body: () throws -> DataSet) -> String {
    do {
      _ = try body()
      return "none"
    } catch { return "\(error)" }
  }

  @Test("classes from a table of separated values")
  func classesFromCSV() throws {
    let path = try file(
      "width,kind,height\n1,oak,2\n3.5,\"ash\",-4e1\n0,oak,6\n")
    defer { try? FileManager.default.removeItem(atPath: path) }
    let data = try DataSet(csv: path, classes: "kind")
    #expect(data.samples == [[1, 3.5, 0], [2, -40, 6]])
    #expect(data.featureNames == ["width", "height"])
    #expect(data.classNames == ["ash", "oak"])
    #expect(data.classes == [1, 0, 1])
    #expect(data.oneHot == [[0, 1, 0], [1, 0, 1]])
    #expect(data.labels(of: 0) == [-1, 1, -1])
  }

  @Test("classes that are numbers are in the order of numbers")
  func numericClasses() throws {
    let path = try file("x,k\n1,10\n2,9\n3,10\n")
    defer { try? FileManager.default.removeItem(atPath: path) }
    let data = try DataSet(csv: path, classes: "k")
    #expect(data.classNames == ["9", "10"])
    #expect(data.classes == [1, 0, 1])
  }

  @Test("numbers from a table of separated values")
  func numbersFromCSV() throws {
    let path = try file("y;a\n0.5;1\n-2;3\n")
    defer { try? FileManager.default.removeItem(atPath: path) }
    let data = try DataSet(csv: path, numbers: "y")
    #expect(data.targets == .numbers([0.5, -2]))
    #expect(data.samples == [[1, 3]])
  }

  @Test(
    "what is wrong with a table is named",
    arguments: [
      ("a,y\n1,2\nx,3\n", "f.csv, line 3, column \"a\": \"x\" is not a number"),
      (
        "a,y\n1,2\nnan,3\n",
        "f.csv, line 3, column \"a\": \"nan\" is not a number"
      ),
      ("a,y\n1,2\n\n,3\n", "f.csv, line 4, column \"a\": \"\" is not a number"),
      ("a,y\n1,2\n1\n", "f.csv, line 3, column \"y\": nothing stands there"),
      ("a,y\n1,2,3\n", "f.csv, line 2: 3 values in 2 columns"),
      ("a,b\n1,2\n", "f.csv, line 1: no column \"y\" among \"a\", \"b\""),
      ("a,a,y\n1,2,3\n", "f.csv, line 1: two columns are named \"a\""),
      ("a,y\n", "f.csv: no rows below the names of the columns"),
      ("", "f.csv: no rows below the names of the columns"),
    ])
  func malformedCSV(_ text: String, _ message: String) {
    #expect(
      error {
        try DataSet(csvText: text, name: "f.csv", classes: "y")
      } == message)
  }

  private func sparse(
    _ text: String, _ target: DataSet.LIBSVMTarget = .classes,
    featureCount: Int? = nil
  ) throws -> DataSet {
    try DataSet(
      libsvm: Array(text.utf8), file: "f", target: target,
      featureCount: featureCount)
  }

  @Test("sparse text of LIBSVM")
  func libsvm() throws {
    let text = "-1 2:0.5 4:1e2\n+1 1:-3 # a comment\r\n\n# nothing\n 1\t3:0\n1"
    let data = try sparse(text)
    #expect(data.samples.columnMajor.count == 16)
    #expect(
      data.samples == [
        [0, -3, 0, 0], [0.5, 0, 0, 0], [0, 0, 0, 0], [100, 0, 0, 0],
      ])
    #expect(data.classNames == ["-1", "1"])
    #expect(data.classes == [0, 1, 1, 1])
    let numbers = try sparse("2.5 1:1\n-1e-3 1:2", .numbers, featureCount: 3)
    #expect(numbers.targets == .numbers([2.5, -1e-3]))
    #expect(numbers.featureCount == 3)
    let path = try file(text)
    defer { try? FileManager.default.removeItem(atPath: path) }
    #expect(try DataSet(libsvm: path).samples == data.samples)
  }

  @Test(
    "what is wrong with sparse text is named",
    arguments: [
      ("1 1:2\nx 1:2", "f, line 2, column 1: \"x\" is not a finite number"),
      ("1 1:2 3", "f, line 1, column 7: \"3\" is not index:value"),
      ("1 0:2", "f, line 1, column 3: \"0:2\" has no index of at least 1"),
      ("1 -1:2", "f, line 1, column 3: \"-1:2\" has no index of at least 1"),
      ("1 :2", "f, line 1, column 3: \":2\" has no index of at least 1"),
      (
        "1 99999999999999999999:2",
        "f, line 1, column 3: \"99999999999999999999:2\" has no index of at "
          + "least 1"
      ),
      (
        "1 2147483648:2",
        "f, line 1, column 3: \"2147483648:2\" has an index above 2147483647"
      ),
      ("1 2:1  2:3", "f, line 1, column 8: \"2:3\" does not follow index 2"),
      ("1 3:1 2:3", "f, line 1, column 7: \"2:3\" does not follow index 3"),
      ("1 1:", "f, line 1, column 3: \"1:\" is not a finite number"),
      ("1 1:nan", "f, line 1, column 3: \"1:nan\" is not a finite number"),
      ("inf 1:1", "f, line 1, column 1: \"inf\" is not a finite number"),
      ("1 1:1:1", "f, line 1, column 3: \"1:1:1\" is not a finite number"),
      ("", "f: no samples"),
      ("# nothing\n\n", "f: no samples"),
    ])
  func malformedLIBSVM(_ text: String, _ message: String) {
    #expect(error { try sparse(text) } == message)
  }

  @Test("an index above the features that are asked for")
  func largeIndex() {
    #expect(
      error { try sparse("1 5:1", featureCount: 4) }
        == "f, line 1, column 3: \"5:1\" has an index above 4")
    #expect(
      error {
        try sparse(
          "1 2147483647:1\n1 1:1\n1 1:1\n1 1:1\n1 1:1\n1 1:1\n1 1:1\n1 1:1\n1 1:1"
        )
      }
      .hasSuffix("too many numbers"))
  }

  @Test("a file that is not there is named")
  func missing() {
    #expect(
      error { try DataSet(libsvm: "/nowhere/x") }.hasPrefix("/nowhere/x: "))
    #expect(
      error { try DataSet(csv: "/nowhere/x", classes: "y") }
        .hasPrefix("/nowhere/x: "))
  }

  /// Sample j is (j, −j).
  private func numbered(_ count: Int, classes: [Int]) -> DataSet {
    DataSet(
      name: "numbered",
      samples: Matrix(rows: 2, columns: count) { i, j in
        Double(i == 0 ? j : -j)
      }, classes: classes, classNames: ["a", "b", "c"])
  }

  @Test("a split is of all samples, by the seed alone")
  func split() {
    let data = numbered(103, classes: (0..<103).map { $0 % 3 })
    let (train, test) = data.split(test: 0.25, seed: 4)
    #expect(test.count == 26)
    #expect(train.count == 77)
    let all = train.samples.row(0).sorted() + test.samples.row(0).sorted()
    #expect(all.sorted() == (0..<103).map(Double.init))
    for part in [train, test] {
      for j in 0..<part.count {
        #expect(part.classes[j] == Int(part.samples[0, j]) % 3)
        #expect(part.samples[1, j] == -part.samples[0, j])
      }
    }
    #expect(data.split(test: 0.25, seed: 4).test == test)
    #expect(data.split(test: 0.25, seed: 5).test != test)
    #expect(data.split(test: 0, seed: 1).train == data)
    #expect(data.split(test: 1, seed: 1).test == data)
  }

  @Test("a stratified split has the fraction of each class")
  func stratified() {
    let classes =
      Array(repeating: 0, count: 60) + Array(repeating: 1, count: 20)
      + Array(repeating: 2, count: 10)
    let (train, test) = numbered(90, classes: classes)
      .split(test: 0.3, seed: 2, stratified: true)
    let counts = (0..<3).map { k in test.classes.count { $0 == k } }
    #expect(counts == [18, 6, 3])
    #expect(train.count == 63)
  }

  @Test("what is learnt from the one part is applied to the other")
  func standardization() throws {
    let train: Matrix<Double> = [[1, 3], [10, 10]]
    let scale = Standardization(of: train)
    #expect(scale.means == [2, 10])
    #expect(scale.scales == [1, 0])
    #expect(scale(train) == [[-1, 1], [0, 0]])
    #expect(scale([[5], [11]]) == [[3], [0]])
    let coded = try JSONDecoder().decode(
      Standardization.self, from: JSONEncoder().encode(scale))
    #expect(coded == scale)
  }

  @Test("a constant feature that rounds becomes 0")
  func constant() {
    let data = DataSet(
      name: "constant", samples: Matrix(repeating: 0.1, rows: 1, columns: 1000),
      classes: Array(repeating: 0, count: 1000), classNames: ["a"])
    #expect(data.standardized().samples.maximumMagnitude == 0)
  }
}
