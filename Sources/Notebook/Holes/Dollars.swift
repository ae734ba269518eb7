/// The formula that opens with the `$$` at `start`, with its label if one follows; `nil` if it is not closed.
///
/// The text has no blank line: it is a paragraph's, or was cut at one. No formula holds what an earlier reading lifted.
func displayFormula(_ start: Int, in bytes: [UInt8]) -> Find? {
  var index = start + 2
  while index < bytes.count {
    if isPlaceholder(bytes[index]) { return nil }
    if bytes[index] == Byte.backslash {
      index += 2
    } else if bytes[index] == Byte.dollar, bytes.byte(index + 1) == Byte.dollar {
      let tex = bytes.trimmed(start + 2..<index)
      let label = equationLabel(after: index + 2, in: bytes)
      return .formula(start..<(label.map { $0.upperBound + 1 } ?? index + 2), tex: tex, isDisplay: true, label: label)
    } else {
      index += 1
    }
  }
  return nil
}

/// The text of `{#…}` on the same line.
private func equationLabel(after index: Int, in bytes: [UInt8]) -> Range<Int>? {
  var index = index
  while bytes.byte(index) == Byte.space || bytes.byte(index) == Byte.tab { index += 1 }
  guard bytes.byte(index) == Byte.openBrace, bytes.byte(index + 1) == Byte.hash else { return nil }
  var end = index + 2
  while end < bytes.count, bytes[end] != Byte.newline, bytes[end] != Byte.closeBrace { end += 1 }
  return bytes.byte(end) == Byte.closeBrace ? index + 2..<end : nil
}

/// The first dollar from `start` on that is neither escaped nor in `\text{…}`, or what an earlier reading lifted.
func closingDollar(from start: Int, in bytes: [UInt8]) -> Int? {
  var index = start
  while index < bytes.count {
    switch bytes[index] {
    case Byte.dollar: return index
    case let byte where isPlaceholder(byte): return index
    case Byte.backslash: index = textArgumentEnd(index, in: bytes) ?? index + 2
    default: index += 1
    }
  }
  return nil
}

/// Where `\text{…}` ends, in which dollars may stand.
private func textArgumentEnd(_ start: Int, in bytes: [UInt8]) -> Int? {
  guard
    let command = ["\\text{", "\\mbox{", "\\textrm{", "\\textit{", "\\textbf{"]
      .first(where: { bytes.hasBytes($0, at: start) })
  else { return nil }
  var depth = 1
  var index = start + command.utf8.count
  // A limit, so that no text takes quadratic time.
  while index < min(bytes.count, start + 4000) {
    switch bytes[index] {
    case Byte.backslash: index += 1
    case Byte.openBrace: depth += 1
    case Byte.closeBrace:
      depth -= 1
      if depth == 0 { return index + 1 }
    default: break
    }
    index += 1
  }
  return nil
}
