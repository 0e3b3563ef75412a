internal import Dispatch
internal import Matrix
internal import Synchronization

/// Solves many quadratic programs, on as many threads as there are.
///
///     let solutions = minimize(programs, using: .activeSet())
///
/// A thread takes the next program when it is done with the last, so that programs of
/// different sizes share the threads evenly. What is found is the same bits as one
/// by one, for any number of threads, as long as a program by itself is too small for
/// `Matrix.Threads`.
///
/// - Parameters:
///   - programs: the programs.
///   - method: how they are solved.
///   - threads: how many threads at most; `Threads.maximum` unless told.
/// - Returns: the solutions, in the order of the programs.
/// - Complexity: as the method for each.
public func minimize(
  _ programs: [QuadraticProgram],
  using method: some QuadraticMethod = .automatic(), threads: Int? = nil
) -> [QuadraticSolution] {
  let workers = min(programs.count, threads ?? Threads.maximum)
  guard workers > 1 else { return programs.map { method.solve($0) } }
  let next = Atomic<Int>(0)
  return [QuadraticSolution](unsafeUninitializedCapacity: programs.count) {
    solutions, count in
    // Each answer is written by the one thread that took its number.
    nonisolated(unsafe) let solutions = solutions.baseAddress!
    DispatchQueue.concurrentPerform(iterations: workers) { _ in
      while true {
        let k = next.add(1, ordering: .relaxed).oldValue
        guard k < programs.count else { return }
        (solutions + k).initialize(to: method.solve(programs[k]))
      }
    }
    count = programs.count
  }
}
