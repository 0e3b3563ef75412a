import Matrix

/// A walk to a goal, past cells that are dangerous, on ground that is slippery.
///
/// On the 4×5 grid `S` is where one begins, `G` the goal, which pays 1 and leads back
/// to the beginning, and at each step in `X` a cost of 1 falls due:
///
///     S . . . G
///     . X X X .
///     . X X X .
///     . . . . .
///
/// A step goes where it is meant to with probability 0.8, and to either side of that
/// with 0.1; who walks into a wall stays. Along the upper edge the way is short, and
/// now and then one slips into danger.
struct GridWorld {
  static let rows = 4
  static let columns = 5
  static let states = rows * columns
  /// Up, right, down, left.
  static let moves = [(-1, 0), (0, 1), (1, 0), (0, -1)]
  static let actions = moves.count

  let discount = 0.95
  let start = 0
  let goal = 4

  /// The probabilities of the next state, a row for each state.
  let transitions: [Matrix<Double>]
  /// The reward and the cost of being in a state.
  let reward: Vector<Double>
  let cost: Vector<Double>

  init() {
    let (rows, columns, states) = (Self.rows, Self.columns, Self.states)
    func neighbour(_ state: Int, _ action: Int) -> Int {
      let (down, right) = Self.moves[action]
      let row = state / columns + down
      let column = state % columns + right
      let isInside =
        (0..<rows).contains(row) && (0..<columns).contains(column)
      return isInside ? row * columns + column : state
    }
    var transitions: [Matrix<Double>] = []
    for action in 0..<Self.actions {
      var p = Matrix<Double>.zeros(states, states)
      for state in 0..<states {
        if state == 4 {
          p[state, 0] = 1
          continue
        }
        for (turn, probability) in [(0, 0.8), (1, 0.1), (3, 0.1)] {
          p[state, neighbour(state, (action + turn) % 4)] += probability
        }
      }
      transitions.append(p)
    }
    self.transitions = transitions
    reward = Vector(count: states) { $0 == 4 ? 1 : 0 }
    cost = Vector(count: states) { state in
      let isDanger =
        (1...2).contains(state / columns) && (1...3).contains(state % columns)
      return isDanger ? 1 : 0
    }
  }

  /// A policy's place among the variables: π(action | state).
  static func index(_ state: Int, _ action: Int) -> Int {
    state * actions + action
  }
}

extension GridWorld {
  /// What a policy is worth: J = (1 − γ) Σ γᵗ E[payᵗ], how often it is in each state,
  /// and what an action gains over the policy's own.
  struct Evaluation {
    let value: Double
    let occupancy: Vector<Double>
    let advantages: Vector<Double>
  }

  /// Evaluates a policy exactly, by two linear systems.
  func evaluate(
    _ policy: Vector<Double>, paying pay: Vector<Double>
  ) throws -> Evaluation {
    let states = Self.states
    var chain = Matrix<Double>.zeros(states, states)
    for action in 0..<Self.actions {
      for s in 0..<states {
        let probability = policy[Self.index(s, action)]
        for t in 0..<states {
          chain[s, t] += probability * transitions[action][s, t]
        }
      }
    }
    let lu = try LU(.identity(states) - discount * chain)
    // V = pay + γ P V, and d = (1 − γ) μ + γ Pᵀ d.
    let values = lu.solve(pay)
    var beginning = Vector<Double>.zeros(states)
    beginning[start] = 1 - discount
    let occupancy = try LU((.identity(states) - discount * chain).transposed)
      .solve(beginning)
    let advantages = Vector<Double>(count: states * Self.actions) { i in
      let (s, action) = (i / Self.actions, i % Self.actions)
      let next = transitions[action].row(s).dot(values)
      return pay[s] + discount * next - values[s]
    }
    return Evaluation(
      value: (1 - discount) * values[start], occupancy: occupancy,
      advantages: advantages)
  }
}
