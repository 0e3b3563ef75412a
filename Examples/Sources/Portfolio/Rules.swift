import Matrix
import Optimization

/// What a portfolio has to keep to.
struct Rules {
  /// The largest part of one share.
  var share = 1.0
  /// The largest part of a sector.
  var sector = 1.0

  /// Shares of a sector; the data name none, so every eight in the list are one.
  static let sectorSize = 8
  static let sectorCount = 4

  /// The rows of a program: Σ x = 1, μᵀx ≥ return, and the sectors.
  static let returnRow = 1
  static let sectorRows = 2..<2 + sectorCount

  private func sectors(_ n: Int) -> Matrix<Double> {
    Matrix(rows: Self.sectorCount, columns: n) {
      $1 / Self.sectorSize == $0 ? 1 : 0
    }
  }

  private static func ones(_ n: Int) -> Matrix<Double> {
    Matrix(repeating: 1, rows: 1, columns: n)
  }

  /// The program of least variance for a return.
  func program(
    _ shares: Shares, return target: Double
  ) throws -> QuadraticProgram {
    let n = shares.count
    return try QuadraticProgram(
      hessian: 2 * shares.covariance, gradient: .zeros(n),
      subjectTo: [
        .rows(Self.ones(n), equalTo: [1]),
        .rows(
          Matrix(rows: 1, columns: n) { shares.means[$1] }, atLeast: [target]),
        .rows(
          sectors(n),
          atMost: Vector(repeating: sector, count: Self.sectorCount)),
      ], within: Bounds(0...share, count: n))
  }

  /// The largest return that the rules allow, by a linear program.
  func mostReturn(of shares: Shares) throws -> Double {
    let n = shares.count
    let best = minimize(
      try QuadraticProgram(
        linear: -1 * shares.means,
        subjectTo: [
          .rows(Self.ones(n), equalTo: [1]),
          .rows(
            sectors(n),
            atMost: Vector(repeating: sector, count: Self.sectorCount)),
        ], within: Bounds(0...share, count: n)))
    return -best.value
  }

  /// The program that starts from equal parts and limits what is bought and sold.
  ///
  ///     x = 1/n + b − s,   Σ b + Σ s ≤ turnover,   x, b, s ≥ 0
  ///
  /// The last row is that of the turnover.
  static func rebalancing(
    _ shares: Shares, return target: Double, turnover: Double
  ) throws -> QuadraticProgram {
    let n = shares.count
    let trade = Matrix<Double>(rows: n, columns: 3 * n) { i, j in
      j % n == i ? (j < n || j >= 2 * n ? 1 : -1) : 0
    }
    return try QuadraticProgram(
      hessian: Matrix(rows: 3 * n, columns: 3 * n) { i, j in
        i < n && j < n ? 2 * shares.covariance[i, j] : 0
      }, gradient: .zeros(3 * n),
      subjectTo: [
        .rows(
          trade, equalTo: Vector(repeating: 1 / Double(n), count: n)),
        .rows(
          Matrix(rows: 1, columns: 3 * n) { $1 < n ? 1 : 0 }, equalTo: [1]),
        .rows(
          Matrix(rows: 1, columns: 3 * n) { $1 < n ? shares.means[$1] : 0 },
          atLeast: [target]),
        .rows(
          Matrix(rows: 1, columns: 3 * n) { $1 < n ? 0 : 1 },
          atMost: [turnover]),
      ], within: Bounds(0...Double.infinity, count: 3 * n))
  }
}
