internal import CBLAS

/// The products of the gradients g at the beginning of a step and h at its end,
/// their difference y = h − g and its direction d.
package struct StepProducts: Equatable {
  /// gᵀg.
  package let gg: Double
  /// gᵀh.
  package let gh: Double
  /// hᵀh.
  package let hh: Double
  /// hᵀy.
  package let hy: Double
  /// yᵀy.
  package let yy: Double
  /// dᵀg.
  package let dg: Double
  /// dᵀh.
  package let dh: Double
  /// dᵀy.
  package let dy: Double
  /// dᵀd.
  package let dd: Double

  /// Takes all products in one pass.
  ///
  /// - Precondition: the vectors have one count.
  /// - Complexity: 18n flops; no allocation.
  package init(
    from g: Vector<Double>, to h: Vector<Double>, along d: Vector<Double>
  ) {
    g.checkCount(h, "the products of a step")
    g.checkCount(d, "the products of a step")
    let n = g.count
    let p = g.read { g in
      h.read { h in
        d.read { d in kernel_step_products(g, h, d, n) }
      }
    }
    (gg, gh, hh) = (p.gg, p.gh, p.hh)
    (hy, yy) = (p.hy, p.yy)
    (dg, dh, dy, dd) = (p.dg, p.dh, p.dy, p.dd)
  }
}

extension Vector<Double> {
  /// Becomes β d − g, and returns its product with g and its square.
  ///
  /// - Precondition: the vectors have one count.
  /// - Complexity: 6n flops; no allocation.
  package mutating func setConjugate(
    _ d: Vector, scaledBy beta: Double, minus g: Vector
  ) -> (slope: Double, square: Double) {
    checkCount(d, "β d − g")
    checkCount(g, "β d − g")
    let n = count
    let r = write { e in
      d.read { d in
        g.read { g in kernel_conjugate_direction(beta, d, g, e, n) }
      }
    }
    return (r.ge, r.ee)
  }
}
