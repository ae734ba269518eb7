import Diagnostics
import Markup

/// Where a run of inlines stands: what may be in it, and how its positions map to the source.
enum InlineContext {
  case paragraph(Leaf)
  case heading(Leaf)
  /// A cell or caption that was parsed alone (see `ProseBuilder.alone`): the offset of its first byte.
  case alone(Int, isCell: Bool)

  var isParagraph: Bool { if case .paragraph = self { true } else { false } }
  var isCell: Bool { if case .alone(_, true) = self { true } else { false } }
}

extension ProseBuilder {
  /// Inlines cut at the marks where footnotes' texts start.
  typealias Run = (footnote: (name: String, place: Place)?, prose: [Prose])

  mutating func inlines(_ nodes: [MarkNode], in context: InlineContext) -> [Prose] {
    inlineRuns(nodes, in: context).flatMap(\.prose)
  }

  mutating func inlineRuns(_ nodes: [MarkNode], in context: InlineContext, isTop: Bool = true) -> [Run] {
    var runs: [Run] = [(nil, [])]
    // Line breaks that lie within a hole.
    var breaksInHole = 0
    func add(_ prose: Prose) {
      if case .text(let more) = prose, case .text(let text)? = runs[runs.count - 1].prose.last {
        runs[runs.count - 1].prose[runs[runs.count - 1].prose.count - 1] = .text(text + more)
      } else {
        runs[runs.count - 1].prose.append(prose)
      }
    }
    for node in nodes {
      switch node.kind {
      case .text:
        for piece in mask.pieces(of: node.literal) {
          switch piece {
          case .text(let text): add(.text(text))
          case .hole(let hole):
            breaksInHole = hole.lines.count - 1
            if case .footnoteText(let name, let place) = hole.content {
              if isTop, context.isParagraph { runs.append(((name, place), [])) }
            } else {
              add(prose(of: hole, isTop: isTop, in: context))
            }
          }
        }
      case .softBreak, .lineBreak:
        if breaksInHole > 0 {
          breaksInHole -= 1
        } else if node.kind == .softBreak {
          add(.text("\n"))
        } else {
          add(.element("br", [], []))
          add(.text("\n"))
        }
      case .code:
        let code = mask.restored(node.literal)
        add(.element("code", [], [.text(context.isCell ? code.replacing("\\|", with: "|") : code)]))
      case .html: add(.html(mask.restored(node.literal)))
      case .emphasis: add(.element("em", [], nested(node, context)))
      case .strong: add(.element("strong", [], nested(node, context)))
      case .link: add(link(node, nested(node, context), in: context))
      case .image: add(image(node, in: context))
      default: for prose in nested(node, context) { add(prose) }
      }
    }
    return runs
  }

  private mutating func nested(_ node: MarkNode, _ context: InlineContext) -> [Prose] {
    inlineRuns(node.children, in: context, isTop: false).flatMap(\.prose)
  }

  private mutating func prose(of hole: Hole, isTop: Bool, in context: InlineContext) -> Prose {
    switch hole.content {
    case .formula(var formula):
      if formula.isDisplay, !(isTop && context.isParagraph) {
        diagnostics.append(Diagnostic(at: formula.place, displayWithin, hints: [displayHint]))
        formula.isDisplay = false
        formula.label = nil
      }
      return .math(formula)
    case .number(let expression, let place): return .number(expression, at: place)
    case .reference(let reference): return .reference(reference)
    case .citation(let citation): return .citation(citation)
    case .footnote(let name, let place): return footnotes.mark(name, at: place)
    case .footnoteText: return .text("")
    }
  }

  /// The inlines of a text that was cut out of the source and stands for itself.
  ///
  /// A paragraph that starts with filler and a space is running text whatever follows.
  mutating func alone(_ range: Range<Int>, isCell: Bool) -> [Prose] {
    var bytes = [filler, Byte.space]
    bytes += mask.bytes[range].map { $0 == Byte.newline ? Byte.space : $0 }
    if bytes.contains(Byte.openBracket) { bytes += [Byte.newline, Byte.newline] + linkDefinitions }
    guard let paragraph = parsedMarkdown(bytes).children.first else { return [] }
    reportDepth(of: paragraph)
    return trimmed(inlines(paragraph.children, in: .alone(range.lowerBound, isCell: isCell)))
  }

  /// The source offset of a link or an image, as well as cmark knows it.
  func offset(of node: MarkNode, in context: InlineContext) -> Int {
    switch context {
    case .alone(let start, _): return min(start + max(0, node.startColumn - 1 - 2), source.bytes.count)
    case .paragraph(let leaf), .heading(let leaf):
      let offset = leaf.offset(line: node.startLine, column: node.startColumn)
      if let byte = source.bytes.byte(offset), [Byte.openBracket, Byte.exclamation, Byte.less].contains(byte) {
        return offset
      }
      // cmark loses count after some constructs that span lines.
      let url = mask.restored(node.url)
      let bytes = leaf.region.bytes
      let found = url.isEmpty ? nil : bytes.indices.first { bytes.hasBytes(url, at: $0) }
      return leaf.region.source(found ?? 0)
    }
  }
}

private let displayWithin = "a display formula stands within other text"
private let displayHint = "give it a paragraph of its own, or write ‘$…$’"
