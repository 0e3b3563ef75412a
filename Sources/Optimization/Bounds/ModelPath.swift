internal import Matrix

/// The path P(x − t g) − x through the model q(s) = gᵀs + ½ sᵀBs of a matrix B, up to
/// its first local minimum or the length Δ.
///
/// What a trust region within bounds owes its convergence to: a step that lowers q
/// by as much as this one. Between the breakpoints, where a variable reaches its
/// bound, q is a parabola in t; B d loses a column of B at each.
///
/// Source: Conn, Gould and Toint 1988, algorithm 2; Lin and Moré 1999.
struct ModelPath {
  private var direction: Vector<Double>
  /// B d.
  private var image: Vector<Double>
  private var breakpoints: BreakpointHeap

  init(dimension n: Int) {
    direction = .zeros(n)
    image = .zeros(n)
    breakpoints = BreakpointHeap(capacity: n)
  }

  /// Writes the step s to the minimum along the path, and B s.
  ///
  /// - Returns: whether the length Δ ended it.
  /// - Complexity: 2n² flops, and 8n for each breakpoint; no allocation.
  mutating func follow(
    from point: Point, within bounds: Bounds, _ b: Matrix<Double>,
    radius: Double, step s: inout Vector<Double>, image bs: inout Vector<Double>
  ) -> Bool {
    s.fill(with: 0)
    bs.fill(with: 0)
    guard start(from: point, within: bounds) else { return false }
    b.symmetricMultiply(direction, into: &image)
    var passed = 0.0
    while true {
      let slope = point.gradient.dot(direction) + bs.dot(direction)
      guard slope < 0 else { return false }
      let curvature = image.dot(direction)
      let toMinimum = curvature > 0 ? -slope / curvature : .infinity
      let toBorder = Self.distance(from: s, along: direction, radius: radius)
      let next = breakpoints.first
      let toBound = (next?.t ?? .infinity) - passed
      let t = max(0, min(toMinimum, toBorder, toBound))
      guard t.isFinite else { return false }
      s.add(direction, scaledBy: t)
      bs.add(image, scaledBy: t)
      guard let next, t == toBound || toBound <= 0 else {
        return t == toBorder
      }
      passed = next.t
      breakpoints.removeFirst()
      hold(next.index, at: point, bounds, b, &s)
    }
  }

  /// Writes d = −g where a variable can move, and the breakpoints.
  private mutating func start(
    from point: Point, within bounds: Bounds
  ) -> Bool {
    let n = point.dimension
    breakpoints.removeAll()
    point.x.read { x in
      point.gradient.read { g in
        bounds.lower.read { l in
          bounds.upper.read { u in
            direction.write { d in
              for i in 0..<n {
                let room = g[i] > 0 ? x[i] - l[i] : u[i] - x[i]
                d[i] = room > 0 ? -g[i] : 0
                if d[i] != 0 { breakpoints.append(room / abs(g[i]), index: i) }
              }
            }
          }
        }
      }
    }
    breakpoints.order()
    return breakpoints.moving > 0
  }

  /// Stops variable i at its bound.
  private mutating func hold(
    _ i: Int, at point: Point, _ bounds: Bounds, _ b: Matrix<Double>,
    _ s: inout Vector<Double>
  ) {
    let n = point.dimension
    let d = direction[i]
    let bound = d < 0 ? bounds.lower[i] : bounds.upper[i]
    let room = bound - point.x[i]
    s.write { $0[i] = room }
    direction.write { $0[i] = 0 }
    b.read { b in
      image.write { image in
        for j in 0..<i { image[j] -= d * b[i + j * n] }
        for j in i..<n { image[j] -= d * b[j + i * n] }
      }
    }
  }

  /// The t ≥ 0 with ‖s + t d‖ = Δ.
  static func distance(
    from s: Vector<Double>, along d: Vector<Double>, radius: Double
  ) -> Double {
    let (sd, dd) = (s.dot(d), d.dot(d))
    let (length, size) = (s.norm, dd.squareRoot())
    let room = max(0, (radius - length) * (radius + length))
    // The root in which nothing cancels, divided by ‖d‖ early lest it overflow.
    let along = sd / size
    let root = (along * along + room).squareRoot()
    return (along > 0 ? room / (along + root) : root - along) / size
  }
}
