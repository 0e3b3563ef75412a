internal import Matrix
internal import RandomNumbers

extension DataSet {
  /// The samples with these indices, in this order.
  ///
  /// - Precondition: 0 ≤ each index < ``count``.
  public func samples(at indices: [Int]) -> DataSet {
    for i in indices {
      precondition(i >= 0 && i < count, "sample \(i) of \(count)")
    }
    var numbers: [Double] = []
    numbers.reserveCapacity(indices.count * featureCount)
    samples.withUnsafeBufferPointer { all in
      for j in indices {
        numbers += all[j * featureCount..<(j + 1) * featureCount]
      }
    }
    let targets: Targets =
      switch self.targets {
      case .numbers(let numbers):
        .numbers(Vector(indices.map { numbers[$0] }))
      case .classes(let classes, let names):
        .classes(indices.map { classes[$0] }, names: names)
      }
    return DataSet(
      name: name,
      samples: Matrix(
        rows: featureCount, columns: indices.count, columnMajor: numbers),
      targets: targets, featureNames: featureNames)
  }

  /// Two parts of the data, drawn at random: one to learn from and one to test
  /// what was learnt.
  ///
  /// - Parameters:
  ///   - fraction: the part of the samples in the second, rounded to whole samples.
  ///   - seed: what the draw depends on, and nothing else.
  ///   - isStratified: whether the fraction is taken of each class, each rounded,
  ///     so that classes have equal shares in both; without effect for numbers.
  /// - Returns: the parts, each in the order of the data.
  /// - Precondition: 0 ≤ `fraction` ≤ 1.
  public func split(
    test fraction: Double, seed: UInt64, stratified isStratified: Bool = false
  ) -> (train: DataSet, test: DataSet) {
    precondition(
      fraction >= 0 && fraction <= 1, "a fraction of \(fraction), not 0 to 1")
    var random = SplitMix64(seed: seed)
    var isTest = Array(repeating: false, count: count)
    func draw(from group: [Int]) {
      let chosen = Int((fraction * Double(group.count)).rounded())
      for i in group.shuffled(using: &random).prefix(chosen) {
        isTest[i] = true
      }
    }
    if isStratified, case .classes(let classes, let names) = targets {
      var groups = Array(repeating: [Int](), count: names.count)
      for (i, k) in classes.enumerated() { groups[k].append(i) }
      for group in groups { draw(from: group) }
    } else {
      draw(from: Array(0..<count))
    }
    return (
      samples(at: (0..<count).filter { !isTest[$0] }),
      samples(at: (0..<count).filter { isTest[$0] })
    )
  }
}
