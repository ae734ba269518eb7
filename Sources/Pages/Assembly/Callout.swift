internal import Notebook

/// A block quotation that begins with `[!NOTE]` on a line of its own, as GitHub has it.
struct Callout {
  /// `note`, for the style sheet.
  var name: String
  var title: String
  var content: [Prose]

  /// The callout that a quotation's content is, if it is one.
  init?(_ quotation: [Prose]) {
    guard case .element("p", let attributes, let children)? = quotation.first, case .text(let opening)? = children.first
    else { return nil }
    let name = calloutNames.first { opening.uppercased().hasPrefix("[!\($0.uppercased())]") }
    guard let name else { return nil }
    let rest = opening.dropFirst(name.count + 3)
    // What follows in the same line would be a title that GitHub does not know.
    guard rest.isEmpty || rest.first?.isNewline == true else { return nil }
    let remaining = trimmedStart([.text(String(rest))] + children.dropFirst())
    self.name = name
    title = name.prefix(1).uppercased() + name.dropFirst()
    content = (remaining.isEmpty ? [] : [.element("p", attributes, remaining)]) + quotation.dropFirst()
  }
}

private let calloutNames = ["note", "tip", "important", "warning", "caution"]

/// Without the blanks and line breaks that it starts with.
private func trimmedStart(_ prose: [Prose]) -> [Prose] {
  var rest = prose[...]
  while let first = rest.first {
    switch first {
    case .text(let text):
      let kept = text.drop { $0.isWhitespace }
      rest.removeFirst()
      if !kept.isEmpty { return [.text(String(kept))] + rest }
    case .element("br", _, _): rest.removeFirst()
    default: return Array(rest)
    }
  }
  return []
}
