import Diagnostics

/// An entry as written: its type, key and fields.
struct RawEntry {
  var type: String
  /// Where the `@` stands, and the key.
  var start: Int
  var key: String
  var keyStart: Int
  /// In lower case.
  var fields: [(name: String, value: RawText)] = []
  /// Whether reading came to its end.
  var isWhole = false

  subscript(name: String) -> RawText? { fields.first { $0.name == name }?.value }
}

/// Reads the entries of a BibTeX file without asking what they mean.
///
/// Between entries only blanks and lines that start with `%` may stand. After a mistake reading goes on with the next
/// line that starts with `@`.
struct BibTeXReader {
  let source: SourceText
  private var index = 0
  private(set) var entries: [RawEntry] = []
  private(set) var diagnostics: [Diagnostic] = []
  /// What `@string` defines.
  private var strings: [String: RawText] = [:]

  init(_ source: SourceText) {
    self.source = source
    while index < bytes.count { step() }
  }

  private var bytes: [UInt8] { source.bytes }

  private mutating func step() {
    switch bytes[index] {
    case let byte where byte.isBlank: index += 1
    case UInt8(ascii: "%"): skip { $0 != Byte.newline }
    case Byte.at:
      do throws(DiagnosticError) { try entry() } catch {
        diagnostics += error.diagnostics
        skipToEntry()
      }
    default:
      diagnostics.append(Diagnostic(at: source.place(index), stray, hints: [strayHint]))
      skipToEntry()
    }
  }

  private mutating func entry() throws(DiagnosticError) {
    let start = index
    index += 1
    let type = name().lowercased()
    guard !type.isEmpty, nextByte() == Byte.openBrace else { throw mistake(index, noType, typeHint) }
    let open = index
    index += 1
    switch type {
    case "comment", "preamble":
      index = open
      _ = try braced()
    case "string":
      skipBlanks()
      let (name, value) = try field(of: open)
      strings[name] = value
      guard nextByte() == Byte.closeBrace else { throw isEnd ? notClosed(open) : mistake(index, noEnd, endHint) }
      index += 1
    default: try fields(of: type, start, open)
    }
  }

  private mutating func fields(of type: String, _ start: Int, _ open: Int) throws(DiagnosticError) {
    skipBlanks()
    let keyStart = index
    skip { !$0.isBlank && $0 != UInt8(ascii: ",") && $0 != Byte.closeBrace }
    let key = source.text(keyStart..<index)
    guard citationKeyEnd(keyStart, in: bytes) == index else { throw mistake(keyStart, badKey(key), keyHint) }
    var entry = RawEntry(type: type, start: start, key: key, keyStart: keyStart)
    // What can be read of an entry with a mistake is: chapters may cite it.
    defer { entries.append(entry) }
    while true {
      let next = nextByte()
      if next == UInt8(ascii: ",") {
        index += 1
      } else if next != Byte.closeBrace {
        if isEnd { throw notClosed(open) }
        throw mistake(index, noComma, commaHint)
      }
      if nextByte() == Byte.closeBrace { break }
      let nameStart = index
      let (name, value) = try field(of: open)
      if entry[name] != nil {
        diagnostics.append(Diagnostic(at: source.place(nameStart), "the entry has a field ‘\(name)’ already"))
      } else {
        entry.fields.append((name, value))
      }
    }
    index += 1
    entry.isWhole = true
  }

  /// `name = value`.
  private mutating func field(of open: Int) throws(DiagnosticError) -> (name: String, value: RawText) {
    if isEnd { throw notClosed(open) }
    let start = index
    let name = name().lowercased()
    guard !name.isEmpty else { throw mistake(start, noField, fieldHint) }
    guard nextByte() == Byte.equals else { throw mistake(index, noEquals(name)) }
    index += 1
    skipBlanks()
    var value = try piece()
    while nextByte() == Byte.hash {
      index += 1
      skipBlanks()
      value = value + (try piece())
    }
    return (name, value)
  }

  /// `{…}`, `"…"`, a number, or the name of an abbreviation.
  private mutating func piece() throws(DiagnosticError) -> RawText {
    switch bytes.byte(index) {
    case Byte.openBrace: return try braced()
    case Byte.quote: return try quoted()
    default: break
    }
    let start = index
    if bytes.byte(index)?.isDigit == true {
      skip(\.isDigit)
      return RawText(start..<index, of: source)
    }
    let name = name()
    guard !name.isEmpty else { throw mistake(start, noValue, valueHint) }
    if let text = strings[name.lowercased()] { return text }
    let none = RawText(start..<start, of: source)
    // Every style knows the months, and no list of works prints them.
    if months.contains(name.lowercased()) { return none }
    let near = nearestSpelling(of: name, among: strings.keys.sorted())
    diagnostics.append(
      Diagnostic(
        at: source.place(start), noString(name),
        hints: [near.map { "did you mean ‘\($0)’?" } ?? "write {\(name)} for the text"]))
    return none
  }

  private mutating func braced() throws(DiagnosticError) -> RawText {
    let open = index
    var depth = 0
    repeat {
      switch bytes.byte(index) {
      case Byte.openBrace: depth += 1
      case Byte.closeBrace: depth -= 1
      case Byte.at where startsEntry(index): throw notClosed(open)
      case nil: throw notClosed(open)
      default: break
      }
      index += 1
    } while depth > 0
    return RawText(open + 1..<index - 1, of: source)
  }

  private mutating func quoted() throws(DiagnosticError) -> RawText {
    let open = index
    var depth = 0
    index += 1
    while bytes.byte(index) != Byte.quote || depth > 0 {
      switch bytes.byte(index) {
      case Byte.openBrace: depth += 1
      case Byte.closeBrace where depth == 0: throw mistake(open, noQuote)
      case Byte.closeBrace: depth -= 1
      case Byte.at where startsEntry(index): throw mistake(open, noQuote)
      case nil: throw mistake(open, noQuote)
      default: break
      }
      index += 1
    }
    index += 1
    return RawText(open + 1..<index - 1, of: source)
  }

  /// Whether the `@` at `start` is the first of its line and a type and a brace follow: what is open there was never closed.
  private func startsEntry(_ start: Int) -> Bool {
    let line = source.line(source.lineIndex(of: start))
    guard bytes[line.lowerBound..<start].allSatisfy(\.isBlank) else { return false }
    var end = start + 1
    while bytes.byte(end)?.isLetter == true { end += 1 }
    return end > start + 1 && bytes.byte(bytes.skippingBlanks(from: end)) == Byte.openBrace
  }

  private var isEnd: Bool { index >= bytes.count || bytes[index] == Byte.at && startsEntry(index) }

  private mutating func name() -> String {
    let start = index
    if bytes.byte(index)?.isLetter == true { skip(\.isLabel) }
    return source.text(start..<index)
  }

  private mutating func skip(_ belongs: (UInt8) -> Bool) {
    while let byte = bytes.byte(index), belongs(byte) { index += 1 }
  }

  private mutating func skipBlanks() { index = bytes.skippingBlanks(from: index) }

  private mutating func nextByte() -> UInt8? {
    skipBlanks()
    return bytes.byte(index)
  }

  private mutating func skipToEntry() {
    while index < bytes.count, !(bytes[index] == Byte.at && startsEntry(index)) { index += 1 }
  }

  private func mistake(_ offset: Int, _ message: String, _ hints: String...) -> DiagnosticError {
    DiagnosticError(at: source.place(offset), message, hints: hints)
  }

  private func notClosed(_ open: Int) -> DiagnosticError { mistake(open, noBrace) }
}

private let months: Set = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]

// MARK: Messages

private let stray = "this is no entry, and no comment"
private let strayHint = "an entry is ‘@article{key, …}’; a comment is a line that starts with %"
private let noType = "an entry starts with its type and a brace"
private let typeHint = "such as ‘@article{key, title = {…}}’"
private let noBrace = "this brace is never closed"
private let noEnd = "expected ‘}’"
private let endHint = "an @string defines one abbreviation"
private let noQuote = "this quotation mark has no partner"
private let noComma = "expected ‘,’ or ‘}’"
private let commaHint = "a comma stands between fields"
private let noField = "expected the name of a field, such as ‘title’, or ‘}’"
private let fieldHint = "a field is ‘title = {…}’"
private func noEquals(_ name: String) -> String { "expected ‘=’ after ‘\(name)’" }
private let noValue = "expected a value"
private let valueHint = "text stands in braces: ‘title = {…}’"
private func noString(_ name: String) -> String { "no @string is called ‘\(name)’" }
private func badKey(_ key: String) -> String { key.isEmpty ? "the entry has no key" : "‘\(key)’ cannot be cited" }
private let keyHint =
  "a key starts with a letter and has letters, digits, and single ‘-’, ‘_’, ‘:’, ‘.’, ‘+’ or ‘/’ within"
