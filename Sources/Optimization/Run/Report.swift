internal import Foundation
internal import Matrix

/// A heading and labelled lines below it, the labels aligned.
struct Report: CustomStringConvertible {
  let heading: String
  private var lines: [(label: String, text: String)] = []

  init(_ heading: String) { self.heading = heading }

  /// Adds a line, unless there is nothing to say.
  mutating func add(_ label: String, _ text: String?) {
    if let text { lines.append((label, text)) }
  }

  var description: String {
    let width = lines.map(\.label.count).max() ?? 0
    return lines.reduce(into: heading) { result, line in
      let padding = String(repeating: " ", count: width - line.label.count)
      result += "\n  \(line.label)\(padding)  \(line.text)"
    }
  }
}

extension Double {
  /// The number with so many significant digits, without trailing zeros.
  func rounded(digits: Int) -> String {
    // Without the sign that C prints of a NaN.
    isNaN ? "nan" : String(format: "%.\(digits)g", self)
  }

  /// The number with a unit and its SI prefix, such as `8.1 µs` or `12.3 Mflop`.
  func scaled(_ unit: String) -> String {
    guard isFinite && self != 0 else { return "\(rounded(digits: 3)) \(unit)" }
    let prefixes = ["n", "µ", "m", "", "k", "M", "G", "T", "P", "E"]
    // The number as it will be printed, so that 999.9 becomes 1 k.
    var scaled = Double(rounded(digits: 3)) ?? self
    var index = 3
    while abs(scaled) >= 1000 && index < prefixes.count - 1 {
      scaled /= 1000
      index += 1
    }
    while abs(scaled) < 1 && index > 0 {
      scaled *= 1000
      index -= 1
    }
    return "\(scaled.rounded(digits: 3)) \(prefixes[index])\(unit)"
  }
}

extension Vector<Double> {
  /// The elements with six digits; of a long vector the first and last three.
  var summary: String {
    func list(_ part: some Sequence<Double>) -> String {
      part.map { $0.rounded(digits: 6) }.joined(separator: ", ")
    }
    return count <= 8
      ? "[\(list(self))]"
      : "[\(list(prefix(3))), …, \(list(suffix(3)))], \(count) variables"
  }
}

extension Counts {
  /// What was evaluated and computed, without what was not.
  var summary: String {
    var parts: [String] = []
    for (count, what) in [
      (values, "f"), (gradients, "∇f"), (hessians, "∇²f"),
      (hessianVectorProducts, "∇²f v"), (constraints, "c"), (jacobians, "J"),
      (samples, "samples"),
      (
        factorizations, factorizations == 1 ? "factorization" : "factorizations"
      ),
    ] where count > 0 {
      parts.append("\(count) \(what)")
    }
    if flops > 0 { parts.append(flops.scaled("flop")) }
    return parts.joined(separator: ", ")
  }
}
