public import Diagnostics

extension Contents {
  /// Reads a table of contents in mdBook's grammar.
  ///
  /// A heading before everything else is the book's own and ignored; links that stand alone are prefix chapters, or
  /// suffix chapters once a list was seen; later headings are titles of parts; lists are numbered chapters.
  ///
  /// - Parameter file: the name of the file as diagnostics give it.
  public static func parse(_ text: String, file: String) -> (contents: Contents, diagnostics: [Diagnostic]) {
    let source = SourceText(text, at: Place(file: file, line: 1, column: 1))
    var reader = SummaryReader(source: source)
    reader.read(parsedMarkdown(source.bytes))
    return (Contents(items: reader.items), source.controlWarnings + reader.diagnostics)
  }
}

private struct SummaryReader {
  let source: SourceText
  var items: [Contents.Item] = []
  var diagnostics: [Diagnostic] = []
  private var position = Contents.Entry.Position.prefix
  private var part: String?
  private var lastNumber = 0
  /// Where each path was first named.
  private var places: [String: Place] = [:]

  init(source: SourceText) { self.source = source }

  mutating func read(_ document: MarkNode) {
    var isFirst = true
    for node in document.children {
      switch node.kind {
      case .heading:
        if !isFirst { readPart(node) }
      case .paragraph: readLinks(node)
      case .list: readNumbered(node)
      case .thematicBreak: items.append(.separator)
      case .htmlBlock where node.literal.hasPrefix("<!--"): continue
      default: report(node, notALine, hints: [grammarHint])
      }
      isFirst = false
    }
  }

  private mutating func readPart(_ node: MarkNode) {
    if position == .suffix { report(node, afterSuffix("a part"), hints: [suffixHint]) }
    let title = plainText(node)
    part = title
    items.append(.part(title, at: place(node)))
  }

  /// Chapters without numbers: one link or several, and nothing else.
  private mutating func readLinks(_ node: MarkNode) {
    let leaf = Leaf(node, quotes: 0, in: source, bytes: source.bytes)
    if position == .numbered { position = .suffix }
    for inline in node.children {
      switch inline.kind {
      case .link: addChapter(inline, in: leaf, position: position, numbers: [])
      case .softBreak, .lineBreak: continue
      case .html where inline.literal.hasPrefix("<!--"): continue
      case .text where inline.literal.allSatisfy(\.isWhitespace): continue
      default:
        reportWords(inline, in: leaf)
        return
      }
    }
  }

  private mutating func readNumbered(_ list: MarkNode) {
    if position == .suffix {
      report(list, afterSuffix("a numbered chapter"), hints: [suffixHint])
    } else {
      position = .numbered
    }
    lastNumber = readItems(list, above: [], after: lastNumber)
  }

  /// Reads the items of a list, numbered from `after + 1` on, and returns the last number.
  private mutating func readItems(_ list: MarkNode, above: [Int], after: Int) -> Int {
    var last = after
    for item in list.children {
      last += 1
      var below = 0
      var hasLink = false
      for node in item.children {
        switch node.kind {
        case .paragraph:
          let leaf = Leaf(node, quotes: 0, in: source, bytes: source.bytes)
          for inline in node.children {
            switch inline.kind {
            case .link where !hasLink:
              addChapter(inline, in: leaf, position: .numbered, numbers: above + [last])
              hasLink = true
            case .softBreak, .lineBreak: continue
            case .html where inline.literal.hasPrefix("<!--"): continue
            case .text where inline.literal.allSatisfy(\.isWhitespace): continue
            default: reportWords(inline, in: leaf)
            }
          }
        case .list: below = readItems(node, above: above + [last], after: below)
        case .htmlBlock where node.literal.hasPrefix("<!--"): continue
        default: report(node, notALine, hints: [grammarHint])
        }
      }
      if !hasLink { report(item, noLink, hints: [grammarHint]) }
    }
    return last
  }

  private mutating func addChapter(_ link: MarkNode, in leaf: Leaf, position: Contents.Entry.Position, numbers: [Int]) {
    let offset = leaf.offset(line: link.startLine, column: link.startColumn)
    let place = source.place(offset)
    let title = plainText(link)
    if title.isEmpty { diagnostics.append(Diagnostic(at: place, noTitle)) }
    var path: String?
    if !link.url.isEmpty {
      let written = percentDecoded(link.url)
      let clean = normalized(written.split(separator: "/"))
      if case .chapter(_, anchor: nil) = LinkTarget(written), !clean.hasPrefix("..") {
        path = clean
        if let first = places[clean] {
          diagnostics.append(Diagnostic(at: place, twice(clean), hints: ["first in line \(first.line)"]))
          return
        }
        places[clean] = place
      } else {
        diagnostics.append(Diagnostic(at: place, noPath(link.url), hints: [pathHint]))
        return
      }
    }
    let entry = Contents.Entry(
      title: title, path: path, place: place, position: position, numbers: numbers, part: part)
    items.append(.chapter(entry))
  }

  private mutating func reportWords(_ inline: MarkNode, in leaf: Leaf) {
    let offset = leaf.offset(line: inline.startLine, column: inline.startColumn)
    diagnostics.append(Diagnostic(at: source.place(offset), notALine, hints: [grammarHint]))
  }

  private mutating func report(_ node: MarkNode, _ message: String, hints: [String]) {
    diagnostics.append(Diagnostic(at: place(node), message, hints: hints))
  }

  private func place(_ node: MarkNode) -> Place {
    let line = source.line(min(max(0, node.startLine - 1), source.lineCount - 1))
    return source.place(min(line.lowerBound + max(0, node.startColumn - 1), line.upperBound))
  }

  private func plainText(_ node: MarkNode) -> String {
    switch node.kind {
    case .text, .code: node.literal
    case .softBreak, .lineBreak: " "
    default: node.children.map(plainText).joined()
    }
  }
}

private let notALine = "this is no line of a table of contents"
private let noLink = "this item links to no chapter"
private let grammarHint = "chapters are ‘- [Title](path.md)’, parts ‘# Title’, separators ‘---’, drafts ‘- [Title]()’"
private let noTitle = "this chapter has no title"
private func noPath(_ url: String) -> String { "‘\(url)’ is no path of a chapter" }
private let pathHint = "a chapter is a ‘.md’ file, given relative to this one and in its folder"
private func twice(_ path: String) -> String { "‘\(path)’ is in the book twice" }
private func afterSuffix(_ what: String) -> String { "\(what) cannot follow the chapters after the list" }
private let suffixHint = "chapters without a number come before all lists or after them"
