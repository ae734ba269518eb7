/// A node of the CommonMark tree: a block or an inline, with its position in the text as cmark counts it.
///
/// Blocks' positions are exact; those of inlines are only where cmark thinks they are (see `Leaf.offset`).
struct MarkNode {
  enum Kind: Equatable {
    case document, blockQuote
    /// `start` is `nil` for a bullet list; a tight list writes its items without paragraphs.
    case list(start: Int?, isTight: Bool)
    case item, codeBlock, htmlBlock, paragraph
    case heading(Int)
    case thematicBreak
    case text, softBreak, lineBreak, code, html, emphasis, strong, link, image
  }

  /// How many levels of nesting are read.
  static let deepest = 64

  var kind: Kind
  /// The text of a leaf: a text run, code, raw HTML.
  var literal = ""
  /// Of a link or an image.
  var url = ""
  var title = ""
  /// What follows the opening of a fence.
  var info = ""
  /// 1-based lines; columns are 1-based and count bytes.
  var startLine = 0
  var startColumn = 0
  var endLine = 0
  var children: [MarkNode] = []
  /// Whether the node has children that were left out because they lie too deep.
  var isCutOff = false
}
