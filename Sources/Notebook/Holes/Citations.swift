/// A citation as found in running text; ranges are in the scanned bytes.
struct FoundCitation: Equatable {
  struct Item: Equatable {
    /// The words before the key, with the blank that follows them; the key; and what follows it.
    var prefix: Range<Int>
    var key: Range<Int>
    var suffix: Range<Int>
    /// `-@key`: without the authors.
    var isYearOnly: Bool
  }

  var range: Range<Int>
  var items: [Item]
  /// Whether it is a word of the sentence, `@key` without brackets.
  var isInText: Bool
}

/// What labels of figures, tables, equations and sections start with; no key of a work does.
let labelPrefixes = ["fig-", "tbl-", "eq-", "sec-"]

/// Where the key at `start` ends: a letter, then letters, digits and `_`, and single `-`, `:`, `.`, `+`, `/` between
/// those. `nil` if none starts there.
func citationKeyEnd(_ start: Int, in bytes: [UInt8]) -> Int? {
  guard bytes.byte(start)?.isLetter == true else { return nil }
  var end = start + 1
  while let byte = bytes.byte(end) {
    if isKeyLetter(byte) {
      end += 1
    } else if "-:.+/".utf8.contains(byte), let next = bytes.byte(end + 1), isKeyLetter(next) {
      end += 2
    } else {
      break
    }
  }
  while bytes[end - 1] == Byte.underscore { end -= 1 }
  return end
}

private func isKeyLetter(_ byte: UInt8) -> Bool { byte.isLetter || byte.isDigit || byte == Byte.underscore }

/// What brackets that open at `start` cite.
enum BracketedCitation: Equatable {
  case whole(FoundCitation)
  /// A part between semicolons has a second key, whose `@` is at the index; and where the brackets end.
  case secondKey(Int, end: Int)
}

/// The citation in the brackets that open at `start`: each part between semicolons has one key, and plain words.
///
/// Pandoc's rule, but for one thing: markup around keys makes the brackets ordinary ones.
func bracketedCitation(_ start: Int, in bytes: [UInt8]) -> BracketedCitation? {
  var end = start + 1
  while let byte = bytes.byte(end), byte != Byte.closeBracket {
    if "[`$<\\|".utf8.contains(byte) || isPlaceholder(byte) { return nil }
    end += 1
  }
  guard bytes.byte(end) == Byte.closeBracket, bytes.byte(end + 1) != Byte.openParenthesis else { return nil }
  var items: [FoundCitation.Item] = []
  var second: Int?
  for part in bytes[start + 1..<end].split(separator: UInt8(ascii: ";"), omittingEmptySubsequences: false) {
    let ats = part.indices.filter { bytes[$0] == Byte.at && startsKey($0, in: bytes) }
    guard let at = ats.first, let keyEnd = citationKeyEnd(at + 1, in: bytes) else { return nil }
    let isYearOnly = bytes[at - 1] == Byte.hyphen
    let words = bytes.trimmed(part.startIndex..<part.endIndex)
    items.append(
      FoundCitation.Item(
        prefix: words.lowerBound..<at - (isYearOnly ? 1 : 0), key: at + 1..<keyEnd, suffix: keyEnd..<words.upperBound,
        isYearOnly: isYearOnly))
    if ats.contains(where: { at in labelPrefixes.contains { bytes.hasBytes($0, at: at + 1) } }) { return nil }
    if ats.count > 1 { second = second ?? ats[1] }
  }
  if let second { return .secondKey(second, end: end + 1) }
  return .whole(FoundCitation(range: start..<end + 1, items: items, isInText: false))
}

/// Whether the `@` at `index` within brackets is a citation's: after a blank or an opening mark, perhaps with a hyphen.
private func startsKey(_ index: Int, in bytes: [UInt8]) -> Bool {
  let before = bytes[index - 1] == Byte.hyphen ? bytes[index - 2] : bytes[index - 1]
  return (before.isBlank || "[;(".utf8.contains(before)) && citationKeyEnd(index + 1, in: bytes) != nil
}
