public import Matrix

extension DataSet {
  /// For each sample the index of its class in ``classNames``.
  ///
  /// - Precondition: the targets are classes.
  public var classes: [Int] {
    guard case .classes(let classes, _) = targets else {
      preconditionFailure("classes of data whose targets are numbers: \(name)")
    }
    return classes
  }

  /// The names of the classes; none where the targets are numbers.
  public var classNames: [String] {
    guard case .classes(_, let names) = targets else { return [] }
    return names
  }

  /// The targets as numbers, a class as its index.
  public var numbers: Vector<Double> {
    switch targets {
    case .numbers(let numbers): numbers
    case .classes(let classes, _): Vector(classes.map(Double.init))
    }
  }

  /// +1 for each sample of the class with index k, −1 for the others.
  ///
  /// - Precondition: the targets are classes, and 0 ≤ k < their number.
  public func labels(of k: Int) -> Vector<Double> {
    precondition(
      classNames.indices.contains(k), "class \(k) of \(classNames.count)")
    return Vector(classes.map { $0 == k ? 1 : -1 })
  }

  /// Classes × samples: 1 where the column's sample is of the row's class, else 0.
  ///
  /// - Precondition: the targets are classes.
  public var oneHot: Matrix<Double> {
    let classes = classes
    var result = Matrix<Double>.zeros(classNames.count, count)
    for j in 0..<count { result[classes[j], j] = 1 }
    return result
  }
}
