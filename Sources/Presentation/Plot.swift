/// A plot of series over two axes, drawn as SVG.
package struct Plot {
  /// Points in order, with how they are drawn.
  package struct Series {
    /// How points are drawn.
    package enum Style {
      case line, dashed, points, lineWithPoints, area
      /// A pale line behind others, for what they are seen against.
      case faint
    }

    /// The name in the legend; nil leaves it out.
    package let name: String?
    /// The points; those with no place on the axes are left out.
    package let points: [(x: Double, y: Double)]
    /// The colour.
    package let color: Color
    package let style: Style

    package init(
      name: String?, points: [(x: Double, y: Double)], color: Color,
      style: Style
    ) {
      self.name = name
      self.points = points
      self.color = color
      self.style = style
    }
  }

  /// Colours that stay apart for every kind of colour vision.
  ///
  /// Source: Okabe and Ito, "Color universal design", 2008.
  package enum Color: String, CaseIterable {
    case blue = "#0072b2"
    case vermilion = "#d55e00"
    case green = "#009e73"
    case purple = "#a3518a"
    case orange = "#b87700"
    case gray = "#777777"
  }

  /// A vertical line at one x.
  package struct Marker {
    package let x: Double
    package let label: String

    package init(x: Double, label: String) {
      self.x = x
      self.label = label
    }
  }

  package let title: String
  package let x: Axis
  package let y: Axis
  package var series: [Series]
  package var markers: [Marker]

  package init(
    title: String, x: Axis, y: Axis, series: [Series], markers: [Marker] = []
  ) {
    self.title = title
    self.x = x
    self.y = y
    self.series = series
    self.markers = markers
  }

  private static let width = 560.0
  private static let fontSize = 13.0
  /// The room that a text needs, by the mean widths of its letters.
  private static func width(of text: String) -> Double {
    text.reduce(0) {
      $0 + ($1 == "m" || $1 == "w" ? 11 : $1.isUppercase ? 9.5 : 7)
    }
  }

  private static let left = 68.0
  private static let right = Plot.width - 16
  private static let legendLine = 19.0
  /// A white rim that sets a text off against lines behind it.
  private static let halo =
    "stroke=\"#ffffff\" stroke-width=\"4\" paint-order=\"stroke\""

  /// The plot as an `svg` element.
  package var svg: String {
    let legend = legendRows
    let top = 40 + Self.legendLine * Double(legend.count)
    let bottom = top + 290
    let height = bottom + 52
    let frame = Frame(
      x: range(x, { $0.x }, with: markers.map(\.x)), y: range(y, { $0.y }),
      left: Self.left, right: Self.right, top: top, bottom: bottom)

    var parts = [
      """
      <svg xmlns="http://www.w3.org/2000/svg" \
      viewBox="0 0 \(pixels(Self.width)) \(pixels(height))" role="img" \
      font-family="system-ui, sans-serif" font-size="\(pixels(Self.fontSize))" \
      fill="#1b1b1b">
      """,
      "<title>\(escaped(title))</title>",
      """
      <rect width="\(pixels(Self.width))" height="\(pixels(height))" \
      fill="#ffffff"/>
      """,
      text(
        title, Self.left, 20, attributes: "font-weight=\"600\" font-size=\"15\""
      ),
    ]
    parts += drawLegend(legend)
    parts += drawAxes(frame)
    parts += series.flatMap { draw($0, frame) }
    parts += markers.filter { x.shows($0.x) }.map { draw($0, frame) }
    parts.append("</svg>")
    return parts.joined(separator: "\n")
  }

  /// Where coordinates are on the page.
  private struct Frame {
    let x: ClosedRange<Double>
    let y: ClosedRange<Double>
    let left: Double
    let right: Double
    let top: Double
    let bottom: Double

    func across(_ coordinate: Double) -> Double {
      left + (coordinate - x.lowerBound) / (x.upperBound - x.lowerBound)
        * (right - left)
    }

    func down(_ coordinate: Double) -> Double {
      bottom - (coordinate - y.lowerBound) / (y.upperBound - y.lowerBound)
        * (bottom - top)
    }
  }

  /// The coordinates that all shown points take, with a margin.
  private func range(
    _ axis: Axis, _ number: ((x: Double, y: Double)) -> Double,
    with more: [Double] = []
  ) -> ClosedRange<Double> {
    let shown = series.flatMap(\.points).filter(isShown).map(number) + more
    let coordinates = shown.filter(axis.shows).map(axis.coordinate)
    guard let low = coordinates.min(), let high = coordinates.max() else {
      return 0...1
    }
    // A single coordinate stands in the middle of one decade, or unit.
    guard low < high else { return (low - 0.5)...(high + 0.5) }
    let margin = 0.04 * (high - low)
    let startsAtZero = axis.scale == .linear && low >= 0 && low < 0.3 * high
    return (startsAtZero ? 0 : low - margin)...(high + margin)
  }

  private func isShown(_ point: (x: Double, y: Double)) -> Bool {
    x.shows(point.x) && y.shows(point.y)
  }

  private func drawAxes(_ frame: Frame) -> [String] {
    var parts: [String] = []
    for tick in x.ticks(in: frame.x) {
      let at = frame.across(tick.position)
      parts.append(line(at, frame.top, at, frame.bottom, "#e4e4e4"))
      parts.append(text(tick.label, at, frame.bottom + 18, anchor: "middle"))
    }
    for tick in y.ticks(in: frame.y) {
      let at = frame.down(tick.position)
      parts.append(line(frame.left, at, frame.right, at, "#e4e4e4"))
      parts.append(text(tick.label, frame.left - 8, at + 4.5, anchor: "end"))
    }
    parts.append(
      """
      <rect x="\(pixels(frame.left))" y="\(pixels(frame.top))" \
      width="\(pixels(frame.right - frame.left))" \
      height="\(pixels(frame.bottom - frame.top))" fill="none" \
      stroke="#888888"/>
      """)
    let (middleX, middleY) = (
      (frame.left + frame.right) / 2, (frame.top + frame.bottom) / 2
    )
    parts.append(
      text(x.title, middleX, frame.bottom + 42, anchor: "middle"))
    parts.append(
      text(
        y.title, 16, middleY, anchor: "middle",
        attributes: "transform=\"rotate(-90 16 \(pixels(middleY)))\""))
    return parts
  }

  private func draw(_ series: Series, _ frame: Frame) -> [String] {
    let places = series.points.filter(isShown).map { point in
      (
        pixels(frame.across(x.coordinate(point.x))),
        pixels(frame.down(y.coordinate(point.y)))
      )
    }
    var parts: [String] = []
    let list = places.map { "\($0.0),\($0.1)" }.joined(separator: " ")
    if series.style == .area {
      return [
        """
        <polygon points="\(list)" fill="\(series.color.rawValue)" \
        fill-opacity="0.18"/>
        """
      ]
    }
    if series.style != .points && places.count > 1 {
      let dashes =
        series.style == .dashed ? " stroke-dasharray=\"6 4\"" : ""
      let stroke =
        series.style == .faint
        ? "stroke-width=\"1\" stroke-opacity=\"0.4\""
        : "stroke-width=\"1.8\""
      parts.append(
        """
        <polyline points="\(list)" fill="none" \
        stroke="\(series.color.rawValue)" \(stroke) \
        stroke-linejoin="round"\(dashes)/>
        """)
    }
    let isDotted =
      series.style == .points || series.style == .lineWithPoints
      || places.count == 1
    if isDotted {
      parts += places.map {
        """
        <circle cx="\($0.0)" cy="\($0.1)" r="3.2" \
        fill="\(series.color.rawValue)"/>
        """
      }
    }
    return parts
  }

  private func draw(_ marker: Marker, _ frame: Frame) -> String {
    let at = frame.across(x.coordinate(marker.x))
    let isLeft = at > (frame.left + frame.right) / 2
    return """
      <line x1="\(pixels(at))" y1="\(pixels(frame.top))" x2="\(pixels(at))" \
      y2="\(pixels(frame.bottom))" stroke="#1b1b1b" stroke-dasharray="2 3"/>
      \(text(
        marker.label, at + (isLeft ? -6 : 6), frame.top + 16,
        anchor: isLeft ? "end" : "start", attributes: Self.halo))
      """
  }

  /// The named series in lines that fit the width.
  private var legendRows: [[(series: Series, at: Double)]] {
    var rows: [[(series: Series, at: Double)]] = []
    var at = Self.right
    for one in series {
      guard let name = one.name else { continue }
      let room = 46 + Self.width(of: name)
      if at + room > Self.right {
        rows.append([])
        at = Self.left
      }
      rows[rows.count - 1].append((one, at))
      at += room
    }
    return rows
  }

  private func drawLegend(
    _ rows: [[(series: Series, at: Double)]]
  ) -> [String] {
    rows.enumerated().flatMap { k, row in
      row.map { series, at in
        let y = 42 + Self.legendLine * Double(k)
        let color = series.color.rawValue
        let dashes =
          series.style == .dashed ? " stroke-dasharray=\"6 4\"" : ""
        if series.style == .area {
          return """
            <rect x="\(pixels(at))" y="\(pixels(y - 10))" width="24" \
            height="11" fill="\(color)" fill-opacity="0.18"/>
            \(text(series.name ?? "", at + 30, y))
            """
        }
        let stroke =
          series.style == .points
          ? ""
          : """
          <line x1="\(pixels(at))" y1="\(pixels(y - 4.5))" \
          x2="\(pixels(at + 24))" y2="\(pixels(y - 4.5))" \
          stroke="\(color)" stroke-width="2"\(dashes)/>
          """
        let dot =
          series.style == .points || series.style == .lineWithPoints
          ? """
          <circle cx="\(pixels(at + 12))" cy="\(pixels(y - 4.5))" r="3.2" \
          fill="\(color)"/>
          """ : ""
        return stroke + dot + text(series.name ?? "", at + 30, y)
      }
    }
  }

  private func line(
    _ x1: Double, _ y1: Double, _ x2: Double, _ y2: Double, _ color: String
  ) -> String {
    """
    <line x1="\(pixels(x1))" y1="\(pixels(y1))" x2="\(pixels(x2))" \
    y2="\(pixels(y2))" stroke="\(color)"/>
    """
  }

  private func text(
    _ text: String, _ x: Double, _ y: Double, anchor: String = "start",
    attributes: String = ""
  ) -> String {
    """
    <text x="\(pixels(x))" y="\(pixels(y))" text-anchor="\(anchor)" \
    \(attributes)>\(escaped(text))</text>
    """
  }

  /// A length to a tenth of a pixel.
  private func pixels(_ x: Double) -> String {
    let tenths = (10 * x).rounded() / 10
    return tenths == tenths.rounded() ? "\(Int(tenths))" : "\(tenths)"
  }
}
