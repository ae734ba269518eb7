import Diagnostics
import Markup

/// How a paragraph of pipes and dashes reads as a table (GitHub's syntax).
///
/// Its second line is a row of dashes with as many cells as the first. Pipes within code spans, formulas and numbers
/// separate nothing; `\|` is a pipe.
enum PipeTable {
  enum Alignment: String { case left, right, center }

  static func isTable(_ region: Region, in bytes: [UInt8]) -> Bool {
    let lines = region.sourceLines
    return lines.count >= 2 && alignments(lines[1], in: bytes) != nil && bytes[lines[0]].contains(Byte.pipe)
  }

  /// The columns that a row of dashes announces, or `nil` if the line is something else.
  static func alignments(_ line: Range<Int>, in bytes: [UInt8]) -> [Alignment?]? {
    guard bytes[line].contains(Byte.pipe), bytes[line].contains(Byte.hyphen) else { return nil }
    guard bytes[line].allSatisfy({ $0.isBlank || [Byte.pipe, Byte.hyphen, Byte.colon].contains($0) }) else {
      return nil
    }
    var alignments: [Alignment?] = []
    for cell in cells(line, in: bytes) {
      let isLeft = bytes[cell].first == Byte.colon
      let isRight = cell.count > 1 && bytes[cell].last == Byte.colon
      let dashes = cell.lowerBound + (isLeft ? 1 : 0)..<cell.upperBound - (isRight ? 1 : 0)
      guard !dashes.isEmpty, bytes[dashes].allSatisfy({ $0 == Byte.hyphen }) else { return nil }
      switch (isLeft, isRight) {
      case (true, true): alignments.append(.center)
      case (true, false): alignments.append(.left)
      case (false, true): alignments.append(.right)
      case (false, false): alignments.append(nil)
      }
    }
    return alignments.isEmpty ? nil : alignments
  }

  /// The cells of a row without the blanks around them.
  static func cells(_ line: Range<Int>, in bytes: [UInt8]) -> [Range<Int>] {
    let line = bytes.trimmed(line)
    let bytes = bytes[line]
    var cells: [Range<Int>] = []
    var start = bytes.byte(line.lowerBound) == Byte.pipe ? line.lowerBound + 1 : line.lowerBound
    var index = start
    while index < line.upperBound {
      switch bytes[index] {
      case Byte.backslash where bytes.byte(index + 1)?.isPunctuation == true: index += 2
      case Byte.backtick: index = codeSpanEnd(index, in: bytes)
      case Byte.pipe:
        cells.append(bytes.trimmed(start..<index))
        index += 1
        start = index
      default: index += 1
      }
    }
    if start < line.upperBound { cells.append(bytes.trimmed(start..<line.upperBound)) }
    return cells
  }

  private static func codeSpanEnd(_ start: Int, in bytes: ArraySlice<UInt8>) -> Int {
    let open = bytes.end(ofRun: Byte.backtick, from: start)
    var index = open
    while let run = bytes[index...].firstIndex(of: Byte.backtick) {
      index = bytes.end(ofRun: Byte.backtick, from: run)
      if index - run == open - start { return index }
    }
    return open
  }
}

extension ProseBuilder {
  /// The table that a paragraph is, if it is one.
  mutating func table(_ leaf: Leaf) -> Prose? {
    let lines = leaf.region.sourceLines
    guard PipeTable.isTable(leaf.region, in: mask.bytes) else {
      reportLostTable(lines)
      return nil
    }
    guard let alignments = PipeTable.alignments(lines[1], in: mask.bytes) else { return nil }
    let header = PipeTable.cells(lines[0], in: mask.bytes)
    guard header.count == alignments.count else {
      report(lines[1].lowerBound, dashes(alignments.count, header.count))
      return nil
    }
    let body = lines.dropFirst(2).map { line in
      let cells = PipeTable.cells(line, in: mask.bytes)
      if cells.count > header.count {
        report(cells[header.count].lowerBound, tooManyCells(cells.count, header.count), hints: [pipeHint])
      }
      return row(cells, alignments, tag: "td")
    }
    var table = [Prose.element("thead", [], [row(header, alignments, tag: "th")])]
    if !body.isEmpty { table.append(.element("tbody", [], Array(body))) }
    return .element(
      "div", [Attribute("class", "table-scroll"), Attribute("tabindex", "0")], [.element("table", [], table)])
  }

  private mutating func row(_ cells: [Range<Int>], _ alignments: [PipeTable.Alignment?], tag: String) -> Prose {
    var row: [Prose] = []
    for (index, alignment) in alignments.enumerated() {
      var attributes = tag == "th" ? [Attribute("scope", "col")] : []
      if let alignment { attributes.append(Attribute("class", "align-\(alignment.rawValue)")) }
      row.append(.element(tag, attributes, index < cells.count ? alone(cells[index], isCell: true) : []))
    }
    return .element("tr", [], row)
  }

  /// A table right below a line of text is text; hardly ever is that meant.
  private mutating func reportLostTable(_ lines: [Range<Int>]) {
    for index in lines.indices.dropFirst(2) {
      guard let alignments = PipeTable.alignments(lines[index], in: mask.bytes), alignments.count > 1,
        PipeTable.cells(lines[index - 1], in: mask.bytes).count == alignments.count
      else { continue }
      report(lines[index - 1].lowerBound, noBlankLine)
      return
    }
  }
}

private func dashes(_ dashes: Int, _ header: Int) -> String {
  "this row of dashes has \(counted(dashes, "cell")), the row above \(header)"
}
private func tooManyCells(_ cells: Int, _ columns: Int) -> String {
  "this row has \(counted(cells, "cell")), its table \(counted(columns, "column"))"
}
private func counted(_ number: Int, _ noun: String) -> String { number == 1 ? "1 \(noun)" : "\(number) \(noun)s" }
private let pipeHint = "a pipe within a cell is written ‘\\|’"
private let noBlankLine = "a table needs a blank line before it"
