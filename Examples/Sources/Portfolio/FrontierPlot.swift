/// A drawing of frontiers: return a week over its deviation, in per cent.
struct FrontierPlot {
  let shares: Shares
  let free: [(return: Double, variance: Double)]
  let ruled: [(return: Double, variance: Double)]

  private let width = 560.0
  private let height = 360.0
  private let left = 56.0
  private let right = 16.0
  private let top = 16.0
  private let bottom = 48.0
  /// The ends of the axes, in per cent.
  private let deviations = 2.0...7.0
  private let returns = 0.0...1.2

  private func place(
    deviation: Double, return mean: Double
  ) -> (x: Double, y: Double) {
    func part(_ value: Double, _ range: ClosedRange<Double>) -> Double {
      (100 * value - range.lowerBound) / (range.upperBound - range.lowerBound)
    }
    return (
      left + (width - left - right) * part(deviation, deviations),
      height - bottom - (height - top - bottom) * part(mean, returns)
    )
  }

  private func number(_ value: Double) -> String {
    "\((10 * value).rounded() / 10)"
  }

  private func line(
    _ points: [(return: Double, variance: Double)], _ color: String
  ) -> String {
    let places = points.map {
      let p = place(
        deviation: $0.variance.squareRoot(), return: $0.return)
      return "\(number(p.x)),\(number(p.y))"
    }
    return """
      <polyline points="\(places.joined(separator: " "))" fill="none" \
      stroke="\(color)" stroke-width="2"/>
      """
  }

  private func text(
    _ words: String, _ x: Double, _ y: Double, anchor: String = "middle",
    color: String = "#444", rotated: Bool = false
  ) -> String {
    let turn =
      rotated ? " transform=\"rotate(-90 \(number(x)) \(number(y)))\"" : ""
    return """
      <text x="\(number(x))" y="\(number(y))" text-anchor="\(anchor)" \
      fill="\(color)"\(turn)>\(words)</text>
      """
  }

  var svg: String {
    var parts = [
      """
      <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 560 360" \
      font-family="sans-serif" font-size="13">
      <rect width="560" height="360" fill="#fff"/>
      """
    ]
    let (floor, end) = (height - bottom, width - right)
    for step in 2...7 {
      let x = place(deviation: Double(step) / 100, return: 0).x
      parts.append(
        "<path d=\"M\(number(x)) \(top)V\(floor)\" stroke=\"#ddd\"/>")
      parts.append(text("\(step) %", x, floor + 18))
    }
    for step in stride(from: 0, through: 12, by: 3) {
      let y = place(deviation: 0, return: Double(step) / 1000).y
      parts.append("<path d=\"M\(left) \(number(y))H\(end)\" stroke=\"#ddd\"/>")
      parts.append(
        text("\(Double(step) / 10) %", left - 6, y + 4, anchor: "end"))
    }
    parts.append(
      text("standard deviation of the return a week", 300, height - 8))
    parts.append(text("mean return a week", 14, 160, rotated: true))
    for i in 0..<shares.count {
      let p = place(
        deviation: shares.covariance[i, i].squareRoot(),
        return: shares.means[i])
      parts.append(
        """
        <circle cx="\(number(p.x))" cy="\(number(p.y))" r="3" fill="#777"/>
        """)
    }
    parts.append(line(free, "#0072b2"))
    parts.append(line(ruled, "#d55e00"))
    parts.append(
      text("any portfolio", 340, 76, anchor: "end", color: "#0072b2"))
    parts.append(
      text(
        "at most 15 % of a share, 40 % of a sector", 236, 175,
        anchor: "start", color: "#d55e00"))
    parts.append(text("single shares", 520, 330 - bottom, anchor: "end"))
    parts.append("</svg>\n")
    return parts.joined(separator: "\n")
  }
}
