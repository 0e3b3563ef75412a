import CBLAS
import Matrix
import Testing

// The setting belongs to the process, so each of these tests has its own.
@Suite struct ThreadsTests {
  @Test func `Small work runs on one thread, large work on the most`() async {
    await #expect(processExitsWith: .success) {
      let most = Threads.maximum
      precondition(most >= 1)
      let large = Matrix<Double>(repeating: 1, rows: 500, columns: 500)
      let product = large * large
      precondition(product[499, 499] == 500)
      precondition(Int(openblas_get_num_threads()) == most)
      _ = large * product.column(0)
      precondition(openblas_get_num_threads() == 1)
      let small = Matrix<Float>.identity(100)
      _ = small * small
      precondition(openblas_get_num_threads() == 1)
    }
  }

  @Test func `The user's maximum holds`() async {
    await #expect(processExitsWith: .success) {
      Threads.maximum = 1
      let large = Matrix<Double>(repeating: 1, rows: 500, columns: 500)
      _ = large * large
      precondition(Threads.maximum == 1 && openblas_get_num_threads() == 1)
      Threads.maximum = 2
      _ = large * large
      precondition(Threads.maximum == 2 && openblas_get_num_threads() == 2)
    }
  }

  @Test func `Fewer than one thread traps`() async {
    let result = await #expect(
      processExitsWith: .failure, observing: [\.standardErrorContent]
    ) { Threads.maximum = 0 }
    #expect(said(result, "maximum is 0, less than 1 thread"))
  }

  @Test func `Kernels and configuration are named`() {
    #expect(!Threads.kernels.isEmpty)
    #expect(Threads.configuration.contains("OpenBLAS"))
  }
}
