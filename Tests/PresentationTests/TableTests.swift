import Testing

@testable import Presentation

@Suite struct TableTests {
  private var table: Table {
    var table = Table(columns: ["name", "method", "∇²f"], textColumns: 2)
    table.append(["a", "Newton", "12"])
    table.append(["longer", "L", "3"])
    return table
  }

  @Test func `Texts are aligned to the left, numbers to the right`() {
    #expect(
      table.description == """
        name    method  ∇²f
        ──────  ──────  ───
        a       Newton   12
        longer  L         3
        """)
  }

  @Test func `No line ends in spaces`() {
    #expect(Table.line(["a", ""], [3, 5]) == "a")
  }

  @Test func `HTML has a cell for each text, escaped`() {
    var table = Table(columns: ["a", "b"])
    table.append(["x < y & z", "2"])
    #expect(table.html.contains("<td class=\"text\">x &lt; y &amp; z</td>"))
    #expect(table.html.contains("<td>2</td>"))
    #expect(table.html.contains("<th class=\"text\">a</th><th>b</th>"))
  }
  @Test func `Markdown has bars, a rule and no bar of its own`() {
    var table = Table(columns: ["a", "b"])
    table.append(["|x|", "2"])
    #expect(
      table.markdown == #"""
        | a | b |
        | --- | ---: |
        | \|x\| | 2 |
        """#)
  }
}
