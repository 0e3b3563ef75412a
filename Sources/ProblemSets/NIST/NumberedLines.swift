import Foundation

/// The lines of a text file, each of which can say where it stands.
struct NumberedLines {
  let file: String
  private let lines: [Line]

  struct Line {
    let file: String
    let position: Int
    let text: Substring

    func malformed(_ problem: String) -> MalformedData {
      MalformedData(file: file, line: position, problem: problem)
    }

    /// The line from behind an index on.
    func after(_ index: Substring.Index) -> Line {
      Line(
        file: file, position: position,
        text: text[text.index(after: index)...])
    }

    /// The first word, or an empty string.
    var word: String { text.split(separator: " ").first.map(String.init) ?? "" }

    /// All words as finite numbers.
    func numbers() throws(MalformedData) -> [Double] {
      var numbers: [Double] = []
      for word in text.split(whereSeparator: \.isWhitespace) {
        guard let number = Double(word), number.isFinite else {
          throw malformed("\"\(word)\" is not a finite number")
        }
        numbers.append(number)
      }
      return numbers
    }

    /// The only number.
    func number() throws(MalformedData) -> Double {
      let numbers = try numbers()
      guard numbers.count == 1 else {
        throw malformed("\(numbers.count) values instead of one")
      }
      return numbers[0]
    }
  }

  init(_ text: String, file: String) {
    self.file = file
    lines = zip(
      1...,
      text.split(omittingEmptySubsequences: false) {
        $0.isNewline
      }
    ).map { Line(file: file, position: $0, text: $1) }
  }

  /// What follows a label in the first line that has it.
  func first(_ label: String) throws(MalformedData) -> Line {
    let line = try containing(label)
    guard let range = line.text.range(of: label) else { return line }
    return Line(
      file: file, position: line.position, text: line.text[range.upperBound...])
  }

  /// The first line that contains a text.
  func containing(_ text: String) throws(MalformedData) -> Line {
    for line in lines where line.text.contains(text) { return line }
    throw MalformedData(
      file: file, line: lines.count, problem: "the end, without \"\(text)\"")
  }

  /// The lines that the first line with two texts announces, "a to b".
  func range(
    _ label: String, _ mark: String
  ) throws(MalformedData) -> ArraySlice<Line> {
    let found = lines.first {
      $0.text.contains(label) && $0.text.contains(mark)
    }
    guard let line = found, let start = line.text.range(of: mark) else {
      throw MalformedData(
        file: file, line: lines.count,
        problem: "the end, without \"\(label)\" and \"\(mark)\"")
    }
    let words = line.text[start.upperBound...].split { !$0.isNumber }
    guard words.count == 2, let first = Int(words[0]), let last = Int(words[1]),
      first >= 1, first <= last, last <= lines.count
    else {
      throw line.malformed("no range of the file's \(lines.count) lines")
    }
    return lines[(first - 1)..<last]
  }
}
