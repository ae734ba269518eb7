import Diagnostics
import Markup

extension ProseBuilder {
  mutating func blocks(_ nodes: [MarkNode], in container: Container) -> [Prose] {
    var prose: [Prose] = []
    for node in nodes {
      if node.kind == .codeBlock, endsInFootnote, isIndented(node) {
        report(offset(of: node), longFootnote, hints: [footnoteHint])
      }
      endsInFootnote = false
      prose += block(node, in: container)
    }
    return prose
  }

  private mutating func block(_ node: MarkNode, in container: Container) -> [Prose] {
    switch node.kind {
    case .paragraph: return paragraph(node, in: container)
    case .heading(let level): return [heading(node, level: level, in: container)]
    case .blockQuote:
      let inside = Container(quotes: container.quotes + 1)
      return [.element("blockquote", [], blocks(node.children, in: inside))]
    case .list(let start, let isTight):
      let attributes = start.flatMap { $0 == 1 ? nil : [Attribute("start", "\($0)")] } ?? []
      let inside = Container(quotes: container.quotes, isTight: isTight)
      let items = node.children.map { Prose.element("li", [], blocks($0.children, in: inside)) }
      return [.element(start == nil ? "ul" : "ol", attributes, items)]
    case .codeBlock: return [codeBlock(node, quotes: container.quotes)]
    case .htmlBlock: return [.html(mask.restored(node.literal))]
    case .thematicBreak: return [.element("hr", [], [])]
    default: return blocks(node.children, in: container)
    }
  }

  /// A paragraph, table, footnote, or display formulas: whatever its text turns out to be.
  private mutating func paragraph(_ node: MarkNode, in container: Container) -> [Prose] {
    let leaf = Leaf(node, quotes: container.quotes, in: source, bytes: mask.bytes)
    if let table = table(leaf) { return [table] }
    if let list = bibliography(leaf) { return [list] }
    var prose: [Prose] = []
    for run in inlineRuns(node.children, in: .paragraph(leaf)) {
      if let (name, place) = run.footnote {
        footnotes.define(name, at: place, split(run.prose, isTight: false))
        endsInFootnote = true
      } else {
        prose += split(run.prose, isTight: container.isTight)
      }
    }
    return prose
  }

  /// `::: {#refs}` and `:::`, Quarto's place for the list of works.
  private mutating func bibliography(_ leaf: Leaf) -> Prose? {
    let lines = leaf.region.sourceLines.map { source.text(source.bytes.trimmed($0)) }
    guard let first = lines.first, first.hasPrefix(":::"), first.contains("#refs") else { return nil }
    let start = leaf.region.source(0)
    if lines != ["::: {#refs}", ":::"] { report(start, badList, hints: [listHint]) }
    return .bibliography(at: source.place(start))
  }

  /// Running text with its display formulas as blocks of their own.
  private func split(_ prose: [Prose], isTight: Bool) -> [Prose] {
    var blocks: [Prose] = []
    var run: [Prose] = []
    func flush(_ run: [Prose]) {
      let text = trimmed(run)
      if !text.isEmpty { blocks += isTight ? text : [.element("p", [], text)] }
    }
    for piece in prose {
      if case .math(let formula) = piece, formula.isDisplay {
        flush(run)
        run = []
        blocks.append(piece)
      } else {
        run.append(piece)
      }
    }
    flush(run)
    return blocks
  }
}

/// Prose without blanks at both ends.
func trimmed(_ prose: [Prose]) -> [Prose] {
  var prose = prose[...]
  while case .text(let text)? = prose.first {
    let rest = text.drop { $0.isWhitespace }
    prose.removeFirst()
    if !rest.isEmpty {
      prose.insert(.text(String(rest)), at: prose.startIndex)
      break
    }
  }
  while case .text(var text)? = prose.last {
    while text.last?.isWhitespace == true { text.removeLast() }
    prose.removeLast()
    if !text.isEmpty {
      prose.append(.text(text))
      break
    }
  }
  return Array(prose)
}

private let badList = "this is not how the list of works is placed"
private let listHint = "write ‘::: {#refs}’ and ‘:::’, each on a line of its own, and nothing between them"
private let longFootnote = "this indented text is code, and not part of the footnote above it"
private let footnoteHint = "a footnote is one paragraph"
