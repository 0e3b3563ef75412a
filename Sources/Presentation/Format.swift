import Foundation

/// Numbers as tables and plots print them.
package enum Format {
  /// Three significant digits: `0.0123`, `1.23`, `123`, `1.23e+06`.
  package static func number(_ x: Double, digits: Int = 3) -> String {
    guard x.isFinite else { return x.isNaN ? "—" : x > 0 ? "∞" : "−∞" }
    guard x != 0 else { return "0" }
    let exponent = Int(log10(abs(x)).rounded(.down))
    guard (-3..<6).contains(exponent) else {
      return String(format: "%.\(digits - 1)e", x)
    }
    return String(format: "%.\(max(0, digits - 1 - exponent))f", x)
  }

  /// Seconds with the unit that leaves 1 to 999 of it: `12.3 ms`.
  package static func seconds(_ t: Double) -> String {
    guard t.isFinite && t != 0 else { return number(t) }
    let units = [("s", 1.0), ("ms", 1e-3), ("µs", 1e-6), ("ns", 1e-9)]
    let (name, unit) = units.first { abs(t) >= $0.1 } ?? units[3]
    return "\(number(t / unit)) \(name)"
  }

  /// A ratio: `0.52×`.
  package static func ratio(_ x: Double) -> String { "\(number(x))×" }

  /// Floating-point operations with the unit that leaves 1 to 999 of it:
  /// `12.3 MF`.
  package static func flops(_ count: Double) -> String {
    let units = [("TF", 1e12), ("GF", 1e9), ("MF", 1e6), ("kF", 1e3), ("F", 1)]
    let (name, unit) = units.first { abs(count) >= $0.1 } ?? units[4]
    return "\(number(count / unit)) \(name)"
  }

  /// A text of digits, signs and points, raised: `⁻²·⁷⁸`.
  package static func raised(_ text: String) -> String {
    let raised: [Character: Character] = [
      "-": "⁻", ".": "·", "0": "⁰", "1": "¹", "2": "²", "3": "³", "4": "⁴",
      "5": "⁵", "6": "⁶", "7": "⁷", "8": "⁸", "9": "⁹",
    ]
    return String(text.map { raised[$0] ?? $0 })
  }

  /// 10ᵏ with the exponent raised: `10⁻³`.
  package static func powerOfTen(_ exponent: Int) -> String {
    "10" + raised("\(exponent)")
  }

  /// A number that is a power of ten, as ``powerOfTen(_:)-(Int)`` prints it.
  package static func powerOfTen(_ x: Double) -> String {
    powerOfTen(Int(log10(x).rounded()))
  }
}
