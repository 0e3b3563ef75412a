import ArgumentParser
import Foundation
import Matrix
import Models
import Optimization
import Presentation
import ProblemSets

/// Update rules at memory speed, and the training of a network.
struct Stochastic: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "stochastic",
    abstract: "Update rules and a network beside PyTorch, Optax and C.",
    discussion: """
      One step of AdamW and of momentum on many parameters, in turns with \
      PyTorch's fused step and a fused loop in C, then with PyTorch's others and \
      Optax; STREAM's triad tells what memory allows. A network on the digits \
      beside NumPy and PyTorch. Learning-rate search. The page has the curves of \
      all rules and schedules. 'make peers' installs the peers.
      """)

  /// The results of both parts.
  struct Results: Codable {
    var steps: [StepResult] = []
    var networks: [NetworkResult] = []
  }

  @OptionGroup var options: CommonOptions

  @Option(help: "The number of parameters of a step.")
  var parameters = 10_000_000

  @Flag(help: "The curves alone.")
  var curvesOnly = false

  func validate() throws {
    guard parameters > 0 else {
      throw ValidationError("\(parameters) parameters")
    }
  }

  func run() throws {
    print(Environment.current.summary)
    let digits = try DataSet.digits()
    let data = Standardization(of: digits)(digits)
    let results = curvesOnly ? Results() : try race(data)
    let search = rateSearch(data)
    let file = options.jsonFile(for: "stochastic")
    if !curvesOnly {
      try Report(benchmark: "stochastic", results: results).write(to: file)
      print("\nwritten to \(file.path)")
    }
    let page = file.deletingPathExtension().appendingPathExtension("html")
    try writeFile(Data(makePage(results, data, search).html.utf8), to: page)
    print("written to \(page.path)")
  }

  private func race(_ data: DataSet) throws -> Results {
    let file = CommonOptions.folder.appending(path: "peers/digits.doubles")
    try writeFile(NetworkRace.fileContents(data), to: file)
    let loops = said { try UpdateLoops() }
    let all = Threads.maximum
    defer { Threads.maximum = all }
    var results = Results()
    for threads in Set([1, all]).sorted() {
      Threads.maximum = threads
      let peer = said { try self.peer(file, data, threads) }
      let steps = StepRace(
        count: options.quick ? parameters / 100 : parameters,
        turns: options.quick ? 3 : 15, loops: loops, peer: peer)
      results.steps += try steps.run(Double.self, threads: threads)
      results.steps += try steps.run(Float.self, threads: threads)
      results.networks += try NetworkRace(
        data: data, epochs: options.quick ? 2 : 20,
        turns: options.quick ? 2 : 9, peer: peer
      ).run(threads: threads)
    }
    print(
      "\n\(stepTable(results.steps))\n\n\(StepResult.verdicts(results.steps))")
    print("\n\(networkTable(results.networks))")
    if let verdict = NetworkResult.verdict(results.networks) {
      print("\n\(verdict)")
    }
    return results
  }

  /// What is made, or nil when it is missing, which is said.
  private func said<Part>(_ make: () throws -> Part) -> Part? {
    do { return try make() } catch {
      print("\(error)")
      return nil
    }
  }

  private func peer(
    _ file: URL, _ data: DataSet, _ threads: Int
  ) throws -> PythonPeer {
    let peer = try PythonPeer(
      "PyTorch",
      program: try CompiledPeer.folder().appending(component: "stochastic.py"),
      arguments: [
        file.path, "\(data.count)", "\(data.featureCount)", "128",
        "\(threads)",
      ], threads: threads)
    print("with \(peer.versions.joined(separator: ", "))")
    return peer
  }

  private func stepTable(_ results: [StepResult]) -> Table {
    var table = Table(columns: StepResult.columns, textColumns: 3)
    results.forEach { table.append($0.row) }
    return table
  }

  private func networkTable(_ results: [NetworkResult]) -> Table {
    var table = Table(columns: NetworkResult.columns)
    results.forEach { table.append($0.row) }
    return table
  }

  private func rateSearch(
    _ data: DataSet
  ) -> (search: RateSearch, range: RateRange) {
    @Sendable func network() -> MultilayerPerceptron {
      MultilayerPerceptron(
        widths: [data.featureCount, 32, 10], activation: .relu,
        loss: .softmaxCrossEntropy, data: data)
    }
    let start = network().initialParameters(seed: 1)
    let search = searchRate(
      over: RateSearch.rates(from: 1e-4, to: 10, count: 11),
      perThread: network, from: start,
      within: .epochs(options.quick ? 2 : 5)
    ) { rate in
      StochasticDescent(
        by: Momentum(rate: .constant(rate)), sampling: Sampling(batch: 64))
    }
    let range = testRates(
      from: 1e-5, to: 10, over: 200, of: network(), from: start
    ) { rate in
      StochasticDescent(by: Momentum(rate: rate), sampling: Sampling(batch: 64))
    }
    print("\nlearning rates of momentum on the network 64-32-10\n\n\(search)")
    print("\nrange test: \(range)")
    return (search, range)
  }

  private func makePage(
    _ results: Results, _ data: DataSet,
    _ search: (search: RateSearch, range: RateRange)
  ) -> Page {
    var page = Page(title: "Stochastic optimization")
    page.paragraph("Measured on \(Environment.current.summary).")
    if !results.steps.isEmpty {
      page.heading("One step on many parameters")
      page.paragraph(
        """
        \(results.steps.first?.count ?? 0) parameters; the medians of steps in \
        turns. The bandwidth counts every array that a fused loop has to read or \
        write once.
        """)
      page.table(stepTable(results.steps))
      page.table(StepResult.verdicts(results.steps))
      page.heading("A network 64-128-10 on the digits")
      page.paragraph(
        """
        Batches of 64, Adam at 10⁻³. Ours includes a fresh f and ∇f of all \
        samples at the end. The accuracy is that on the samples it is trained on.
        """)
      page.table(networkTable(results.networks))
    }
    page.heading("Every rule on one network")
    page.plots(RuleCurves.curves(data, epochs: options.quick ? 4 : 20))
    page.heading("Every rule on a plane")
    page.paragraph(
      """
      From (−1.2, 1) on Rosenbrock's function, with level curves at 0.1, 1, 4, 16 \
      and 64. Rates were not tuned.
      """)
    page.plots(RuleCurves.paths(steps: options.quick ? 100 : 400))
    page.heading("Every schedule")
    page.plots(ScheduleCurves.plots)
    page.heading("Search for the rate")
    page.plots([search.search.plot, search.range.plot])
    page.table(search.search.table)
    return page
  }
}
