internal import Matrix

/// The first local minimiser of the quadratic model along the projected gradient.
///
///     x(t) = P(x − t ∇f),   q(z) = ∇fᵀ(z − x) + ½ (z − x)ᵀ B (z − x),
///
/// It is called the generalized Cauchy point. Along the path one variable after the other
/// reaches its bound; between two such breakpoints q is a parabola, whose two
/// derivatives are carried on from one to the next by products of order m, so that
/// the search costs one sweep over W and O(m²) a breakpoint. Breakpoints come from
/// a heap, because mostly few of them are asked for.
///
/// Source: Byrd, Lu, Nocedal and Zhu 1995, algorithm CP.
struct CauchyPoint {
  /// The point.
  private(set) var x: Vector<Double>
  /// Wᵀ(x − xₖ), by slot.
  private(set) var c: Vector<Double>
  /// The variables that are between their bounds there.
  private(set) var isFree: [Bool]
  /// How many they are.
  private(set) var freeCount = 0

  /// The path's direction on the current piece.
  private var direction: Vector<Double>
  /// Wᵀd.
  private var p: Vector<Double>
  /// A row of W.
  private var row: Vector<Double>
  /// M w.
  private var image: Vector<Double>
  private var breakpoints: BreakpointHeap

  init(dimension n: Int, capacity m: Int) {
    x = .zeros(n)
    c = .zeros(2 * m)
    isFree = Array(repeating: true, count: n)
    direction = .zeros(n)
    p = .zeros(2 * m)
    row = .zeros(2 * m)
    image = .zeros(2 * m)
    breakpoints = BreakpointHeap(capacity: n)
  }

  /// Finds the Cauchy point.
  ///
  /// - Returns: whether there is one: the path leads somewhere, and the model falls
  ///   along it and is finite.
  /// - Complexity: 4kn flops for k pairs, and 8k² for each variable that reaches its
  ///   bound; no allocation.
  mutating func find(
    from point: Point, within bounds: Bounds, _ hessian: CompactHessian,
    _ middle: MiddleMatrix
  ) -> Bool {
    let theta = hessian.theta
    var slope = start(from: point, within: bounds, hessian)
    guard slope < 0 && slope.isFinite else { return false }
    // q″ = θ dᵀd − pᵀMp. Rounding may take it where it cannot be; it is kept above
    // rounding's share of the first term.
    let floor = -.ulpOfOne * theta * slope
    image.copy(from: p)
    image.write { middle.apply($0) }
    var curvature = max(-theta * slope - p.dot(image), floor)
    var passed = 0.0
    var step = -slope / curvature
    while let next = breakpoints.first, passed + step >= next.t {
      breakpoints.removeFirst()
      let length = next.t - passed
      passed = next.t
      c.add(p, scaledBy: length)
      let i = next.index
      let g = point.gradient[i]
      let bound = g > 0 ? bounds.lower[i] : bounds.upper[i]
      let z = bound - point.x[i]
      x.write { $0[i] = bound }
      direction.write { $0[i] = 0 }

      hessian.copyRow(i, into: &row)
      image.copy(from: row)
      image.write { middle.apply($0) }
      slope +=
        length * curvature + g * g + theta * g * z - g * image.dot(c)
      curvature -=
        theta * g * g + 2 * g * image.dot(p) + g * g * image.dot(row)
      curvature = max(curvature, floor)
      p.add(row, scaledBy: g)
      step = slope < 0 ? -slope / curvature : 0
      // Nothing moves any more, or q rises.
      if breakpoints.moving == 0 || !(step > 0) {
        step = 0
        break
      }
    }
    c.add(p, scaledBy: step)
    finish(at: passed + step, from: point, within: bounds)
    return x.isFinite && c.isFinite
  }

  /// Writes d = −∇f where a variable can move, Wᵀd and the breakpoints, and returns
  /// −dᵀd.
  private mutating func start(
    from point: Point, within bounds: Bounds, _ hessian: CompactHessian
  ) -> Double {
    let n = point.dimension
    x.copy(from: point.x)
    c.fill(with: 0)
    breakpoints.removeAll()
    let slope = point.x.read { x in
      point.gradient.read { g in
        bounds.lower.read { l in
          bounds.upper.read { u in
            direction.write { d in
              var slope = 0.0
              for i in 0..<n {
                let room = g[i] > 0 ? x[i] - l[i] : u[i] - x[i]
                guard g[i] != 0 && room > 0 else {
                  d[i] = 0
                  continue
                }
                d[i] = -g[i]
                slope -= g[i] * g[i]
                breakpoints.append(room / abs(g[i]), index: i)
              }
              return slope
            }
          }
        }
      }
    }
    breakpoints.order()
    hessian.multiplyTransposed(direction, into: &p)
    return slope
  }

  /// Moves what has not reached its bound to its place at t.
  private mutating func finish(
    at t: Double, from point: Point, within bounds: Bounds
  ) {
    let n = point.dimension
    freeCount = point.x.read { origin in
      bounds.lower.read { l in
        bounds.upper.read { u in
          direction.read { d in
            x.write { x in
              isFree.withUnsafeMutableBufferPointer { isFree in
                var free = 0
                for i in 0..<n {
                  if d[i] != 0 {
                    x[i] = min(max(origin[i] + t * d[i], l[i]), u[i])
                  }
                  isFree[i] = l[i] < x[i] && x[i] < u[i]
                  if isFree[i] { free += 1 }
                }
                return free
              }
            }
          }
        }
      }
    }
  }
}
