internal import Matrix

/// The minimum of a quadratic model within bounds and a radius.
///
///     min q(s) = gᵀs + ½ sᵀBs   where   l ≤ x + s ≤ u,  ‖s‖ ≤ Δ,
///
/// or a step that is as good as a local one.
///
/// From the minimum along the projected gradient on, the variables at a bound are
/// held, and q is minimised over the others by the method of Moré and Sorensen,
/// whatever the inertia of B. Where that leads out of the bounds, the way is bent
/// along them, and shortened until q falls enough. Variables that are then at a
/// bound are held too; when nothing new is, those that q would have inside are
/// released. As x is within the bounds, bending only shortens s, so that the radius
/// holds by itself.
///
/// Held variables are not taken out of B but uncoupled: rows and columns of zeros
/// with a large diagonal. Every face then has the same order, and none allocates.
///
/// Source: Conn, Gould and Toint 1988; Lin and Moré 1999 (projected searches);
/// Moré and Sorensen 1983.
struct BoxSubproblem {
  /// s.
  private(set) var step: Vector<Double>
  private var path: ModelPath
  private var system: ShiftedSystem
  private var face: Matrix<Double>
  private var slopes: Vector<Double>
  /// B s.
  private var image: Vector<Double>
  private var target: Vector<Double>
  private var trial: Vector<Double>
  private var trialImage: Vector<Double>
  private var isHeld: [Bool]

  init(dimension n: Int) {
    step = .zeros(n)
    path = ModelPath(dimension: n)
    system = ShiftedSystem(dimension: n)
    face = .zeros(n, n)
    slopes = .zeros(n)
    image = .zeros(n)
    target = .zeros(n)
    trial = .zeros(n)
    trialImage = .zeros(n)
    isHeld = Array(repeating: false, count: n)
  }

  /// Writes ``step``.
  ///
  /// - Returns: what it is to the model; nil where B is not finite.
  /// - Complexity: for each face one to three factorizations, n³/3 flops each; no
  ///   allocation.
  mutating func minimise(
    at point: Point, within bounds: Bounds, _ b: Matrix<Double>,
    radius: Double, _ evaluator: inout Evaluator
  ) -> ModelStep? {
    var isConstrained = path.follow(
      from: point, within: bounds, b, radius: radius, step: &step,
      image: &image)
    var value = model(point.gradient, step, image)
    guard value.isFinite else { return nil }
    holdBounds(at: point, bounds)
    var releases = 0
    // A face seldom needs more than a few; the step is good at any time.
    for _ in 0..<(10 + 2 * min(point.dimension, 20)) {
      guard
        let found = minimiseOnFace(
          at: point, b, radius: radius, &evaluator)
      else { break }
      let isBent = search(at: point, bounds, b, below: &value)
      isConstrained = found.isConstrained
      if isBent {
        holdBounds(at: point, bounds)
      } else {
        guard releases < 6, release(at: point, bounds) else { break }
        releases += 1
      }
    }
    return ModelStep(
      predicted: -value, slope: point.gradient.dot(step), norm: step.norm,
      isConstrained: isConstrained)
  }

  /// gᵀs + ½ sᵀBs.
  private func model(
    _ g: Vector<Double>, _ s: Vector<Double>, _ bs: Vector<Double>
  ) -> Double {
    g.dot(s) + 0.5 * bs.dot(s)
  }

  /// Holds the variables that are at a bound at x + s, and those are all.
  private mutating func holdBounds(at point: Point, _ bounds: Bounds) {
    let n = point.dimension
    point.x.read { x in
      bounds.lower.read { l in
        bounds.upper.read { u in
          step.read { s in
            isHeld.withUnsafeMutableBufferPointer { isHeld in
              for i in 0..<n {
                isHeld[i] = s[i] <= l[i] - x[i] || s[i] >= u[i] - x[i]
              }
            }
          }
        }
      }
    }
  }

  /// Releases the variables at a bound that q would have inside.
  ///
  /// - Returns: whether there is one.
  private mutating func release(at point: Point, _ bounds: Bounds) -> Bool {
    let n = point.dimension
    return point.x.read { x in
      point.gradient.read { g in
        bounds.lower.read { l in
          bounds.upper.read { u in
            step.read { s in
              image.read { bs in
                isHeld.withUnsafeMutableBufferPointer { isHeld in
                  var released = false
                  for i in 0..<n where isHeld[i] && l[i] < u[i] {
                    let slope = g[i] + bs[i]
                    // Below rounding of its terms the sign says nothing.
                    let noise =
                      8 * Double.ulpOfOne * (abs(g[i]) + abs(bs[i]))
                    guard abs(slope) > noise else { continue }
                    let isLow = s[i] <= l[i] - x[i]
                    if isLow ? slope < 0 : slope > 0 {
                      isHeld[i] = false
                      released = true
                    }
                  }
                  return released
                }
              }
            }
          }
        }
      }
    }
  }

  /// Writes the minimum of q over the variables that are not held, from x, into
  /// `target`.
  private mutating func minimiseOnFace(
    at point: Point, _ b: Matrix<Double>, radius: Double,
    _ evaluator: inout Evaluator
  ) -> ModelStep? {
    let n = point.dimension
    var square = 0.0
    var free = 0
    for i in 0..<n {
      if isHeld[i] {
        square += step[i] * step[i]
      } else {
        free += 1
      }
    }
    guard free > 0 else { return nil }
    // The slopes of q where the free variables are at x: g + B_H s_H.
    trial.copy(from: step)
    trial.write { trial in
      for i in 0..<n where !isHeld[i] { trial[i] = 0 }
    }
    b.symmetricMultiply(trial, into: &slopes)
    slopes.add(point.gradient)
    slopes.write { slopes in
      for i in 0..<n where isHeld[i] { slopes[i] = 0 }
    }
    setFace(b)
    let held = square.squareRoot()
    let room = ((radius - held) * (radius + held)).squareRoot()
    guard room > 0 && slopes.isFinite else { return nil }
    system.reset()
    guard
      let found = system.minimise(
        face, slopes, radius: room, tolerance: 0.1, &evaluator, into: &target)
    else { return nil }
    step.read { step in
      target.write { target in
        for i in 0..<n where isHeld[i] { target[i] = step[i] }
      }
    }
    return found
  }

  private mutating func setFace(_ b: Matrix<Double>) {
    let n = b.rows
    let large = b.lowerMaximumMagnitude
    let diagonal = large > 0 ? large : 1
    b.read { b in
      face.write { face in
        isHeld.withUnsafeBufferPointer { isHeld in
          for j in 0..<n {
            let isColumnHeld = isHeld[j]
            for i in j..<n {
              face[i + j * n] =
                isColumnHeld || isHeld[i] ? 0 : b[i + j * n]
            }
            if isColumnHeld { face[j + j * n] = diagonal }
          }
        }
      }
    }
  }

  /// Goes from s towards the target, bent along the bounds, to where q falls enough.
  ///
  /// - Returns: whether a bound was met that was not held.
  private mutating func search(
    at point: Point, _ bounds: Bounds, _ b: Matrix<Double>,
    below value: inout Double
  ) -> Bool {
    var beta = 1.0
    let (first, isBent) = firstBound(at: point, bounds)
    for _ in 0..<20 {
      setTrial(at: point, bounds, beta)
      b.symmetricMultiply(trial, into: &trialImage)
      let found = model(point.gradient, trial, trialImage)
      // The slope of q at s along what was gone.
      let slope = self.slope(point.gradient)
      if found <= value + 0.01 * min(slope, 0) && found < value {
        value = found
        swap(&step, &trial)
        swap(&image, &trialImage)
        return isBent && beta >= first
      }
      // Up to the first bound the way is straight.
      guard isBent && beta > first else { return false }
      beta = max(0.5 * beta, first)
    }
    return false
  }

  /// (g + B s)ᵀ(trial − s).
  private func slope(_ g: Vector<Double>) -> Double {
    let n = g.count
    return g.read { g in
      image.read { bs in
        trial.read { trial in
          step.read { s in
            var sum = 0.0
            for i in 0..<n { sum += (g[i] + bs[i]) * (trial[i] - s[i]) }
            return sum
          }
        }
      }
    }
  }

  /// The β at which the first free variable meets a bound on the way to the target,
  /// and whether one does up to it.
  private func firstBound(
    at point: Point, _ bounds: Bounds
  ) -> (beta: Double, isBent: Bool) {
    let n = point.dimension
    var first = Double.infinity
    for i in 0..<n where !isHeld[i] {
      let w = target[i] - step[i]
      guard w != 0 else { continue }
      let bound = w < 0 ? bounds.lower[i] : bounds.upper[i]
      let room = abs(bound - point.x[i] - step[i])
      if room <= first * abs(w) { first = room / abs(w) }
    }
    return (first, first <= 1)
  }

  /// Writes P(x + s + β (target − s)) − x.
  private mutating func setTrial(
    at point: Point, _ bounds: Bounds, _ beta: Double
  ) {
    let n = point.dimension
    trial.write { trial in
      point.x.read { x in
        step.read { s in
          target.read { target in
            bounds.lower.read { l in
              bounds.upper.read { u in
                for i in 0..<n {
                  let to = s[i] + beta * (target[i] - s[i])
                  trial[i] = min(max(to, l[i] - x[i]), u[i] - x[i])
                }
              }
            }
          }
        }
      }
    }
  }
}
