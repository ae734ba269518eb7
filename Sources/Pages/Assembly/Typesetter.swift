public import Markup
public import Notebook

/// Makes HTML of the prose of one page: fills its holes and writes its addresses as the page needs them.
public struct Typesetter {
  /// The page's path from the site's folder.
  public let page: String
  let chapter: Chapter
  let paths: SitePaths
  let references: CrossReferences
  let citations: Citations
  let math: RenderedMath
  let computed: Computed

  /// What leads from the page to the site's folder: `../`.
  public var root: String { SitePaths.root(of: page) }

  /// Prose as nodes: what the chapter says, or a caption.
  public func node(_ prose: [Prose]) -> Node { .fragment(nodes(prose)) }

  func node(_ prose: Prose) -> Node {
    switch prose {
    case .element(let name, let attributes, let children): element(name, attributes, children)
    case .text(let text): .text(text)
    case .html(let html): .raw(html)
    case .math(let formula): equation(formula)
    case .number(let expression, let place): computed.number(expression, place)
    case .reference(let reference): link(reference)
    case .citation(let citation): self.citation(citation)
    case .bibliography: listOfAllWorks
    case .fence(let fence): computed.fence(fence, self)
    case .code(let language, let text): code(language, text)
    }
  }

  /// Prose without links and ids, for text that is a link itself.
  func nodeWithoutLinks(_ prose: [Prose]) -> Node { withoutLinks(node(prose)) }

  private func element(_ name: String, _ attributes: [Attribute], _ children: [Prose]) -> Node {
    let attributes = attributes.map { attribute in
      guard let value = attribute.value, ["href", "src"].contains(attribute.name) else { return attribute }
      return Attribute(attribute.name, paths.address(value, in: chapter))
    }
    switch name {
    case "h1": return heading("h2", attributes, children)
    case "h2", "h3", "h4": return heading(name, attributes, children)
    case "blockquote":
      guard let callout = Callout(children) else { break }
      return .tag(
        "aside", ["class": "callout callout-\(callout.name)"],
        .tag("p", ["class": "callout-title"], .text(callout.title)), node(callout.content))
    default: break
    }
    return .element(name, attributes, nodes(children))
  }

  /// Pieces in a row. A formula or number keeps the punctuation that follows it on its line.
  private func nodes(_ prose: [Prose]) -> [Node] {
    var nodes: [Node] = []
    var rest = prose[...]
    while let piece = rest.popFirst() {
      guard piece.isInlineHole, case .text(let text)? = rest.first else {
        nodes.append(node(piece))
        continue
      }
      let mark = text.prefix { ",.;:!?)]’”".contains($0) }
      guard !mark.isEmpty else {
        nodes.append(node(piece))
        continue
      }
      rest[rest.startIndex] = .text(String(text[mark.endIndex...]))
      nodes.append(.tag("span", ["class": "glued"], node(piece), .text(String(mark))))
    }
    return nodes
  }

  /// A heading with its address to copy, for the mouse.
  private func heading(_ name: String, _ attributes: [Attribute], _ children: [Prose]) -> Node {
    let title = nodes(children)
    guard let id = attributes.first(where: { $0.name == "id" })?.value else { return .element(name, attributes, title) }
    let anchor = Node.tag("a", ["class": "anchor", "href": "#\(id)", "aria-hidden": "true", "tabindex": "-1"], "#")
    return .element(name, attributes, title + [anchor])
  }

  /// A display formula is a span, for it may stand in running text.
  private func equation(_ formula: Formula) -> Node {
    let html = Node.raw(math[formula] ?? escaped(formula.tex))
    guard formula.isDisplay else { return html }
    let body = Node.tag("span", ["class": "equation-body"], html)
    guard let label = formula.label, let number = references.number(of: label) else {
      return .tag("span", ["class": "equation"], body)
    }
    return .tag(
      "span", ["class": "equation", "id": label], body,
      .tag("span", ["class": "equation-number"], .text("(\(number))")))
  }

  private func link(_ reference: CrossReference) -> Node {
    guard let target = references[reference.label], let other = paths.page(ofChapter: target.chapter) else {
      return .text("@\(reference.label)")
    }
    let address = other == page ? "" : SitePaths.address(of: other, from: page)
    let text: Node = target.title.isEmpty ? .text(target.text) : .fragment(["“", nodeWithoutLinks(target.title), "”"])
    return .tag("a", ["class": "reference", "href": "\(address)#\(target.anchor)"], text)
  }

  private func code(_ language: String, _ text: String) -> Node {
    let attributes = language.isEmpty ? [] : [Attribute("class", "language-\(language)")]
    return .tag("pre", ["tabindex": "0"], .element("code", attributes, [.text(text)]))
  }
}

extension Prose {
  /// Whether this is set as a box that a line could break behind.
  fileprivate var isInlineHole: Bool {
    switch self {
    case .math(let formula): !formula.isDisplay
    case .number: true
    default: false
    }
  }
}

private func withoutLinks(_ node: Node) -> Node {
  switch node {
  case .element("a", _, let children): .fragment(children.map(withoutLinks))
  case .element(let name, let attributes, let children):
    .element(name, attributes.filter { $0.name != "id" }, children.map(withoutLinks))
  case .fragment(let children): .fragment(children.map(withoutLinks))
  case .text, .raw: node
  }
}
