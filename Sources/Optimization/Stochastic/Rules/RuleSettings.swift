// The checks that the settings of rules share.

/// Checks that decays of means are in [0, 1).
func checkDecays(_ decays: (name: String, value: Double)...) {
  for (name, value) in decays {
    precondition(0 <= value && value < 1, "\(name) = \(value), not in [0, 1)")
  }
}

/// Checks that ε is a number from 0 on.
func checkEpsilon(_ epsilon: Double, _ name: String = "ε") {
  precondition(
    epsilon >= 0 && epsilon < .infinity, "\(name) = \(epsilon), not in [0, ∞)")
}

/// Checks that a decay of weights is a number from 0 on.
func checkWeightDecay(_ decay: Double) {
  precondition(
    decay >= 0 && decay < .infinity, "a decay of \(decay), not in [0, ∞)")
}
