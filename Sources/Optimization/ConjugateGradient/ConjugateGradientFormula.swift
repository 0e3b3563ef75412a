internal import Matrix

/// How much of the last direction a conjugate gradient direction keeps, the β of
/// d ← −∇f(x₊) + β d.
///
/// With g and g₊ the gradients before and after the step and y = g₊ − g. All are
/// the same on a quadratic with exact line searches, where successive gradients
/// are orthogonal; they differ in what they make of curvature that changes and
/// of searches that are not exact.
public enum ConjugateGradientFormula: Codable, Equatable, Sendable {
  /// β = ‖g₊‖² / ‖g‖².
  ///
  /// Descends with searches of c₂ < ½. After a short bad step it goes on taking
  /// them.
  ///
  /// Source: Fletcher and Reeves 1964.
  case fletcherReeves
  /// β = max(0, g₊ᵀy / ‖g‖²).
  ///
  /// Restarts by itself after a short step, where g₊ ≈ g.
  ///
  /// Source: Polak and Ribière 1969; Powell 1986 (the bound).
  case polakRibierePlus
  /// β = g₊ᵀy / dᵀy.
  ///
  /// Its directions are conjugate to the last, dᵀ₊y = 0, whatever the search.
  ///
  /// Source: Hestenes and Stiefel 1952.
  case hestenesStiefel
  /// β = ‖g₊‖² / dᵀy.
  ///
  /// Descends with every search for the Wolfe conditions.
  ///
  /// Source: Dai and Yuan 1999.
  case daiYuan
  /// β = max(0, min(βᴴˢ, βᴰʸ)): the restarts of Hestenes and Stiefel's with the
  /// descent of Dai and Yuan's.
  ///
  /// Source: Dai and Yuan 2001.
  case hybrid
  /// β = max(β̄, η gᵀd / ‖d‖²), β̄ = (y − 2 d ‖y‖²/dᵀy)ᵀg₊ / dᵀy.
  ///
  /// Descends by g₊ᵀd₊ ≤ −⅞ ‖g₊‖² with any search. The bound from below, with
  /// η = 0.4, has the units of β; that of 2005, −1 / (‖d‖ min(0.01, ‖g‖)), has
  /// not.
  ///
  /// Source: Hager and Zhang 2005, equation 1.6, and 2013 (the bound).
  case hagerZhang(eta: Double = 0.4)
}

extension ConjugateGradientFormula {
  /// The name as reports print it.
  public var name: String {
    switch self {
    case .fletcherReeves: "Fletcher-Reeves"
    case .polakRibierePlus: "Polak-Ribière+"
    case .hestenesStiefel: "Hestenes-Stiefel"
    case .daiYuan: "Dai-Yuan"
    case .hybrid: "hybrid"
    case .hagerZhang: "Hager-Zhang"
    }
  }

  /// β from the products of a step; not finite where it is not defined.
  func beta(_ p: StepProducts) -> Double {
    switch self {
    case .fletcherReeves: return p.hh / p.gg
    case .polakRibierePlus: return max(0, p.hy / p.gg)
    case .hestenesStiefel: return p.hy / p.dy
    case .daiYuan: return p.hh / p.dy
    case .hybrid: return max(0, min(p.hy, p.hh) / p.dy)
    case .hagerZhang(let eta):
      let beta = (p.hy - 2 * p.yy * (p.dh / p.dy)) / p.dy
      // max answers NaN with NaN here: the comparison with it is false.
      let bound = eta * p.dg / p.dd
      return beta < bound ? bound : beta
    }
  }
}
