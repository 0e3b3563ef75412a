import Foundation
import Testing

@testable import Presentation

#if canImport(FoundationXML)
import FoundationXML
#endif

/// What an XML parser finds in a text.
private final class Elements: NSObject, XMLParserDelegate {
  private(set) var names: [String] = []
  private(set) var texts: [String] = []
  private(set) var polylines: [[(x: Double, y: Double)]] = []
  private(set) var isWellFormed = false

  init(_ text: String) {
    super.init()
    let parser = XMLParser(data: Data(text.utf8))
    parser.delegate = self
    isWellFormed = parser.parse()
  }

  func parser(
    _ parser: XMLParser, didStartElement name: String, namespaceURI: String?,
    qualifiedName: String?, attributes: [String: String]
  ) {
    names.append(name)
    texts.append("")
    guard let points = attributes["points"] else { return }
    polylines.append(
      points.split(separator: " ").compactMap { pair in
        let numbers = pair.split(separator: ",").compactMap { Double($0) }
        return numbers.count == 2 ? (numbers[0], numbers[1]) : nil
      })
  }

  func parser(_ parser: XMLParser, foundCharacters text: String) {
    texts[texts.count - 1] += text.trimmingCharacters(in: .newlines)
  }
}

@Suite struct PlotTests {
  private func plot(
    _ points: [(x: Double, y: Double)], markers: [Plot.Marker] = []
  ) -> Plot {
    Plot(
      title: "a < b & \"c\"", x: .logarithmic("n"), y: .logarithmic("time [s]"),
      series: [
        Plot.Series(
          name: "one", points: points, color: .blue, style: .lineWithPoints)
      ], markers: markers)
  }

  @Test func `Is well-formed and has all its texts`() {
    let elements = Elements(
      plot(
        [(10, 1e-3), (1000, 2)], markers: [Plot.Marker(x: 50, label: "here")]
      ).svg)
    #expect(elements.isWellFormed)
    #expect(elements.names.first == "svg")
    for text in [
      "a < b & \"c\"", "n", "time [s]", "one", "here", "10²", "10⁻²",
    ] {
      #expect(elements.texts.contains(text))
    }
  }

  @Test func `Points lie within the frame, in order`() throws {
    let elements = Elements(plot([(10, 1e-3), (100, 1), (1000, 10)]).svg)
    let line = try #require(elements.polylines.first)
    #expect(line.count == 3)
    // To the right as x grows, upwards as y grows.
    #expect(line[0].x < line[1].x && line[1].x < line[2].x)
    #expect(line[0].y > line[1].y && line[1].y > line[2].y)
    // A decade takes the same length everywhere.
    #expect(abs((line[1].x - line[0].x) - (line[2].x - line[1].x)) < 0.21)
    for point in line {
      #expect((68...544).contains(point.x))
    }
  }

  @Test func `Points without a place on the axes are left out`() {
    let elements = Elements(
      plot([(0, 1), (1, -1), (10, .nan), (10, 1), (20, 2), (30, .infinity)]).svg
    )
    #expect(elements.isWellFormed)
    #expect(elements.polylines.map(\.count) == [2])
  }

  @Test func `Nothing to show is still a plot`() {
    #expect(Elements(plot([]).svg).isWellFormed)
    #expect(Elements(plot([(5, 5)]).svg).isWellFormed)
  }

  @Test func `A page is well-formed and loads nothing`() {
    var page = Page(title: "Title & more")
    page.heading("Heading")
    page.paragraph("x < y")
    var table = Table(columns: ["a"])
    table.append(["1"])
    page.table(table)
    page.plots([plot([(1, 1), (2, 2)])])
    // But for the meta elements, which HTML does not close, it is XML.
    let html = page.html.replacing(/<meta[^>]*>/, with: "")
      .replacing("<!DOCTYPE html>", with: "")
    let elements = Elements(html)
    #expect(elements.isWellFormed)
    #expect(elements.names.contains("polyline"))
    #expect(!html.contains("src="))
    #expect(!html.contains("href="))
  }
}

@Suite struct AxisTests {
  private func labels(_ axis: Axis, _ range: ClosedRange<Double>) -> [String] {
    axis.ticks(in: range).map(\.label)
  }

  @Test func `Decades are marked as powers of ten`() {
    #expect(
      labels(.logarithmic("t"), -3.2...0.4) == ["10⁻³", "10⁻²", "10⁻¹", "10⁰"])
  }

  @Test func `Many decades are marked in steps`() {
    #expect(
      labels(.logarithmic("t"), -12...2)
        == ["10⁻¹²", "10⁻¹⁰", "10⁻⁸", "10⁻⁶", "10⁻⁴", "10⁻²", "10⁰", "10²"])
  }

  @Test func `Less than two decades have marks between`() {
    #expect(
      labels(.logarithmic("t"), 0.2...1.4)
        == ["2·10⁰", "5·10⁰", "10¹", "2·10¹"])
  }

  @Test func `Linear ticks are round`() {
    #expect(labels(.linear("k"), 0...43) == ["0", "10", "20", "30", "40"])
    #expect(
      labels(.linear("k"), 0...1)
        == ["0.0", "0.2", "0.4", "0.6", "0.8", "1.0"])
  }
}
