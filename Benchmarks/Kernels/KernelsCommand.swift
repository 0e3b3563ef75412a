import ArgumentParser
import Foundation
import Matrix

/// Every product and factorization beside the C call that it wraps.
struct Kernels: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "kernels",
    abstract: "Products and factorizations beside the same calls from C.",
    discussion: """
      Both sides run in this process, in turns, on the same operands; the C \
      side is compiled by clang -O2. A ratio is the median over the turns of \
      our time divided by C's. Its target is at most 1.03 from n = 100 and 1.3 \
      below.
      """)

  @OptionGroup var options: CommonOptions

  @Option(
    parsing: .upToNextOption,
    help: "The kernels to measure, such as gemm cholesky; all unless told.")
  var only: [String] = []

  @Option(parsing: .upToNextOption, help: "The orders n to measure.")
  var sizes: [Int] = []

  func validate() throws {
    let known = Kernel.all.map(\.name)
    for name in only where !known.contains(name) {
      throw ValidationError(
        "no kernel '\(name)'; there are \(known.joined(separator: ", "))")
    }
    for n in sizes where n < 1 {
      throw ValidationError("an order of \(n), less than 1")
    }
  }

  func run() throws {
    let defaults =
      options.quick ? [10, 100] : [10, 32, 100, 200, 500, 1000, 2000]
    let orders = sizes.isEmpty ? defaults : sizes
    let kernels = Kernel.all.filter { only.isEmpty || only.contains($0.name) }
    let effort =
      options.quick
      ? Effort(samples: 9, secondsPerSample: 0.0005)
      : Effort(samples: 101, secondsPerSample: 0.0005)

    print(Environment.current.summary)
    let allThreads = Threads.maximum
    var results: [KernelResult] = []
    for mode in ThreadMode.allCases {
      let compare = KernelComparison(
        threads: mode == .single ? 1 : allThreads, effort: effort,
        secondsPerComparison: options.quick ? 0.02 : 1)
      print("\n\(KernelResult.heading(mode))")
      for kernel in kernels {
        for n in orders where n <= kernel.largest {
          var data = KernelData(seed: options.seed)
          let result = KernelResult(
            kernel, n, mode, try kernel.compare(n, &data, compare))
          print(result.line)
          results.append(result)
        }
      }
    }

    for mode in ThreadMode.allCases {
      print("\nour time / C's, \(mode.rawValue); ! above the target")
      print(KernelResult.summary(results.filter { $0.mode == mode }, orders))
    }
    let missed = results.count { !$0.isMet }
    print(
      """

      \(results.count - missed) of \(results.count) targets are met: at most \
      \(Kernel.target(100)) from n = 100, \(Kernel.target(10)) below
      """)
    let file = options.jsonFile(for: "kernels")
    try Report(benchmark: "kernels", results: results).write(to: file)
    print("written to \(file.path)")
  }
}
