import CReference
import Matrix

extension Kernel {
  /// Factorizations into storage that both sides keep.
  ///
  /// Both read A and leave it alone, so the C side has a copy of A before
  /// each call of LAPACK. Ours scan for NaN and remember ‖A‖₁ besides.
  static let factorizationKernels = [
    Kernel("cholesky", flops: { $0 * $0 * $0 / 3 }) { n, data, compare in
      let a = data.positiveDefinite(n)
      var factor = Cholesky<Double>(order: n)
      let theirs = ReferenceFactorization(reference_cholesky, order: n)
      return try compare {
        for _ in 0..<$0 { try factor.factorize(a) }
      } theirs: {
        theirs.factorize(a, repeats: $0)
      }
    },
    Kernel("lu", flops: { 2 * $0 * $0 * $0 / 3 }) { n, data, compare in
      let a = data.matrix(n)
      var factor = LU<Double>(order: n)
      let theirs = ReferenceFactorization(reference_lu, order: n)
      return try compare {
        for _ in 0..<$0 { try factor.factorize(a) }
      } theirs: {
        theirs.factorize(a, repeats: $0)
      }
    },
    Kernel("ldlt", flops: { $0 * $0 * $0 / 3 }) { n, data, compare in
      let a = data.symmetric(n)
      var factor = LDLT<Double>(order: n)
      let theirs = ReferenceFactorization(reference_ldlt, order: n)
      return try compare {
        for _ in 0..<$0 { try factor.factorize(a) }
      } theirs: {
        theirs.factorize(a, repeats: $0)
      }
    },
    Kernel("qr", flops: { 4 * $0 * $0 * $0 / 3 }, largest: 1000) {
      n, data, compare in
      let a = data.matrix(n)
      var factor = QR<Double>(rows: n, columns: n)
      let theirs = ReferenceFactorization(reference_qr, order: n)
      return try compare {
        for _ in 0..<$0 { try factor.factorize(a) }
      } theirs: {
        theirs.factorize(a, repeats: $0)
      }
    },
    Kernel("svd", flops: nil, largest: 1000) { n, data, compare in
      let a = data.matrix(n)
      var factor = SVD<Double>(rows: n, columns: n)
      let theirs = ReferenceFactorization(reference_svd, order: n)
      return try compare {
        for _ in 0..<$0 { try factor.factorize(a) }
      } theirs: {
        theirs.factorize(a, repeats: $0)
      }
    },
    Kernel("symmetric eigen", flops: nil, largest: 1000) { n, data, compare in
      let a = data.symmetric(n)
      var factor = SymmetricEigen<Double>(order: n)
      let theirs = ReferenceFactorization(
        reference_symmetric_eigen, order: n)
      return try compare {
        for _ in 0..<$0 { try factor.factorize(a) }
      } theirs: {
        theirs.factorize(a, repeats: $0)
      }
    },
  ]
}

/// LAPACK's factorization from C, with its storage.
final class ReferenceFactorization {
  private let workspace: OpaquePointer

  init(_ kind: reference_kind, order n: Int) {
    workspace = reference_workspace_create(kind, Int32(n))
  }

  deinit { reference_workspace_destroy(workspace) }

  /// Factorizes a copy of `a`, again and again.
  func factorize(_ a: Matrix<Double>, repeats: Int) {
    let info = reference_factorize(repeats, workspace, a.columnMajor)
    precondition(info == 0, "LAPACK's factorization ended with info = \(info)")
  }
}
