import Diagnostics

/// A source text whose formulas, numbers, references and footnote marks are lifted, and cmark's tree of the rest.
struct Lifted {
  let source: SourceText
  private(set) var mask: Mask
  private(set) var tree = MarkNode(kind: .document)
  private(set) var diagnostics: [Diagnostic] = []
  /// What the last reading of the text could not make sense of; a reading after a lift may.
  private var unclosed: [Diagnostic] = []

  /// Lifts from a text without blocks: a caption, a cell.
  init(inline source: SourceText) {
    self.source = source
    mask = Mask(source)
    var region = Region()
    for index in 0..<source.lineCount { region.append(source.line(index), of: mask.bytes) }
    lift(InlineScanner.finds(in: region.bytes), in: region)
    diagnostics += unclosed
  }

  /// Lifts from a chapter, `from` the line after its front matter.
  ///
  /// cmark itself says where running text is, so code and HTML are known exactly. But a display formula may contain
  /// lines that look like blocks (`- x`, `= y`): where `$$` is not closed within its paragraph, the formula goes on to
  /// the next `$$` before a blank line, and after lifting it the text is parsed again.
  init(_ source: SourceText, from firstLine: Int) {
    self.source = source
    mask = Mask(source)
    var readings = 0
    var lifted: Int
    repeat {
      tree = parsedMarkdown(withoutFrontMatter(firstLine))
      unclosed = []
      readings += 1
      lifted = mask.holes.count
    } while liftOnce(from: firstLine) && readings < mostReadings
    if mask.holes.count > lifted { tree = parsedMarkdown(withoutFrontMatter(firstLine)) }
    diagnostics += unclosed
  }

  /// The masked bytes with spaces for the front matter, so that lines keep their numbers.
  private func withoutFrontMatter(_ firstLine: Int) -> [UInt8] {
    guard firstLine > 0 else { return mask.bytes }
    var bytes = mask.bytes
    let end = firstLine < source.lineCount ? source.lineStarts[firstLine] : bytes.count
    for index in 0..<end where bytes[index] != Byte.newline { bytes[index] = Byte.space }
    return bytes
  }

  /// Lifts from all running text.
  ///
  /// - Returns: whether a lift may have changed the block structure.
  private mutating func liftOnce(from firstLine: Int) -> Bool {
    var blocks = RunningText()
    blocks.collect(tree, quotes: 0)
    var changed = liftFootnoteTexts(from: firstLine, except: blocks.verbatim)
    if changed { return true }
    var resume = firstLine
    for (node, quotes) in blocks.leaves {
      let leaf = Leaf(node, quotes: quotes, in: source, bytes: mask.bytes)
      // What follows a formula that hid its structure is read the next time.
      if leaf.firstLine < resume { continue }
      let isTable = PipeTable.isTable(leaf.region, in: mask.bytes)
      for region in isTable ? rows(of: leaf) : [leaf.region] {
        let finds = InlineScanner.finds(in: region.bytes)
        if !isTable, let end = liftLongFormula(finds, in: region, of: leaf) {
          changed = true
          resume = end
          break
        }
        lift(finds, in: region, isRow: isTable)
      }
    }
    return changed
  }

  /// The rows of a table, which are read each alone.
  private func rows(of leaf: Leaf) -> [Region] {
    leaf.region.sourceLines.map { line in
      var region = Region()
      region.append(line, of: mask.bytes)
      return region
    }
  }

  /// Lifts what was found before a `$$` that is not closed in its block, and the formula that it opens.
  ///
  /// - Returns: the line after the formula's paragraph, or `nil` if there is no such formula.
  private mutating func liftLongFormula(_ finds: [Find], in region: Region, of leaf: Leaf) -> Int? {
    for (index, find) in finds.enumerated() {
      guard case .unclosed(let start) = find else { continue }
      let offset = region.source(start)
      var long = Region()
      long.append(offset..<source.line(source.lineIndex(of: offset)).upperBound, of: mask.bytes)
      var next = source.lineIndex(of: offset) + 1
      while next < source.lineCount {
        let line = source.line(next)
        let content = contentStart(of: line, quotes: leaf.quotes, in: mask.bytes)
        if content >= line.upperBound || mask.bytes.hasBytes("```", at: content)
          || mask.bytes.hasBytes("~~~", at: content)
        {
          break
        }
        long.append(content..<line.upperBound, of: mask.bytes)
        next += 1
      }
      guard let formula = displayFormula(0, in: long.bytes) else { return nil }
      lift(Array(finds[..<index]), in: region)
      lift([formula], in: long)
      while next < source.lineCount, !source.line(next).isEmpty { next += 1 }
      return next
    }
    return nil
  }

  private mutating func lift(_ finds: [Find], in region: Region, isRow: Bool = false) {
    for find in finds {
      switch find {
      case .unclosed(let start):
        unclosed.append(Diagnostic(at: source.place(region.source(start)), neverClosed, hints: [dollarHint]))
      case .formula(let range, let tex, let isDisplay, let label):
        let formula = Formula(
          tex: text(tex, region), isDisplay: isDisplay, label: label.flatMap { equationLabel($0, region) },
          place: place(tex, region))
        lift(.formula(formula), range, in: region)
      case .number(let range, let expression):
        var text = text(expression, region).replacing("\n", with: " ")
        // Within a row a pipe may be escaped.
        if isRow { text.replace("\\|", with: "|") }
        lift(.number(text, place(expression, region)), range, in: region)
      case .reference(let range, let label):
        let reference = CrossReference(label: text(label, region), place: place(range, region))
        lift(.reference(reference), range, in: region)
      case .citation(let found): lift(.citation(citation(found, region)), found.range, in: region)
      case .secondKey(let index):
        unclosed.append(Diagnostic(at: source.place(region.source(index)), secondKey, hints: [secondKeyHint]))
      case .footnote(let range, let name):
        lift(.footnote(text(name, region), place(range, region)), range, in: region)
      }
    }
  }

  private mutating func lift(_ content: Hole.Content, _ range: Range<Int>, in region: Region) {
    if !mask.lift(content, parts: region.parts(range), of: source) {
      diagnostics.append(Diagnostic(at: source.place(region.source(range.lowerBound)), tooMany))
    }
  }

  /// Lifts `[^name]:` at the start of lines, which cmark could take for a link definition.
  private mutating func liftFootnoteTexts(from firstLine: Int, except verbatim: [ClosedRange<Int>]) -> Bool {
    var changed = false
    var verbatim = verbatim[...]
    for index in firstLine..<max(firstLine, source.lineCount) {
      while let first = verbatim.first, first.upperBound < index { verbatim.removeFirst() }
      let line = source.line(index)
      let start = contentStart(of: line, quotes: 0, in: mask.bytes)
      guard mask.bytes.byte(start) == Byte.openBracket, mask.bytes.byte(start + 1) == Byte.caret,
        start - line.lowerBound < 4, verbatim.first?.contains(index) != true,
        let end = footnoteNameEnd(start + 2, in: mask.bytes), mask.bytes.byte(end + 1) == Byte.colon
      else { continue }
      let content = Hole.Content.footnoteText(source.text(start + 2..<end), source.place(start))
      changed = mask.lift(content, parts: [start..<end + 2], of: source) || changed
    }
    return changed
  }

  private func citation(_ found: FoundCitation, _ region: Region) -> Citation {
    let items = found.items.map { item in
      Citation.Item(
        prefix: line(item.prefix, region), key: text(item.key, region), suffix: line(item.suffix, region),
        isYearOnly: item.isYearOnly, place: source.place(region.source(item.key.lowerBound - 1)))
    }
    return Citation(items: items, isInText: found.isInText, written: line(found.range, region))
  }

  private func line(_ range: Range<Int>, _ region: Region) -> String {
    text(range, region).replacing("\n", with: " ")
  }

  private func text(_ range: Range<Int>, _ region: Region) -> String {
    String(decoding: region.bytes[range], as: UTF8.self)
  }

  private func place(_ range: Range<Int>, _ region: Region) -> Place { source.place(region.source(range.lowerBound)) }

  private mutating func equationLabel(_ range: Range<Int>, _ region: Region) -> String? {
    let label = text(range, region)
    let isLabel = label.hasPrefix("eq-") && label.utf8.count > 3 && label.utf8.allSatisfy(\.isLabel)
    if !isLabel { diagnostics.append(Diagnostic(at: place(range, region), badLabel(label), hints: [labelHint])) }
    return isLabel ? label : nil
  }
}

/// The paragraphs and headings of a tree in order, and the lines (0-based) of code and HTML blocks.
private struct RunningText {
  var leaves: [(MarkNode, quotes: Int)] = []
  var verbatim: [ClosedRange<Int>] = []

  mutating func collect(_ node: MarkNode, quotes: Int) {
    switch node.kind {
    case .paragraph, .heading: leaves.append((node, quotes))
    case .codeBlock, .htmlBlock: verbatim.append(node.startLine - 1...max(node.startLine, node.endLine) - 1)
    default:
      for child in node.children { collect(child, quotes: quotes + (node.kind == .blockQuote ? 1 : 0)) }
    }
  }
}

/// More readings than any book needs; each costs one run of cmark.
private let mostReadings = 50

private let neverClosed = "‘$$’ opens a formula that is never closed"
private let dollarHint = "a formula ends with ‘$$’ before the next blank line; a dollar sign is written ‘\\$’"
private let secondKey = "two works stand in one part of a citation"
private let secondKeyHint = "works are separated by semicolons: ‘[@a; @b]’"
private let tooMany = "more formulas and references than one chapter can hold; split the chapter"
private let labelHint = "write ‘{#eq-name}’, with letters, digits and hyphens"
private func badLabel(_ label: String) -> String { "‘\(label)’ is no label of an equation" }
