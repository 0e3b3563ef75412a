public import Matrix
public import Optimization

extension Vector where Scalar == Double {
  /// The matrix that a block of a layout is within the vector of all parameters.
  ///
  ///     let w = θ[architecture.weights(ofLayer: 1)]
  ///
  /// - Precondition: the block lies within the vector; a new matrix has the
  ///   block's shape.
  /// - Complexity: a copy of the block.
  public subscript(block: ParameterLayout.Block) -> Matrix<Double> {
    get {
      check(block)
      return withUnsafeBufferPointer { all in
        Matrix(
          rows: block.rows, columns: block.columns,
          columnMajor: Array(all[block.range]))
      }
    }
    set {
      check(block)
      precondition(
        newValue.rows == block.rows && newValue.columns == block.columns,
        """
        a matrix of \(newValue.rows)×\(newValue.columns) for the block \
        "\(block.name)" of \(block.rows)×\(block.columns)
        """)
      withUnsafeMutableBufferPointer { all in
        newValue.withUnsafeBufferPointer { new in
          for i in 0..<new.count { all[block.offset + i] = new[i] }
        }
      }
    }
  }

  private func check(_ block: ParameterLayout.Block) {
    precondition(
      block.range.upperBound <= count,
      """
      the block "\(block.name)" ends at \(block.range.upperBound), in a vector \
      of \(count)
      """)
  }
}
