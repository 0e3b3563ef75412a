internal import Matrix

/// The vectors of several programs with the same matrices, as columns.
struct QuadraticVectors {
  var gradients: Matrix<Double>
  var lower: Matrix<Double>
  var upper: Matrix<Double>
  var lowerBounds: Matrix<Double>
  var upperBounds: Matrix<Double>

  var count: Int { gradients.columns }

  /// Those of programs.
  init(_ programs: [QuadraticProgram]) {
    func columns(
      _ count: Int, _ part: (QuadraticProgram) -> Vector<Double>
    ) -> Matrix<Double> {
      var result = Matrix<Double>.zeros(count, programs.count)
      for (k, program) in programs.enumerated() {
        result.setColumn(k, to: part(program))
      }
      return result
    }
    let n = programs.first?.dimension ?? 0
    let m = programs.first?.constraints.count ?? 0
    gradients = columns(n, \.gradient)
    lower = columns(m, \.constraints.lower)
    upper = columns(m, \.constraints.upper)
    lowerBounds = columns(n, \.bounds.lower)
    upperBounds = columns(n, \.bounds.upper)
  }

  /// The largest magnitude of each element of q.
  var largestGradient: Vector<Double> {
    Vector(count: gradients.rows) { j in
      var largest = 0.0
      for k in 0..<count { largest = max(largest, abs(gradients[j, k])) }
      return largest
    }
  }
}
