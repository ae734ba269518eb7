import Diagnostics

/// What a chapter says about itself before its text: `title:` and `draft:` between lines of `---`.
struct FrontMatter {
  var title: String?
  var isDraft = false
  var diagnostics: [Diagnostic] = []

  /// Reads the front matter, if there is any.
  ///
  /// - Returns: it, and the line (0-based) at which the text starts.
  static func read(_ source: SourceText) -> (FrontMatter, bodyLine: Int) {
    var front = FrontMatter()
    func line(_ index: Int) -> String { source.text(source.bytes.trimmed(source.line(index))) }
    guard source.text(source.line(0)).hasPrefix("---"), line(0) == "---" else { return (front, 0) }
    guard let end = (1..<max(1, source.lineCount)).first(where: { ["---", "..."].contains(line($0)) }) else {
      // A line of dashes may also be a rule between paragraphs.
      if isEntry(line(1)) { front.diagnostics.append(Diagnostic(at: source.place(0), neverClosed)) }
      return (front, 0)
    }
    // Two rules around prose are two rules around prose.
    let lines = (1..<end).filter { !line($0).isEmpty && !line($0).hasPrefix("#") }
    if let first = lines.first, !isEntry(line(first)) { return (front, 0) }
    var seen: Set<String> = []
    for index in lines { front.readEntry(source.line(index), of: source, seen: &seen) }
    return (front, end + 1)
  }

  private mutating func readEntry(_ line: Range<Int>, of source: SourceText, seen: inout Set<String>) {
    let bytes = source.bytes
    let start = bytes.trimmed(line).lowerBound
    guard start == line.lowerBound, let colon = bytes[line].firstIndex(of: Byte.colon),
      colon + 1 == line.upperBound || bytes[colon + 1].isBlank
    else {
      diagnostics.append(Diagnostic(at: source.place(start), noEntry, hints: [keysHint]))
      return
    }
    let key = source.text(bytes.trimmed(start..<colon))
    let value = bytes.trimmed(colon + 1..<line.upperBound)
    let scalar = Scalar(source.text(value))
    if !seen.insert(key).inserted {
      diagnostics.append(Diagnostic(at: source.place(start), "‘\(key)’ is given twice"))
    }
    switch (key, scalar) {
    case ("title", .text(let text)) where !text.isEmpty: title = text
    case ("title", _): diagnostics.append(Diagnostic(at: source.place(value.lowerBound), noTitle, hints: [quoteHint]))
    case ("draft", .bool(let bool)): isDraft = bool
    case ("draft", _): diagnostics.append(Diagnostic(at: source.place(value.lowerBound), noBool))
    default:
      diagnostics.append(
        Diagnostic(
          at: source.place(start), "a chapter has no ‘\(key)’", hints: suggestion(for: key, among: ["title", "draft"])))
    }
  }

  private static func isEntry(_ line: String) -> Bool {
    guard let colon = line.firstIndex(of: ":"), colon != line.startIndex else { return false }
    let after = line.index(after: colon)
    return (after == line.endIndex || line[after].isWhitespace)
      && line[..<colon].allSatisfy { $0.isLetter || $0.isNumber || $0 == "-" || $0 == "_" }
  }
}

/// A YAML value on one line, as far as front matter needs it.
private enum Scalar {
  case text(String)
  case bool(Bool)
  /// A number, list, map, nothing, or no YAML.
  case other

  init(_ value: String) {
    if let quote = value.first, quote == "\"" || quote == "'" {
      self = Scalar.unquoted(value.dropFirst(), quote: quote).map(Scalar.text) ?? .other
      return
    }
    var plain = value
    if let comment = plain.firstRange(of: " #") { plain = String(plain[..<comment.lowerBound]) }
    while plain.last?.isWhitespace == true { plain.removeLast() }
    switch plain {
    case "true", "True", "TRUE": self = .bool(true)
    case "false", "False", "FALSE": self = .bool(false)
    case "", "~", "null", "Null", "NULL": self = .other
    default:
      let isSpecial = "[]{}>|*&!%#`@,".contains(plain.prefix(1)) || plain.contains(": ") || plain.hasSuffix(":")
      self = isSpecial || plain.hasPrefix("- ") || Double(plain) != nil ? .other : .text(plain)
    }
  }

  /// The text up to the closing quote, after which only a comment may follow.
  private static func unquoted(_ rest: Substring, quote: Character) -> String? {
    var text = ""
    var rest = rest
    while let character = rest.popFirst() {
      if character == quote {
        if quote == "'", rest.first == "'" {
          text.append(rest.removeFirst())
          continue
        }
        let tail = rest.drop { $0.isWhitespace }
        return tail.isEmpty || tail.first == "#" && rest.first != "#" ? text : nil
      }
      guard character == "\\", quote == "\"" else {
        text.append(character)
        continue
      }
      switch rest.popFirst() {
      case "\"": text.append("\"")
      case "\\": text.append("\\")
      case "t": text.append("\t")
      case "n": text.append(" ")
      default: return nil
      }
    }
    return nil
  }
}

private let neverClosed = "the front matter is never closed by a line ‘---’"
private let noEntry = "no ‘key: value’"
private let keysHint = "front matter knows ‘title:’ and ‘draft:’"
private let noTitle = "a title is a text"
private let quoteHint = "put it in quotes: title: \"…\""
private let noBool = "‘draft’ is ‘true’ or ‘false’"
