import Foundation

/// The output of other libraries that Scripts/golden wrote down.
enum Golden {
  struct Schedules: Decodable {
    struct Case: Decodable {
      let name: String
      let library: String
      let rates: [Double]
    }
    let steps: [Int]
    let cases: [Case]
  }

  static func schedules() throws -> Schedules {
    try read("schedules")
  }

  static func read<File: Decodable>(_ name: String) throws -> File {
    let file = Bundle.module.bundleURL
      .appending(path: "Data").appending(path: name + ".json")
    return try JSONDecoder().decode(File.self, from: Data(contentsOf: file))
  }
}

extension Golden {
  struct Rules: Decodable {
    struct Case: Decodable, CustomStringConvertible {
      let name: String
      let library: String
      let problem: String
      let rate: [Double]
      let points: [[Double]]
      var description: String { "\(name) of \(library) on \(problem)" }
    }
    let steps: [Int]
    let cases: [Case]
  }

  static func rules() throws -> Rules {
    try read("rules")
  }
}
