internal import CBLAS
internal import Synchronization

/// How many threads the linear algebra uses.
///
/// OpenBLAS by itself starts all its threads on work too small for them: with
/// two threads it is slower than with one below n ≈ 500, and many times slower
/// when another process holds a core, because its workers spin. So the number
/// is decided here, call by call, from the size of the work: one thread below
/// the size where more of them pay, ``maximum`` above it.
///
/// The decision is kept in OpenBLAS's own process-wide setting and is changed
/// only when it differs from the last one, which costs one relaxed load per
/// call. When several Swift threads call at once, one may run with the number
/// that another chose; the numbers of a product do not depend on it beyond
/// rounding. A program that also calls `openblas_set_num_threads` itself should
/// set ``maximum`` instead.
public enum Threads {
  /// The most threads any operation uses.
  ///
  /// Initially what OpenBLAS was started with: the number of processors, or the
  /// environment's `OPENBLAS_NUM_THREADS`. Set it to 1 for one thread
  /// throughout, which also makes results independent of the number of
  /// processors.
  ///
  /// - Precondition: a new value is at least 1.
  public static var maximum: Int {
    get {
      let known = limit.load(ordering: .relaxed)
      if known > 0 { return known }
      let found = max(1, Int(openblas_get_num_threads()))
      limit.store(found, ordering: .relaxed)
      return found
    }
    set {
      precondition(newValue >= 1, "maximum is \(newValue), less than 1 thread")
      _ = maximum  // read OpenBLAS's own number before changing it
      limit.store(newValue, ordering: .relaxed)
    }
  }

  /// The name of the kernels that OpenBLAS chose for this processor.
  public static var kernels: String {
    String(cString: openblas_get_corename())
  }

  /// OpenBLAS's version and build options.
  public static var configuration: String {
    String(cString: openblas_get_config())
  }

  // Where both cores are idle two threads pay earlier, for products from about
  // 200³. Beside a process that holds a core they can stall for a slice of the
  // scheduler's time, about 4 ms, so that they are left for work which takes
  // milliseconds by itself: products of 500³ multiply-adds. Matrices that are
  // read once, from 2¹⁹ numbers (4 MiB), gain up to 1.9 times when idle and were
  // not seen to stall at 1000²; at 500² they were.
  private static let productThreshold = 500 * 500 * 500
  private static let elementThreshold = 1 << 19

  private static let limit = Atomic<Int>(0)
  private static let current = Atomic<Int>(0)

  @inline(__always)
  static func useOne() { use(1) }

  /// For work that reads `count` matrix elements once.
  @inline(__always)
  static func use(forElements count: Int) {
    use(count < elementThreshold ? 1 : maximum)
  }

  /// For work of m·n·k multiply-adds on operands that are reused.
  @inline(__always)
  static func use(forProducts m: Int, _ n: Int, _ k: Int) {
    use(reachesThreshold(m, n, k) ? maximum : 1)
  }

  /// Whether such work gets more than one thread.
  @inline(__always)
  static func pay(forProducts m: Int, _ n: Int, _ k: Int) -> Bool {
    reachesThreshold(m, n, k) && maximum > 1
  }

  @inline(__always)
  private static func reachesThreshold(_ m: Int, _ n: Int, _ k: Int) -> Bool {
    // The product of three dimensions may exceed Int; that of two may not.
    let products = (m * n).multipliedReportingOverflow(by: k)
    return products.overflow || products.partialValue >= productThreshold
  }

  @inline(__always)
  private static func use(_ threads: Int) {
    if current.load(ordering: .relaxed) != threads { change(to: threads) }
  }

  @inline(never)
  private static func change(to threads: Int) {
    _ = maximum
    openblas_set_num_threads(int(threads))
    current.store(threads, ordering: .relaxed)
  }
}
