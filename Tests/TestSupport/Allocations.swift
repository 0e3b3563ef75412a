import AllocationCounter
import Matrix

/// The number of heap blocks that this thread asks for while `body` runs.
///
/// What happens only once, such as the making of a generic type's metadata or
/// a lazy global, counts too: run the code once before it is measured.
package func allocations(_ body: () throws -> Void) rethrows -> Int {
  // OpenBLAS's number of threads belongs to the process, and OpenBLAS allocates
  // where another test changes it meanwhile or has this one's work shared.
  Threads.maximum = 1
  let before = allocation_count()
  try body()
  return allocation_count() - before
}
