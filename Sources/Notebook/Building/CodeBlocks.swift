import Diagnostics
import Markup

extension ProseBuilder {
  /// A block that Fieldbook computes or shows, or code of any other language.
  mutating func codeBlock(_ node: MarkNode, quotes: Int) -> Prose {
    let info = mask.restored(node.info)
    let word = String(info.prefix { !$0.isWhitespace })
    let text = mask.restored(node.literal)
    let start = offset(of: node)
    let language = Fence.Language(rawValue: word)
    if !info.isEmpty, !isClosed(node, quotes: quotes) {
      report(start, neverClosed, hints: [closeHint], language == nil ? .warning : .error)
    }
    guard let language else {
      if let near = nearLanguage(word) { report(infoOffset(node), unknown(word), hints: ["did you mean ‘\(near)’?"]) }
      return .code(language: word, text: text)
    }
    var lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    // Blank lines at the start say nothing, and have no column that the rest could be counted from.
    var blank = 0
    while let first = lines.first, lines.count > 1, first.allSatisfy(\.isWhitespace) {
      lines.removeFirst()
      blank += 1
    }
    let isBlank = lines.allSatisfy { $0.allSatisfy(\.isWhitespace) }
    let place = source.place(
      isBlank
        ? bodyStart(node, line: 0, text: "", quotes: quotes)
        : bodyStart(node, line: blank, text: lines[0], quotes: quotes))
    return .fence(Fence(language: language, text: isBlank ? "" : lines.joined(separator: "\n"), place: place))
  }

  /// Where a line of the block's text starts in its source line: what cmark leaves of a line is its end.
  private func bodyStart(_ node: MarkNode, line: Int, text: Substring, quotes: Int) -> Int {
    let index = node.startLine + line
    guard index < source.lineCount else { return source.bytes.count }
    let range = source.line(index)
    let content = text.utf8
    if content.count <= range.count, source.bytes[range].suffix(content.count).elementsEqual(content), !text.isEmpty {
      return range.upperBound - content.count
    }
    return contentStart(of: range, quotes: quotes, in: source.bytes)
  }

  private func infoOffset(_ node: MarkNode) -> Int {
    let start = offset(of: node)
    guard let fence = source.bytes.byte(start) else { return start }
    return source.bytes.skippingBlanks(from: source.bytes.end(ofRun: fence, from: start))
  }

  /// Whether a code block is one by its indentation.
  func isIndented(_ node: MarkNode) -> Bool {
    let start = offset(of: node)
    let isFence = source.bytes.hasBytes("```", at: start) || source.bytes.hasBytes("~~~", at: start)
    return node.info.isEmpty && !isFence
  }

  private func isClosed(_ node: MarkNode, quotes: Int) -> Bool {
    let start = offset(of: node)
    guard let fence = source.bytes.byte(start), node.endLine > node.startLine else { return false }
    let line = source.line(node.endLine - 1)
    let content = contentStart(of: line, quotes: quotes, in: source.bytes)
    let end = source.bytes.end(ofRun: fence, from: content)
    let length = source.bytes.end(ofRun: fence, from: start) - start
    return end - content >= length && source.bytes[end..<max(end, line.upperBound)].allSatisfy(\.isBlank)
  }
}

/// The kind of block that a word was probably meant for.
private func nearLanguage(_ word: String) -> String? {
  if word.isEmpty || codeLanguages.contains(word.lowercased()) { return nil }
  return nearestSpelling(of: word, among: Fence.Language.allCases.map(\.rawValue))
}

/// Languages whose names come near a block's.
private let codeLanguages: Set = [
  "text", "txt", "tex", "latex", "tcl", "toml", "tsv", "csv", "abc", "ada", "able", "stable", "exec", "elixir",
  "erlang",
  "gift", "glsl", "haskell", "ini", "java", "json", "lua", "make", "maple", "nim", "perl", "tap", "turtle",
  "typescript",
]

private let neverClosed = "this block is never closed"
private let closeHint = "it goes on to the end of the chapter or of the list or quote that it is in"
private func unknown(_ word: String) -> String { "‘\(word)’ is no kind of block" }
