import Matrix
import Models
import ProblemSets
import TestSupport
import Testing

@Suite struct DataSetFilesTests {
  @Test func `Breast cancer has 569 samples of 30 features`() throws {
    let data = try DataSet.breastCancer()
    #expect(data.count == 569)
    #expect(data.featureCount == 30)
    #expect(data.classNames == ["malignant", "benign"])
    // Counts and extremes as the data set's description states them.
    #expect(data.classes.count { $0 == 0 } == 212)
    #expect(data.classes.count { $0 == 1 } == 357)
    let radius = data.samples.row(0)
    #expect(radius.min() == 6.981)
    #expect(radius.max() == 28.11)
    #expect(data.samples.row(23).max() == 4254)
  }

  @Test func `Digits has 1797 images of 64 gray levels`() throws {
    let data = try DataSet.digits()
    #expect(data.count == 1797)
    #expect(data.featureCount == 64)
    let counts = (0..<10).map { k in data.classes.count { $0 == k } }
    #expect(counts == [178, 182, 177, 183, 181, 182, 181, 179, 174, 180])
    #expect(data.samples.columnMajor.min() == 0)
    #expect(data.samples.columnMajor.max() == 16)
    #expect(data.samples.row(0).normInfinity == 0)
  }

  @Test func `Standardized features have mean 0 and variance 1`() throws {
    let data = try DataSet.digits().standardized()
    for i in 0..<data.featureCount {
      let feature = data.samples.row(i)
      #expect(abs(feature.sum) < 1e-10)
      let variance = feature.dot(feature) / 1797
      // Two corners and a side are white in all images.
      #expect(abs(variance - ([0, 32, 39].contains(i) ? 0 : 1)) < 1e-12)
    }
  }

  @Test func `Labels tell one class from the others`() throws {
    let labels = try DataSet.digits().labels(of: 3)
    #expect(labels.count { $0 == 1 } == 183)
    #expect(labels.count { $0 == -1 } == 1797 - 183)
  }

  @Test func `Reads comma-separated values`() throws {
    let data = try DataSet(
      scikitLearn: "2,3,no,yes\n1,2.5,-3e2,1\n4,5,6,0\n", file: "a.csv",
      name: "a")
    #expect(data.samples == [[1, 4], [2.5, 5], [-300, 6]])
    #expect(data.classes == [1, 0])
    #expect(data.classNames == ["no", "yes"])
  }

  @Test(arguments: [
    ("", 1, "not the numbers of samples and features and the classes' names"),
    (
      "1,x,a,b", 1,
      "not the numbers of samples and features and the classes' names"
    ),
    ("2,1,a,b\n1,0", 2, "1 samples, 2 announced"),
    ("1,1,a,b\n1,0\n1,0", 3, "2 samples, 1 announced"),
    ("2,1,a,b\n1,0\n1,2,0", 3, "3 values, not 2"),
    ("2,2,a,b\n1,2,0\n1,oops,0", 3, "\"oops\" is not a finite number"),
    ("1,1,a,b\nnan,0", 2, "\"nan\" is not a finite number"),
    ("1,1,a,b\n1,2", 2, "\"2\" is not a class from 0 to 1"),
  ])
  func `Malformed data are named by file and line`(
    text: String, line: Int, problem: String
  ) {
    #expect {
      try DataSet(scikitLearn: text, file: "bad.csv", name: "bad")
    } throws: { error in
      "\(error)" == "bad.csv, line \(line): \(problem)"
    }
  }

  @Test func `Synthetic data depend on the seed alone`() {
    func data(_ seed: UInt64) -> DataSet {
      var generator = SplitMix64(seed: seed)
      return .logistic(samples: 20, features: 4, using: &generator)
    }
    #expect(data(1) == data(1))
    #expect(data(1) != data(2))
  }

  @Test func `Neighbouring synthetic features are correlated as asked`() {
    var generator = SplitMix64(seed: 3)
    let m = 20_000
    let data = DataSet.logistic(
      samples: m, features: 3, correlation: 0.6, using: &generator)
    var covariance = Matrix<Double>.zeros(3, 3)
    covariance.symmetricRankUpdate(data.samples, alpha: 1 / Double(m))
    // Five standard errors of a covariance are at most 5 √(2/m) = 0.05.
    for i in 0..<3 { #expect(abs(covariance[i, i] - 1) < 0.05) }
    #expect(abs(covariance[1, 0] - 0.6) < 0.05)
    #expect(abs(covariance[2, 1] - 0.6) < 0.05)
    #expect(abs(covariance[2, 0] - 0.36) < 0.05)
    #expect(abs(data.labels(of: 1).sum) < 0.1 * Double(m))
  }
}
