import Optimization

/// What methods do not solve of the published problems from their standard
/// starts, with the reason.
///
/// Where a test finds that a line is missing, or is one too many, it prints it.
/// The f of Meyer's problem is made of terms of 10¹⁰, so that rounding alone leaves
/// ∇f = 10⁻³; that of Ackley has a kink at its minimum, where ∇²f is undefined.
enum Unsolved {
  /// How a run ended that is not verified.
  enum Reason: Hashable {
    /// After all evaluations or steps it had.
    case slow
    /// No step lowers f, for rounding mostly, while ‖∇f‖∞ > 10⁻⁵.
    case stuck
    /// Rounding of f is all that can be seen, and ‖∇f‖ no larger than it lets it
    /// be.
    case noise
    /// f or a derivative is undefined where the method has to go.
    case undefined
    /// Arrived by its rule, and refused by the certificate.
    case refused

    init?(_ solution: Solution) {
      guard !solution.isVerified else { return nil }
      switch solution.cause {
      case .iterations, .evaluations: self = .slow
      case .stuck(.lineSearch), .stuck(.singular): self = .stuck
      case .noiseFloor: self = .noise
      case .arrived: self = .refused
      default: self = .undefined
      }
    }
  }

  /// Methods with constant or no curvature information: on ill-conditioned
  /// problems they take 10⁴ evaluations and more, so that only what they verify
  /// is looked at.
  static let linearlyConvergent: Set = [
    "gradient descent (constant step 0.001)",
    "gradient descent (Armijo)",
    "gradient descent (strong Wolfe)",
    "gradient descent (Hager-Zhang)",
    "accelerated gradient (restart: gradient)",
    "spectral projected gradient (history 1)",
    "spectral projected gradient (history 10)",
    "proximal gradient (spectral, history 10)",
    "proximal gradient (backtracking)",
    "proximal gradient (constant step 0.001)",
    "FISTA (restart: gradient)",
    "FISTA (restart: never)",
    "conditional gradient (pairwise, backtracking)",
    "conditional gradient (away, exact)",
    "conditional gradient (plain, backtracking)",
  ]

  /// What is solved or not by the order in which sums are taken, and so by the
  /// processor: runs that come near overflow, or that end where rounding does.
  static let varying: [String: Set<String>] = [
    "Barzilai-Borwein (alternating, largest of 10)": [
      "Brown badly scaled", "Powell badly scaled",
    ],
    "trust region (double dogleg, BFGS)": ["Meyer"],
    "Levenberg-Marquardt, no. 2": ["Trigonometric, n = 10"],
    "Newton (Armijo)": ["Lennard-Jones, 4 atoms", "Meyer"],
    "Newton (average 0.85)": ["Meyer"],
    "DFP (strong Wolfe(0.0001, 0.1))": ["Nondiagonal quartic, n = 12"],
    "Newton for critical points": [
      "Lennard-Jones, 4 atoms", "Levy and Montalvo, n = 12", "Osborne 2",
    ],
    "adaptive cubic regularization (exact Hessian)": ["Meyer"],
    """
    conjugate gradients (Polak-Ribière+, restart by Powell's 0.2, \
    strong Wolfe(0.0001, 0.1))
    """: ["Brown and Dennis", "Jennrich and Sampson"],
    "proximal Newton": ["Meyer"],
    "OWL-QN (memory 10)": ["Meyer"],
  ]

  static func reason(method: String, problem: String) -> Reason? {
    byMethod[method]?.first { $0.value.contains(problem) }?.key
  }

  static let byMethod: [String: [Reason: [String]]] = [
    "OWL-QN (memory 10)": [.refused: ["Ackley, n = 12"]],
    "proximal Newton": [.slow: ["Ackley, n = 12"]],
    "Barzilai-Borwein (alternating, largest of 10)": [
      .refused: ["Ackley, n = 12"],
      .slow: [
        "Biggs EXP6", "Brown badly scaled", "Chained Wood, n = 12", "Meyer",
        "Osborne 1", "Osborne 2", "Watson, n = 6", "Wood",
      ],
    ],
    "BFGS (strong Wolfe)": [
      .noise: ["Meyer"],
      .refused: ["Ackley, n = 12"],
    ],
    "DFP (strong Wolfe(0.0001, 0.1))": [
      .slow: ["Meyer"],
      .refused: ["Ackley, n = 12"],
    ],
    "Gauss-Newton": [
      .slow: [
        "Biggs EXP6", "Brown and Dennis", "Gulf research and development",
        "Penalty II, n = 10",
      ],
      .stuck: ["Chebyquad, n = 10", "Freudenstein and Roth"],
      .undefined: ["Jennrich and Sampson"],
    ],
    "L-BFGS (memory 1, strong Wolfe)": [
      .refused: ["Ackley, n = 12"],
      .slow: ["Biggs EXP6", "Meyer", "Osborne 1", "Watson, n = 6"],
    ],
    "L-BFGS (memory 10, strong Wolfe)": [
      .refused: ["Ackley, n = 12"],
      .noise: ["Meyer"],
    ],
    "L-BFGS (memory 3, Armijo)": [
      .noise: ["Meyer"],
      .refused: ["Ackley, n = 12"],
      .slow: ["Osborne 1"],
    ],
    "L-BFGS-B (memory 1)": [
      .slow: ["Biggs EXP6", "Meyer", "Osborne 1", "Watson, n = 6"]
    ],
    "L-BFGS-B (memory 10)": [
      .noise: ["Meyer"]
    ],
    "Nelder-Mead": [
      .refused: ["Brown badly scaled", "Easom", "Monkey saddle"],
      .slow: ["Meyer"],
    ],
    "Nelder-Mead (classic coefficients)": [
      .refused: ["Brown badly scaled", "Easom", "Monkey saddle"],
      .slow: ["Meyer"],
    ],
    "Newton-CG (Armijo)": [
      .slow: ["Meyer"]
    ],
    "adaptive cubic regularization (exact Hessian)": [
      .undefined: ["Ackley, n = 12"]
    ],
    "Newton (Armijo)": [
      .slow: ["McCormick"]
    ],
    "Newton (average 0.85)": [
      .slow: ["McCormick"]
    ],
    "Newton (strong Wolfe)": [
      .noise: ["McCormick", "Meyer"]
    ],
    "Newton for critical points": [
      .slow: ["Noisy Rosenbrock"],
      .stuck: [
        "Chained Cragg and Levy, n = 12", "Himmelblau's cubic",
        "Linear, rank one with zeros, n = 10", "Linear, rank one, n = 10",
        "McCormick", "Quartic, n = 12",
      ],
    ],
    "conjugate gradients (Hager-Zhang, Hager-Zhang)": [
      .slow: [
        "Biggs EXP6", "Chained Powell singular, n = 12", "Meyer",
        "Nondiagonal quartic, n = 12", "Osborne 1",
      ]
    ],
    """
    conjugate gradients (Polak-Ribière+, restart by Powell's 0.2, \
    strong Wolfe(0.0001, 0.1))
    """: [
      .refused: ["Ackley, n = 12"],
      .slow: ["Biggs EXP6", "Meyer", "Osborne 1"],
    ],
    "dogleg": [
      .stuck: [
        "Brown and Dennis", "Chebyquad, n = 10", "Freudenstein and Roth",
        "Jennrich and Sampson", "Penalty I, n = 10", "Penalty II, n = 10",
        "Trigonometric, n = 10",
      ]
    ],
    "projected Newton": [
      .refused: ["McCormick"],
      .noise: ["Meyer"],
    ],
    "trust region (Moré-Sorensen, SR1)": [
      .slow: ["Meyer"]
    ],
    "trust region (Moré-Sorensen, exact Hessian)": [
      .noise: ["Meyer"]
    ],
    "automatic": [
      .slow: ["Meyer"]
    ],
    "trust region (Steihaug-Toint, Hessian products)": [
      .noise: ["Meyer"]
    ],
    "trust region (Steihaug-Toint, exact Hessian)": [
      .noise: ["Meyer"]
    ],
    "trust region (double dogleg, BFGS)": [
      .slow: ["Ackley, n = 12"],
      .noise: ["Meyer"],
    ],
    "trust region (double dogleg, exact Hessian)": [
      .noise: ["Meyer"]
    ],
    "trust region within bounds (exact Hessian)": [
      .noise: ["Meyer"]
    ],
  ]
}
