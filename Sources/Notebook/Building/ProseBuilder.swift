import Diagnostics
import Markup

/// Turns cmark's tree into prose and collects what a chapter must know about itself on the way.
struct ProseBuilder {
  let lifted: Lifted
  var diagnostics: [Diagnostic]
  var headings: [Heading] = []
  var files: [LinkedFile] = []
  var links: [LinkedFile] = []
  var footnotes: Footnotes
  /// Whether the block just read was a footnote's text.
  var endsInFootnote = false
  /// The ids of headings so far.
  var ids: Set<String> = []
  /// The lines that define link labels, for the cells of tables, which are parsed each alone.
  private(set) lazy var linkDefinitions: [UInt8] = lifted.linkDefinitions

  init(_ lifted: Lifted) {
    self.lifted = lifted
    diagnostics = lifted.diagnostics
    footnotes = Footnotes(lifted.mask.holes)
  }

  var source: SourceText { lifted.source }
  var mask: Mask { lifted.mask }

  /// The whole text with its footnotes at the end.
  mutating func body() -> [Prose] {
    let prose = blocks(lifted.tree.children, in: Container())
    reportDepth(of: lifted.tree)
    footnotes.reportUnused()
    diagnostics += footnotes.diagnostics
    return prose + footnotes.section
  }

  /// Where a block stands: in how many quotes, and whether in an item of a tight list.
  struct Container {
    var quotes = 0
    var isTight = false
  }

  mutating func report(_ offset: Int, _ message: String, hints: [String] = [], _ severity: Diagnostic.Severity = .error)
  {
    diagnostics.append(Diagnostic(severity, at: source.place(offset), message, hints: hints))
  }

  /// The offset of a block's first character.
  func offset(of node: MarkNode) -> Int {
    let line = source.line(min(max(0, node.startLine - 1), source.lineCount - 1))
    return min(line.lowerBound + max(0, node.startColumn - 1), line.upperBound)
  }

  mutating func reportDepth(of node: MarkNode) {
    if node.isCutOff {
      report(offset(of: node), tooDeep)
    } else {
      for child in node.children { reportDepth(of: child) }
    }
  }
}

private let tooDeep = "nested more than \(MarkNode.deepest) levels deep"
