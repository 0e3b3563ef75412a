internal import Matrix

/// Violated constraints that are added one after the other, while J and x wait.
///
/// The images D = Jᵀ N of their normals are one product of matrices. What a step needs
/// beyond R is then in D: slopes are products of its columns, and what adds a
/// constraint to the active ones or drops one, Q, is applied to the other images
/// alone. Then, once for all:
///
///     x ← x + J c,   J ← J Q₁ … Qₚ
///
/// where Qᵢ is a reflection I − τ v vᵀ for a constraint that is added, and a sweep of
/// rotations for one that is dropped. Reflections in a row are I − V T Vᵀ.
///
/// - Complexity: 2n²w flops for the images of w constraints, 2n(n − q) for each that
///   is added and 6nq at most for each that is dropped, in products of matrices
///   mostly; one by one it is 6n² more for each, in products with vectors, which
///   memory bounds.
///
/// Source: Goldfarb and Idnani 1983, section 4; Schreiber and Van Loan, A
/// storage-efficient WY representation for products of Householder transformations,
/// SIAM J. Sci. Stat. Comput. 10, 1989.
struct ActiveSetBlock {
  /// A constraint that waits.
  struct Candidate {
    var id: Int
    var sign: Double
    /// How far it is from its side, as x goes on.
    var violation: Double
    /// What counts as none.
    var tolerance: Double

    /// Whether its image is kept up to date.
    var isViolated: Bool { violation > tolerance }
  }

  /// What J waits for.
  private struct Change {
    /// The column of V, or of the rotations.
    var column: Int
    var isSweep: Bool
    /// The first row of v, or the columns of J that are rotated, with the next ones.
    var start: Int
    var end: Int
  }

  /// The most constraints, and the most changes of either kind.
  private static let width = 32
  /// What is violated less than this part of what is violated most waits for another
  /// block: others may be violated more by then.
  private static let share = 0.4

  /// The least violation that is looked at.
  private var least = 0.0

  /// The constraints, by columns of D.
  private(set) var candidates: [Candidate] = []
  private let n: Int
  /// N, and then J V.
  private var normals: Matrix<Double>
  /// D.
  private var images: Matrix<Double>
  private var changes: [Change] = []
  /// V, and τ.
  private var reflectors: Matrix<Double>
  private var scales: [Double]
  private var reflections = 0
  /// Cosines above sines, a column for each sweep.
  private var rotations: Matrix<Double>
  private var sweeps = 0
  /// T, and VᵀV.
  private var triangle: Matrix<Double>
  private var square: Matrix<Double>
  /// c, and scratch.
  private var step: Vector<Double>
  private var direction: Vector<Double>

  init(order n: Int) {
    self.n = n
    let width = min(Self.width, n)
    normals = .zeros(n, width)
    images = .zeros(n, width)
    reflectors = .zeros(n, width)
    rotations = .zeros(2 * n, width)
    triangle = .zeros(width, width)
    square = .zeros(width, width)
    scales = Array(repeating: 0, count: width)
    step = .zeros(n)
    direction = .zeros(n)
    candidates.reserveCapacity(width)
    changes.reserveCapacity(2 * width)
  }

  /// Whether there is room for another change of either kind.
  var hasRoom: Bool { max(reflections, sweeps) < square.rows }

  /// Begins with no constraint.
  mutating func begin() {
    candidates.removeAll(keepingCapacity: true)
    clear()
  }

  private mutating func clear() {
    changes.removeAll(keepingCapacity: true)
    (reflections, sweeps) = (0, 0)
    step.fill(with: 0)
  }

  /// Takes a constraint, in the place of the least violated one where there is no
  /// room.
  mutating func take(_ candidate: Candidate) {
    guard candidates.count == normals.columns else {
      return candidates.append(candidate)
    }
    var least = 0
    for k in 1..<candidates.count
    where candidates[k].violation < candidates[least].violation {
      least = k
    }
    if candidates[least].violation < candidate.violation {
      candidates[least] = candidate
    }
  }

  /// Leaves out what is violated too little, if there is no need to add it anyway.
  mutating func prune(keepingAll: Bool) {
    var most = 0.0
    least = 0
    if keepingAll { return }
    for k in 0..<candidates.count { most = max(most, candidates[k].violation) }
    least = Self.share * most
    var kept = 0
    for k in 0..<candidates.count where candidates[k].violation >= least {
      candidates[kept] = candidates[k]
      kept += 1
    }
    candidates.removeLast(candidates.count - kept)
  }

  /// Sets a column of N.
  mutating func setNormal(_ k: Int, to normal: Vector<Double>) {
    let n = n
    normal.read { normal in
      normals.write { ($0 + k * n).update(from: normal, count: n) }
    }
  }

  /// D ← Jᵀ N.
  mutating func setImages(_ j: Matrix<Double>) {
    let (n, count) = (n, candidates.count)
    j.read { j in
      normals.read { a in
        images.write { d in
          Double._gemm(true, false, n, count, n, 1, j, n, a, n, 0, d, n)
        }
      }
    }
  }

  /// The constraint that is violated most.
  var worst: Int? {
    var (worst, most) = (-1, 0.0)
    for k in 0..<candidates.count
    where candidates[k].isViolated && candidates[k].violation > most {
      (worst, most) = (k, candidates[k].violation)
    }
    return worst >= 0 && most >= least ? worst : nil
  }

  /// d ← Jᵀ a of a constraint.
  func copyImage(_ k: Int, into d: inout Vector<Double>) {
    let n = n
    images.read { images in
      d.write { $0.update(from: images + k * n, count: n) }
    }
  }
}

// MARK: Changes

extension ActiveSetBlock {
  /// Goes t along the step J₂ d₂ of a constraint, with q active:
  /// c ← c + t Q₁ … Qₚ (0; d₂).
  mutating func advance(
    _ current: Int, _ t: Double, _ d: Vector<Double>, active q: Int
  ) {
    let rest = n - q
    let n = n
    d.read { d in
      images.read { images in
        candidates.withUnsafeMutableBufferPointer { candidates in
          for i in 0..<candidates.count
          where candidates[i].isViolated || i == current {
            let image = images + i * n + q
            candidates[i].violation -=
              t * Double._dot(rest, d + q, 1, image, 1)
          }
        }
      }
      direction.write { w in
        w.update(repeating: 0, count: q)
        (w + q).update(from: d + q, count: rest)
      }
    }
    var last = changes.count
    while last > 0 {
      last -= 1
      let change = changes[last]
      direction.write { w in
        if change.isSweep {
          rotations.read { rotations in
            let c = rotations + change.column * 2 * n
            let s = c + n
            var i = change.end
            while i > change.start {
              i -= 1
              let (x, y) = (w[i], w[i + 1])
              w[i] = c[i] * x - s[i] * y
              w[i + 1] = s[i] * x + c[i] * y
            }
          }
        } else {
          reflectors.read { v in
            let v = v + change.column * n + change.start
            let length = n - change.start
            let w = w + change.start
            let product = Double._dot(length, v, 1, w, 1)
            Double._axpy(length, -scales[change.column] * product, v, 1, w, 1)
          }
        }
      }
    }
    step.add(direction, scaledBy: t)
  }

  /// Adds a constraint with the image d to the q active ones: d becomes its column of
  /// R, with zeros below.
  mutating func add(_ k: Int, _ d: inout Vector<Double>, active q: Int) {
    let (n, rest) = (n, n - q)
    candidates[k].violation = 0
    let length = d.read { d in
      Double._dot(rest, d + q, 1, d + q, 1).squareRoot()
    }
    let signed = d[q] < 0 ? -length : length
    // v = d₂ + σ ‖d₂‖ e₁, and ½ vᵀv = ‖d₂‖ |v₁|.
    let tau = 1 / (length * (abs(d[q]) + length))
    let column = reflections
    scales[column] = tau
    changes.append(Change(column: column, isSweep: false, start: q, end: n))
    reflections += 1
    reflectors.write { v in
      let v = v + column * n
      d.read { d in
        v.update(repeating: 0, count: q)
        (v + q).update(from: d + q, count: rest)
        v[q] += signed
      }
      images.write { images in
        for i in 0..<candidates.count where candidates[i].isViolated {
          let image = images + i * n + q
          let product = Double._dot(rest, v + q, 1, image, 1)
          Double._axpy(rest, -tau * product, v + q, 1, image, 1)
        }
      }
    }
    d.set(q, to: -signed)
    d.write { ($0 + q + 1).update(repeating: 0, count: rest - 1) }
  }

  /// Drops the k-th of q active constraints, whose rotations
  /// ``ActiveSetFactors/remove(_:recording:)`` has put into `rotations`, for a
  /// constraint on its way.
  mutating func drop(
    _ k: Int, active q: Int, for current: Int, _ factors: inout ActiveSetFactors
  ) {
    let n = n
    let column = sweeps
    rotations.write { rotations in
      let c = rotations + column * 2 * n
      factors.remove(k, recording: (c, c + n))
      images.write { images in
        for i in 0..<candidates.count
        where candidates[i].isViolated || i == current {
          let d = images + i * n
          for row in k..<max(k, q - 1) {
            let (x, y) = (d[row], d[row + 1])
            d[row] = c[row] * x + c[n + row] * y
            d[row + 1] = c[row] * y - c[n + row] * x
          }
        }
      }
    }
    changes.append(
      Change(column: column, isSweep: true, start: k, end: max(k, q - 1)))
    sweeps += 1
  }

  /// x ← x + J c, J ← J Q₁ … Qₚ.
  mutating func finish(
    _ j: inout Matrix<Double>, _ x: inout Vector<Double>
  ) {
    guard !changes.isEmpty else { return clear() }
    j.multiply(step, into: &x, beta: 1)
    var i = 0
    while i < changes.count {
      let change = changes[i]
      var end = i + 1
      if change.isSweep {
        sweep(&j, change)
      } else {
        while end < changes.count && !changes[end].isSweep { end += 1 }
        reflect(&j, change.column, end - i, from: change.start)
      }
      i = end
    }
    clear()
  }

  private func sweep(_ j: inout Matrix<Double>, _ change: Change) {
    let n = n
    j.write { j in
      rotations.read { rotations in
        let c = rotations + change.column * 2 * n
        for i in change.start..<change.end where c[n + i] != 0 {
          ActiveSetFactors.rotate(
            n, j + i * n, j + (i + 1) * n, c[i], c[n + i])
        }
      }
    }
  }

  /// J₂ ← J₂ (I − V T Vᵀ) for columns of V from one on, the first of which begins with
  /// this row.
  private mutating func reflect(
    _ j: inout Matrix<Double>, _ column: Int, _ count: Int, from start: Int
  ) {
    let (n, rest, width) = (n, n - start, square.rows)
    if count > 1 { setTriangle(column, count, from: start) }
    j.write { j in
      let j = j + start * n
      normals.write { w in
        reflectors.read { v in
          let v = v + column * n + start
          guard count > 1 else {
            Double._gemv(false, n, rest, 1, j, n, v, 1, 0, w, 1)
            return Double._ger(n, rest, -scales[column], w, v, j, n)
          }
          Double._gemm(false, false, n, count, rest, 1, j, n, v, n, 0, w, n)
          triangle.read { t in
            Double._trmm(
              .right, .upper, false, false, n, count, 1, t, width, w, n)
          }
          Double._gemm(false, true, n, rest, count, -1, w, n, v, n, 1, j, n)
        }
      }
    }
  }

  /// T, by Tᵢᵢ = τᵢ and T₁..ᵢ₋₁,ᵢ = −τᵢ T Vᵀvᵢ.
  private mutating func setTriangle(
    _ column: Int, _ count: Int, from start: Int
  ) {
    let (n, rest, width) = (n, n - start, square.rows)
    reflectors.read { v in
      let v = v + column * n + start
      square.write { s in
        Double._gemm(
          true, false, count, count, rest, 1, v, n, v, n, 0, s, width)
      }
    }
    square.read { s in
      triangle.write { t in
        for i in 0..<count {
          let scale = scales[column + i]
          t[i + i * width] = scale
          for k in 0..<i {
            var sum = 0.0
            for l in k..<i { sum += t[k + l * width] * s[l + i * width] }
            t[k + i * width] = -scale * sum
          }
        }
      }
    }
  }
}
