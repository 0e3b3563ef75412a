public import Matrix

/// λ times the sum of the singular values of the variables as a matrix, which makes
/// its rank small.
///
///     R(X) = λ Σ σᵢ(X),   prox_{tR}(V) = U diag(max(σᵢ − t λ, 0)) Vᵀ
///
/// for V = U diag(σ) Vᵀ. The variables are the matrix column by column. R* is 0
/// where the largest singular value is at most λ, else ∞.
///
/// - Complexity: every operation a singular value decomposition,
///   O(mn min(m, n)), and its allocations.
///
/// Source: Cai, Candès and Shen 2010, theorem 2.1.
public struct NuclearNorm: Penalty {
  /// The number of rows m.
  public let rows: Int
  /// The number of columns n.
  public let columns: Int
  /// λ.
  public let weight: Double

  /// λ ‖X‖_* of an m×n matrix.
  ///
  /// - Precondition: m, n ≥ 1 and 0 ≤ λ < ∞.
  public init(rows: Int, columns: Int, weight lambda: Double = 1) {
    precondition(
      rows >= 1 && columns >= 1, "a matrix of \(rows)×\(columns) variables")
    checkMultiplier(lambda)
    self.rows = rows
    self.columns = columns
    weight = lambda
  }

  /// The name with λ.
  public var name: String {
    "\(weight.rounded(digits: 4)) ‖X‖_*, X of \(rows)×\(columns)"
  }

  /// m n.
  public var dimension: Int? { rows * columns }

  /// The same with λ times as much.
  public func scaled(by lambda: Double) -> NuclearNorm {
    checkMultiplier(lambda)
    return NuclearNorm(
      rows: rows, columns: columns, weight: lambda * weight)
  }

  /// The decomposition of x as a matrix; nil where a number is not finite.
  private func decomposition(
    of x: Vector<Double>, vectors: SingularVectors
  ) -> SVD<Double>? {
    checkCount(x)
    return try? SVD(
      Matrix(rows: rows, columns: columns, columnMajor: x.array),
      vectors: vectors)
  }

  /// λ Σ σᵢ; NaN where a number is not finite.
  public func value(at x: Vector<Double>) -> Double {
    guard let svd = decomposition(of: x, vectors: .none) else { return .nan }
    return weight * svd.singularValues.sum
  }

  /// λ U Vᵀ of the singular vectors with σᵢ above rounding.
  public func subgradient(at x: Vector<Double>, into s: inout Vector<Double>) {
    x.checkSameCount(as: s)
    guard let svd = decomposition(of: x, vectors: .thin) else {
      return s.fill(with: .nan)
    }
    let rank = svd.rank
    compose(svd, into: &s) { i, _ in i < rank ? weight : 0 }
  }

  /// V ← U diag(max(σᵢ − t λ, 0)) Vᵀ; all NaN where a number is not finite.
  public func applyProximalMap(step t: Double, to v: inout Vector<Double>) {
    checkProximalStep(t)
    guard let svd = decomposition(of: v, vectors: .thin) else {
      return v.fill(with: .nan)
    }
    compose(svd, into: &v) { _, sigma in max(sigma - t * weight, 0) }
  }

  /// 0 or ∞.
  public func conjugate(at y: Vector<Double>) -> Double {
    guard let svd = decomposition(of: y, vectors: .none) else { return .nan }
    return svd.norm2 <= weight ? 0 : .infinity
  }

  /// min(1, λ / σ₁(y)).
  public func conjugateScale(at y: Vector<Double>) -> Double {
    guard let svd = decomposition(of: y, vectors: .none) else { return 0 }
    guard svd.norm2 > weight else { return 1 }
    // Rounded down, by more than the error of a singular value.
    let rounding = Double(rows + columns + 4) * .ulpOfOne
    return weight / svd.norm2 * max(0, 1 - rounding)
  }

  /// All where λ = 0.
  public func unpenalized(at x: Vector<Double>) -> [Int] {
    weight == 0 ? Array(0..<x.count) : []
  }

  /// x ← U diag(f(i, σᵢ)) Vᵀ.
  private func compose(
    _ svd: SVD<Double>, into x: inout Vector<Double>,
    _ f: (Int, Double) -> Double
  ) {
    var scaled = svd.u
    for i in 0..<svd.singularValues.count {
      let factor = f(i, svd.singularValues[i])
      for k in 0..<rows { scaled[k, i] *= factor }
    }
    let product = scaled * svd.vTransposed
    product.read { numbers in
      x.write { $0.update(from: numbers, count: rows * columns) }
    }
  }
}

extension Penalty where Self == NuclearNorm {
  /// The sum of the singular values of the variables as an m×n matrix.
  ///
  /// - Precondition: m, n ≥ 1.
  public static func nuclearNorm(rows: Int, columns: Int) -> NuclearNorm {
    NuclearNorm(rows: rows, columns: columns)
  }
}
