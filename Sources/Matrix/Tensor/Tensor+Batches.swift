// Stacks of matrices: tensors of rank 3 whose last axis numbers the matrices.
extension Tensor {
  /// Cₛ ← α Aₛ Bₛ + β Cₛ for every matrix s of a stack, in place.
  ///
  /// The stack of A or of B may have extent 1: its one matrix then multiplies
  /// all of the other. A transposed operand is a view, `a.permuted([1, 0, 2])`,
  /// which `gemm` takes as it is. With β = 0, what C held is not read.
  ///
  /// - Precondition: this tensor is m×k×s, `b` k×n×s and `c` m×n×s.
  /// - Complexity: 2mnks flops; no allocation when the storage of `c` is its own
  ///   and one of the first two axes of each operand has stride 1, else a copy of
  ///   that operand.
  @inlinable
  public func multiplyBatches(
    _ b: Tensor, into c: inout Tensor, alpha: Scalar = 1, beta: Scalar = 0
  ) {
    let a = self
    precondition(
      a.rank == 3 && b.rank == 3 && c.rank == 3
        && a.shape[1] == b.shape[0] && c.shape[0] == a.shape[0]
        && c.shape[1] == b.shape[1]
        && (a.shape[2] == c.shape[2] || a.shape[2] == 1)
        && (b.shape[2] == c.shape[2] || b.shape[2] == 1),
      """
      multiplyBatches: stacks of \(a.shape.text) and \(b.shape.text) into one \
      of \(c.shape.text)
      """)
    guard c.count > 0 else { return }
    guard a.shape[1] > 0 else {
      if beta == 0 { c.fill(with: 0) } else { c.scale(by: beta) }
      return
    }
    // A result that gemm cannot write is put into order first, once for all.
    if c.layout.gemmForm?.transposed != false { c.makeContiguous() }
    a.withGemmForm { a, formA, layoutA in
      b.withGemmForm { b, formB, layoutB in
        let stepA = layoutA.shape[2] == 1 ? 0 : layoutA.strides[2]
        let stepB = layoutB.shape[2] == 1 ? 0 : layoutB.strides[2]
        c.writeStack { c, ldc, layout in
          for s in 0..<layout.shape[2] {
            Scalar._gemm(
              formA.transposed, formB.transposed, layout.shape[0],
              layout.shape[1], layoutA.shape[1], alpha, a + s * stepA,
              formA.leading, b + s * stepB, formB.leading, beta,
              c + s * layout.strides[2], ldc)
          }
        }
      }
    }
  }

  /// The products Aₛ Bₛ of two stacks of matrices, as a new stack.
  ///
  /// - Precondition: this tensor is m×k×s and `b` k×n×s; either may have a stack
  ///   of 1.
  @inlinable
  public func batchedProduct(with b: Tensor) -> Tensor {
    precondition(
      rank == 3 && b.rank == 3 && shape[1] == b.shape[0]
        && (shape[2] == b.shape[2] || shape[2] == 1 || b.shape[2] == 1),
      "batchedProduct: stacks of \(shape.text) and \(b.shape.text)")
    var c = Tensor.zeros([
      shape[0], b.shape[1], shape[2] == 1 ? b.shape[2] : shape[2],
    ])
    multiplyBatches(b, into: &c)
    return c
  }

  /// Calls `body` with the address of this stack's first matrix, and how gemm
  /// takes it; of a copy when gemm cannot.
  @inlinable @inline(__always)
  func withGemmForm(
    _ body: (UnsafePointer<Scalar>, Layout.GemmForm, Layout) -> Void
  ) {
    if let form = layout.gemmForm {
      read { body($0 + layout.offset, form, layout) }
    } else {
      let copy = contiguous()
      let form = Layout.GemmForm(
        leading: Swift.max(shape[0], 1), transposed: false)
      copy.read { body($0, form, copy.layout) }
    }
  }

  /// Calls `body` with the address of the first matrix of a stack in gemm's
  /// form, and its leading dimension.
  @inlinable @inline(__always)
  mutating func writeStack(
    _ body: (UnsafeMutablePointer<Scalar>, Int, Layout) -> Void
  ) {
    makeWritable()
    let layout = layout
    let leading =
      layout.gemmForm?.leading ?? Swift.max(layout.shape[0], 1)
    write { body($0 + layout.offset, leading, layout) }
  }
}

extension Layout {
  /// How BLAS takes a matrix: with its columns or, transposed, its rows
  /// contiguous, `leading` apart.
  @usableFromInline
  struct GemmForm {
    @usableFromInline let leading: Int
    @usableFromInline let transposed: Bool

    @usableFromInline
    init(leading: Int, transposed: Bool) {
      self.leading = leading
      self.transposed = transposed
    }
  }

  /// The form of the matrices of the first two axes, or nil when BLAS needs a
  /// copy of them.
  @usableFromInline
  var gemmForm: GemmForm? {
    Self.leading(shape[0], strides[0], shape[1], strides[1]).map {
      GemmForm(leading: $0, transposed: false)
    }
      ?? Self.leading(shape[1], strides[1], shape[0], strides[0]).map {
        GemmForm(leading: $0, transposed: true)
      }
  }

  private static func leading(
    _ m: Int, _ inner: Int, _ n: Int, _ outer: Int
  ) -> Int? {
    guard inner == 1 || m <= 1 else { return nil }
    // The stride of a single column is never used.
    let leading = n <= 1 ? max(m, 1) : outer
    return leading >= max(m, 1) && leading <= Int(Int32.max) ? leading : nil
  }
}
