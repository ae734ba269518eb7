/// What the scanner found in running text; ranges are in the scanned bytes.
enum Find: Equatable {
  /// `$…$` or `$$…$$`: all of it, what is between the dollars, and the text between the braces of `{#label}`.
  case formula(Range<Int>, tex: Range<Int>, isDisplay: Bool, label: Range<Int>?)
  /// `` `= …` ``: all of it and what follows the `=`.
  case number(Range<Int>, expression: Range<Int>)
  /// `@fig-…`: all of it and the label.
  case reference(Range<Int>, label: Range<Int>)
  /// `[@key]` or `@key`.
  case citation(FoundCitation)
  /// A second `@key` where a semicolon should stand before it.
  case secondKey(Int)
  /// `[^name]`: all of it and the name.
  case footnote(Range<Int>, name: Range<Int>)
  /// `$$` that nothing closes.
  case unclosed(Int)
}

/// Finds formulas, numbers, cross-references, citations and footnote marks in the text of one paragraph, heading or cell.
///
/// What comes first counts: code spans, HTML tags, comments, autolinks and link destinations are stepped over, and a
/// backslash takes the meaning of the character after it. `$…$` follows pandoc's rule: no space just inside the
/// dollars, no digit after the closing one; the first dollar that is not escaped must close it.
struct InlineScanner {
  let bytes: [UInt8]
  private var finds: [Find] = []
  /// Lengths of backtick runs that have no partner in the rest of the text, and other things that are not closed.
  private var unclosedRuns: Set<Int> = []
  private var unclosedThings: Set<String> = []

  private init(_ bytes: [UInt8]) { self.bytes = bytes }

  static func finds(in bytes: [UInt8]) -> [Find] {
    var scanner = InlineScanner(bytes)
    var index = skippingDefinitions(bytes)
    while index < bytes.count { index = scanner.step(index) }
    return scanner.finds
  }

  /// Reads what starts at `index` and returns where the next thing starts.
  private mutating func step(_ index: Int) -> Int {
    switch bytes[index] {
    case Byte.backslash: return bytes.byte(index + 1)?.isPunctuation == true ? index + 2 : index + 1
    case Byte.backtick: return codeSpan(index)
    case Byte.less: return tag(index) ?? index + 1
    case Byte.closeBracket: return linkDestinationEnd(index + 1, in: bytes) ?? index + 1
    case Byte.openBracket: return footnote(index) ?? citation(index) ?? index + 1
    case Byte.dollar: return bytes.byte(index + 1) == Byte.dollar ? display(index) : inlineFormula(index) ?? index + 1
    case Byte.at: return isWithinWord(index) ? index + 1 : reference(index) ?? key(index) ?? index + 1
    default: return index + 1
    }
  }

  private mutating func codeSpan(_ start: Int) -> Int {
    let open = bytes.end(ofRun: Byte.backtick, from: start)
    guard !unclosedRuns.contains(open - start), let close = closingRun(of: open - start, from: open) else {
      unclosedRuns.insert(open - start)
      return open
    }
    let end = close + open - start
    if bytes[open] == Byte.equals {
      let expression = bytes.trimmed(open + 1..<close)
      let next = bytes[open + 1]
      if !expression.isEmpty, next.isBlank || next.isLetter {
        finds.append(.number(start..<end, expression: expression))
      }
    }
    return end
  }

  private func closingRun(of length: Int, from start: Int) -> Int? {
    var index = start
    while let run = bytes[index...].firstIndex(of: Byte.backtick) {
      index = bytes.end(ofRun: Byte.backtick, from: run)
      if index - run == length { return run }
    }
    return nil
  }

  private mutating func tag(_ start: Int) -> Int? {
    for (open, close) in [("<!--", "-->"), ("<?", "?>"), ("<![CDATA[", "]]>")] where bytes.hasBytes(open, at: start) {
      if unclosedThings.contains(close) { return nil }
      if let end = firstIndex(of: close, from: start + open.utf8.count) { return end + close.utf8.count }
      unclosedThings.insert(close)
      return nil
    }
    return autolinkEnd(start, in: bytes) ?? tagEnd(start, in: bytes)
  }

  private mutating func display(_ start: Int) -> Int {
    guard !unclosedThings.contains("$$"), let find = displayFormula(start, in: bytes) else {
      finds.append(.unclosed(start))
      if !bytes[start...].contains(where: isPlaceholder) { unclosedThings.insert("$$") }
      return bytes.end(ofRun: Byte.dollar, from: start)
    }
    guard case .formula(let range, let tex, _, _) = find, !tex.isEmpty else {
      return bytes.end(ofRun: Byte.dollar, from: start)
    }
    finds.append(find)
    return range.upperBound
  }

  private mutating func inlineFormula(_ start: Int) -> Int? {
    guard let first = bytes.byte(start + 1), !first.isBlank else { return nil }
    guard !unclosedThings.contains("$") else { return nil }
    guard let close = closingDollar(from: start + 1, in: bytes) else {
      unclosedThings.insert("$")
      return nil
    }
    guard close > start + 1, bytes[close] == Byte.dollar, !bytes[close - 1].isBlank,
      bytes.byte(close + 1)?.isDigit != true
    else { return nil }
    finds.append(.formula(start..<close + 1, tex: start + 1..<close, isDisplay: false, label: nil))
    return close + 1
  }

  private mutating func reference(_ start: Int) -> Int? {
    guard labelPrefixes.contains(where: { bytes.hasBytes($0, at: start + 1) }) else { return nil }
    var end = start + 1
    while end < bytes.count, bytes[end].isLabel { end += 1 }
    while bytes[end - 1] == Byte.hyphen || bytes[end - 1] == Byte.underscore { end -= 1 }
    // "fig-" alone is no label.
    guard bytes[start + 1..<end].contains(Byte.hyphen) else { return nil }
    finds.append(.reference(start..<end, label: start + 1..<end))
    return end
  }

  /// `@key` as a word of the sentence.
  private mutating func key(_ start: Int) -> Int? {
    guard let end = citationKeyEnd(start + 1, in: bytes) else { return nil }
    let item = FoundCitation.Item(prefix: start..<start, key: start + 1..<end, suffix: end..<end, isYearOnly: false)
    finds.append(.citation(FoundCitation(range: start..<end, items: [item], isInText: true)))
    return end
  }

  private mutating func citation(_ start: Int) -> Int? {
    switch bracketedCitation(start, in: bytes) {
    case .whole(let citation)?:
      finds.append(.citation(citation))
      return citation.range.upperBound
    case .secondKey(let index, let end)?:
      finds.append(.secondKey(index))
      return end
    case nil: return nil
    }
  }

  /// Whether the `@` at `start` belongs to a word, an address or a path.
  private func isWithinWord(_ start: Int) -> Bool {
    guard start > 0 else { return false }
    let before = bytes[start - 1]
    return before.isLabel && before != Byte.underscore || before >= 0x80 && isLetterBefore(start)
      || before == Byte.at || before == Byte.slash || before == UInt8(ascii: ".")
  }

  /// Whether the character before `index` (not ASCII) is a letter.
  private func isLetterBefore(_ index: Int) -> Bool {
    let before = bytes[max(0, index - 16)..<index].drop { $0 & 0xC0 == 0x80 }
    return String(decoding: before, as: UTF8.self).last?.isLetter == true
  }

  private mutating func footnote(_ start: Int) -> Int? {
    guard bytes.byte(start + 1) == Byte.caret, let end = footnoteNameEnd(start + 2, in: bytes) else { return nil }
    finds.append(.footnote(start..<end + 1, name: start + 2..<end))
    return end + 1
  }

  private func firstIndex(of text: String, from start: Int) -> Int? {
    guard start < bytes.count, let first = text.utf8.first else { return nil }
    var index = start
    while let found = bytes[index...].firstIndex(of: first) {
      if bytes.hasBytes(text, at: found) { return found }
      index = found + 1
    }
    return nil
  }
}

/// The `]` of `[^name]`, if a name stands at `start`.
func footnoteNameEnd(_ start: Int, in bytes: [UInt8]) -> Int? {
  var end = start
  while end < bytes.count, bytes[end].isLabel { end += 1 }
  return end > start && bytes.byte(end) == Byte.closeBracket ? end : nil
}
