/// One self-contained HTML page: text, tables and SVG plots, nothing loaded from
/// elsewhere.
package struct Page {
  /// The heading and the title of the window.
  package let title: String
  private var body = ""

  package init(title: String) { self.title = title }

  /// Begins a section.
  package mutating func heading(_ text: String) {
    body += "<h2>\(escaped(text))</h2>\n"
  }

  /// Adds a paragraph.
  package mutating func paragraph(_ text: String) {
    body += "<p>\(escaped(text))</p>\n"
  }

  /// Adds a table.
  package mutating func table(_ table: Table) {
    body += "<div class=\"table\">\n\(table.html)\n</div>\n"
  }

  /// Adds plots side by side, as many in a row as the window is wide enough for.
  package mutating func plots(_ plots: [Plot]) {
    let figures = plots.map { "<figure>\n\($0.svg)\n</figure>\n" }
    body += "<div class=\"plots\">\n\(figures.joined())</div>\n"
  }

  /// The page.
  package var html: String {
    """
    <!DOCTYPE html>
    <html lang="en">
    <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <title>\(escaped(title))</title>
    <style>
    \(Self.style)
    </style>
    </head>
    <body>
    <main>
    <h1>\(escaped(title))</h1>
    \(body)</main>
    </body>
    </html>

    """
  }

  private static let style = """
    :root { color-scheme: light; }
    body { margin: 0; background: #fff; color: #1b1b1b;
      font: 16px/1.5 system-ui, sans-serif; }
    main { max-width: 1180px; margin: 0 auto; padding: 24px 32px 64px; }
    h1 { font-size: 28px; line-height: 1.2; margin: 16px 0; }
    h2 { font-size: 21px; margin: 40px 0 8px; padding-top: 12px;
      border-top: 1px solid #ddd; }
    p { max-width: 48em; margin: 8px 0 12px; }
    .table { overflow-x: auto; margin: 12px 0; }
    table { border-collapse: collapse; font-size: 14px;
      font-variant-numeric: tabular-nums; }
    th, td { padding: 3px 8px; text-align: right; white-space: nowrap; }
    .text { text-align: left; }
    th:first-child, td:first-child { padding-left: 0; }
    thead th { border-bottom: 2px solid #444; }
    tbody tr:nth-child(even) { background: #f5f6f7; }
    .plots { display: flex; flex-wrap: wrap; gap: 20px; margin: 12px 0; }
    figure { margin: 0; flex: 1 1 520px; max-width: 580px; }
    svg { width: 100%; height: auto; display: block; }
    """
}

/// Text with the characters that HTML and XML reserve replaced.
package func escaped(_ text: String) -> String {
  text.reduce(into: "") { result, character in
    switch character {
    case "&": result += "&amp;"
    case "<": result += "&lt;"
    case ">": result += "&gt;"
    case "\"": result += "&quot;"
    default: result.append(character)
    }
  }
}
