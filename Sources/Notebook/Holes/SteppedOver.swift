/// What the scanner steps over: link destinations, autolinks, tags, link definitions.
///
/// Each function takes where the thing would start and returns where it ends, or `nil` if it is something else.
/// None looks further than `reach` bytes, so that no text takes quadratic time.
private let reach = 4000

/// `(destination "title")` after the `]` of a link.
func linkDestinationEnd(_ start: Int, in bytes: [UInt8]) -> Int? {
  guard bytes.byte(start) == Byte.openParenthesis else { return nil }
  let limit = min(bytes.count, start + reach)
  var index = bytes[..<limit].skippingBlanks(from: start + 1)
  if bytes.byte(index) == Byte.less {
    index += 1
    while index < limit, bytes[index] != Byte.greater {
      if bytes[index] == Byte.newline || bytes[index] == Byte.less { return nil }
      index += bytes[index] == Byte.backslash ? 2 : 1
    }
    index += 1
  } else {
    var depth = 0
    loop: while index < limit {
      switch bytes[index] {
      case Byte.backslash where bytes.byte(index + 1)?.isPunctuation == true: index += 1
      case Byte.openParenthesis: depth += 1
      case Byte.closeParenthesis:
        if depth == 0 { break loop }
        depth -= 1
      case let byte where byte <= Byte.space: break loop
      default: break
      }
      index += 1
    }
  }
  guard index < limit else { return nil }
  let afterDestination = index
  index = bytes[..<limit].skippingBlanks(from: index)
  if index > afterDestination, let quote = bytes.byte(index),
    quote == Byte.quote || quote == Byte.apostrophe || quote == Byte.openParenthesis
  {
    let closing = quote == Byte.openParenthesis ? Byte.closeParenthesis : quote
    index += 1
    while index < limit, bytes[index] != closing { index += bytes[index] == Byte.backslash ? 2 : 1 }
    guard index < limit else { return nil }
    index = bytes[..<limit].skippingBlanks(from: index + 1)
  }
  return index < limit && bytes[index] == Byte.closeParenthesis ? index + 1 : nil
}

/// `<https://…>` and `<name@host>`.
func autolinkEnd(_ start: Int, in bytes: [UInt8]) -> Int? {
  let limit = min(bytes.count, start + reach)
  var index = start + 1
  var isAddress = false
  while index < limit, bytes[index] != Byte.greater {
    if bytes[index] <= Byte.space || bytes[index] == Byte.less { return nil }
    if bytes[index] == Byte.colon, index - start > 2, bytes[start + 1].isLetter { isAddress = true }
    if bytes[index] == Byte.at, index - start > 1 { isAddress = true }
    index += 1
  }
  return isAddress && index < limit ? index + 1 : nil
}

/// `<name attribute="…">`, `</name>`, `<!NAME …>`.
func tagEnd(_ start: Int, in bytes: [UInt8]) -> Int? {
  let limit = min(bytes.count, start + reach)
  let bytes = bytes[..<limit]
  var index = start + 1
  if bytes.byte(index) == Byte.exclamation {
    guard bytes.byte(index + 1)?.isLetter == true else { return nil }
    return bytes[index...].firstIndex(of: Byte.greater).map { $0 + 1 }
  }
  let isClosing = bytes.byte(index) == Byte.slash
  if isClosing { index += 1 }
  guard bytes.byte(index)?.isLetter == true else { return nil }
  while let byte = bytes.byte(index), byte.isLetter || byte.isDigit || byte == Byte.hyphen { index += 1 }
  while !isClosing, let end = attributeEnd(index, in: bytes) { index = end }
  index = bytes.skippingBlanks(from: index)
  if !isClosing, bytes.byte(index) == Byte.slash { index += 1 }
  return bytes.byte(index) == Byte.greater ? index + 1 : nil
}

private func attributeEnd(_ start: Int, in bytes: ArraySlice<UInt8>) -> Int? {
  var index = bytes.skippingBlanks(from: start)
  guard index > start, let first = bytes.byte(index), first.isLetter || first == Byte.underscore || first == Byte.colon
  else { return nil }
  while let byte = bytes.byte(index), byte.isLabel || byte == Byte.colon || byte == UInt8(ascii: ".") { index += 1 }
  let equals = bytes.skippingBlanks(from: index)
  guard bytes.byte(equals) == Byte.equals else { return index }
  index = bytes.skippingBlanks(from: equals + 1)
  guard let quote = bytes.byte(index) else { return nil }
  if quote == Byte.quote || quote == Byte.apostrophe {
    return bytes[(index + 1)...].firstIndex(of: quote).map { $0 + 1 }
  }
  let value = index
  while let byte = bytes.byte(index), !byte.isBlank, !"\"'=<>`".utf8.contains(byte) { index += 1 }
  return index > value ? index : nil
}

/// Where the text starts after link definitions (`[label]: destination`) at the start of a paragraph.
func skippingDefinitions(_ bytes: [UInt8]) -> Int {
  var start = 0
  while let end = linkDefinitionLabelEnd(start, in: bytes) {
    let next = bytes[end...].firstIndex(of: Byte.newline) ?? bytes.count - 1
    start = next + 1
  }
  return start
}

/// The index after the colon of `[label]:`; footnotes (`[^name]:`) are no link definitions.
func linkDefinitionLabelEnd(_ start: Int, in bytes: [UInt8]) -> Int? {
  guard bytes.byte(start) == Byte.openBracket, bytes.byte(start + 1) != Byte.caret else { return nil }
  var index = start + 1
  while index < bytes.count, index - start < reach, bytes[index] != Byte.closeBracket {
    if bytes[index] == Byte.openBracket || bytes[index] == Byte.newline { return nil }
    index += bytes[index] == Byte.backslash ? 2 : 1
  }
  return index > start + 1 && bytes.byte(index) == Byte.closeBracket && bytes.byte(index + 1) == Byte.colon
    ? index + 2 : nil
}
