internal import Matrix

// One pass of a kernel over the parameters, the gradient, and the vectors that a
// rule remembers. The closures get pointers to the first element of a range, its
// count, and the scales of its group.
extension UpdateStep {
  @inline(__always)
  func sweep<Scalar>(
    _ x: inout Vector<Scalar>, _ gradient: Vector<Scalar>,
    _ kernel: (
      _ n: Int, UnsafeMutablePointer<Scalar>, UnsafePointer<Scalar>,
      _ rateScale: Double, _ decayScale: Double
    ) -> Void
  ) {
    x.write { x in
      gradient.read { g in
        sweep { places, rate, decay in
          let i = places.lowerBound
          kernel(places.count, x + i, g + i, rate, decay)
        }
      }
    }
  }

  @inline(__always)
  func sweep<Scalar>(
    _ x: inout Vector<Scalar>, _ gradient: Vector<Scalar>,
    _ a: inout Vector<Scalar>,
    _ kernel: (
      _ n: Int, UnsafeMutablePointer<Scalar>, UnsafePointer<Scalar>,
      UnsafeMutablePointer<Scalar>, _ rateScale: Double, _ decayScale: Double
    ) -> Void
  ) {
    checkMemory(a, x)
    a.write { a in
      sweep(&x, gradient, offsetting: a) { n, x, g, a, rate, decay in
        kernel(n, x, g, a, rate, decay)
      }
    }
  }

  @inline(__always)
  func sweep<Scalar>(
    _ x: inout Vector<Scalar>, _ gradient: Vector<Scalar>,
    _ a: inout Vector<Scalar>, _ b: inout Vector<Scalar>,
    _ kernel: (
      _ n: Int, UnsafeMutablePointer<Scalar>, UnsafePointer<Scalar>,
      UnsafeMutablePointer<Scalar>, UnsafeMutablePointer<Scalar>,
      _ rateScale: Double, _ decayScale: Double
    ) -> Void
  ) {
    checkMemory(a, x)
    checkMemory(b, x)
    a.write { a in
      b.write { b in
        sweep(&x, gradient, offsetting: a) { n, x, g, ai, rate, decay in
          kernel(n, x, g, ai, b + (ai - a), rate, decay)
        }
      }
    }
  }

  @inline(__always)
  func sweep<Scalar>(
    _ x: inout Vector<Scalar>, _ gradient: Vector<Scalar>,
    _ a: inout Vector<Scalar>, _ b: inout Vector<Scalar>,
    _ c: inout Vector<Scalar>,
    _ kernel: (
      _ n: Int, UnsafeMutablePointer<Scalar>, UnsafePointer<Scalar>,
      UnsafeMutablePointer<Scalar>, UnsafeMutablePointer<Scalar>,
      UnsafeMutablePointer<Scalar>, _ rateScale: Double, _ decayScale: Double
    ) -> Void
  ) {
    checkMemory(a, x)
    checkMemory(b, x)
    checkMemory(c, x)
    a.write { a in
      b.write { b in
        c.write { c in
          sweep(&x, gradient, offsetting: a) { n, x, g, ai, rate, decay in
            kernel(n, x, g, ai, b + (ai - a), c + (ai - a), rate, decay)
          }
        }
      }
    }
  }

  @inline(__always)
  private func sweep<Scalar>(
    _ x: inout Vector<Scalar>, _ gradient: Vector<Scalar>,
    offsetting a: UnsafeMutablePointer<Scalar>,
    _ kernel: (
      Int, UnsafeMutablePointer<Scalar>, UnsafePointer<Scalar>,
      UnsafeMutablePointer<Scalar>, Double, Double
    ) -> Void
  ) {
    x.write { x in
      gradient.read { g in
        sweep { places, rate, decay in
          let i = places.lowerBound
          kernel(places.count, x + i, g + i, a + i, rate, decay)
        }
      }
    }
  }

  @inline(__always)
  func checkMemory<Scalar>(
    _ memory: Vector<Scalar>, _ x: Vector<Scalar>
  ) {
    precondition(
      memory.count == x.count,
      "the memory of \(memory.count) parameters for \(x.count)")
  }
}
