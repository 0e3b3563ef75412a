import CReference
import Matrix
import Optimization

/// A problem of Hock and Schittkowski whose formulas are C functions, which all
/// sides call when they are timed.
struct SmallProgram {
  /// Its place among those of small_programs.h.
  let index: Int
  let number: Int
  let constraintCount: Int
  let start: Vector<Double>
  let lower: Double
  let upper: Double
  let equalities: Int
  let bestValue: Double

  /// All of them.
  static var all: [SmallProgram] {
    (0...).lazy.map { small_program_at(Int32($0)) }
      .prefix { $0 != nil }.enumerated().compactMap { index, program in
        guard let program = program?.pointee else { return nil }
        let (a, b, c, d, e) = program.start
        return SmallProgram(
          index: index, number: Int(program.number),
          constraintCount: Int(program.m),
          start: Vector(Array([a, b, c, d, e].prefix(Int(program.n)))),
          lower: program.lower, upper: program.upper,
          equalities: Int(program.equalities), bestValue: program.best)
      }
  }

  var name: String { "HS\(number)" }
  var dimension: Int { start.count }

  /// The problem as methods of ours take it.
  func problem() throws -> any ConstrainedProblem {
    let n = dimension
    let isBounded = lower > -.infinity || upper < .infinity
    var high = Vector<Double>.zeros(constraintCount)
    for i in equalities..<max(constraintCount, equalities) {
      high[i] = .infinity
    }
    return try Objective(index: Int32(index), count: n).subject(
      to: [
        .values(
          of: Functions(
            index: Int32(index), count: constraintCount, dimension: n),
          from: .zeros(constraintCount), to: high)
      ],
      within: isBounded ? Bounds(lower...upper, count: n) : nil)
  }

  private struct Objective: DifferentiableObjective {
    let index: Int32
    let count: Int

    var dimension: Int? { count }

    func value(at x: Vector<Double>) -> Double {
      x.withUnsafeBufferPointer {
        small_program_value(index, $0.baseAddress, nil)
      }
    }

    func valueAndGradient(
      at x: Vector<Double>, into gradient: inout Vector<Double>
    ) -> Double {
      x.withUnsafeBufferPointer { x in
        gradient.withUnsafeMutableBufferPointer { g in
          small_program_value(index, x.baseAddress, g.baseAddress)
        }
      }
    }
  }

  private struct Functions: DifferentiableResiduals {
    let index: Int32
    let count: Int
    let dimension: Int?

    func residuals(
      at x: Vector<Double>, into residuals: inout Vector<Double>
    ) {
      x.withUnsafeBufferPointer { x in
        residuals.withUnsafeMutableBufferPointer { c in
          small_program_constraints(
            index, x.baseAddress, c.baseAddress, nil, 0, 0)
        }
      }
    }

    func jacobian(at x: Vector<Double>, into jacobian: inout Matrix<Double>) {
      x.withUnsafeBufferPointer { x in
        jacobian.withUnsafeMutableBufferPointer { j in
          small_program_constraints(
            index, x.baseAddress, nil, j.baseAddress, 1, count)
        }
      }
    }
  }
}

extension SmallProgram {
  /// What a peer did.
  struct PeerRun {
    var x: [Double]
    var multipliers: (Vector<Double>, Vector<Double>)?
  }

  /// Solves it by a peer, which calls the C functions itself.
  func solve(by peer: NonlinearPeer, setting: Int) -> PeerRun {
    let (n, m) = (dimension, constraintCount)
    var x = start.array
    var y = [Double](repeating: 0, count: m + 1)
    var z = [Double](repeating: 0, count: n + 1)
    var message = [CChar](repeating: 0, count: 128)
    let low = [Double](repeating: lower, count: n)
    let high = [Double](repeating: upper, count: n)
    let lowSide = [Double](repeating: 0, count: m + 1)
    let highSide = (0...m).map { $0 < equalities ? 0 : Double.infinity }
    let status = low.withUnsafeBufferPointer { low in
      high.withUnsafeBufferPointer { high in
        lowSide.withUnsafeBufferPointer { lowSide in
          highSide.withUnsafeBufferPointer { highSide in
            var program = NonlinearPeer.Program(
              n: Int64(n), m: Int64(m),
              context: UnsafeMutableRawPointer(bitPattern: index + 1),
              value: { small_program_value(place($0), $1, nil) },
              gradient: { _ = small_program_value(place($0), $1, $2) },
              constraints: {
                small_program_constraints(place($0), $1, $2, nil, 0, 0)
              },
              jacobian: {
                let k = place($0)
                small_program_constraints(
                  k, $1, nil, $2, Int(small_program_at(k)!.pointee.n), 1)
              },
              // Nobody who is timed asks for it.
              hessian: { _, _, _, _, _ in },
              lower: low.baseAddress!, upper: high.baseAddress!,
              lowerSide: lowSide.baseAddress!, upperSide: highSide.baseAddress!,
              tolerance: 1e-6, evaluations: 10_000, seconds: 20)
            return peer.call(
              &program, setting: setting, &x, &y, &z, &message)
          }
        }
      }
    }
    return PeerRun(
      x: x,
      multipliers: status & 2 != 0
        ? (Vector(Array(y.prefix(m))), Vector(Array(z.prefix(n)))) : nil)
  }
}

/// The place of a problem, passed as a context: one more, as 0 would be null.
private func place(_ context: UnsafeMutableRawPointer?) -> Int32 {
  Int32(Int(bitPattern: context) - 1)
}
