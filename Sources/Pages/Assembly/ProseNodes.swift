internal import Markup
internal import Notebook

/// Fills the holes of one chapter's prose: prose in, HTML nodes out.
struct ProseNodes {
  let chapter: String
  let page: String
  let paths: SitePaths
  let references: CrossReferences
  let math: RenderedMath
  let computed: Computed

  func nodes(_ prose: [Prose]) -> [Node] { prose.map(node) }

  func node(_ prose: Prose) -> Node {
    switch prose {
    case .element(let name, let attributes, let children): element(name, attributes, children)
    case .text(let text): .text(text)
    case .html(let html): .raw(html)
    case .math(let formula): equation(formula)
    case .number(let expression, let place): computed.number(expression, place)
    case .reference(let reference): link(reference)
    case .fence(let fence): computed.fence(fence, SitePaths.root(of: page))
    case .code(let language, let text): code(language, text)
    }
  }

  /// The same without links and anchors: for a heading's text inside a link.
  func nodesWithoutLinks(_ prose: [Prose]) -> [Node] { nodes(prose).map(withoutLinks) }

  private func element(_ name: String, _ attributes: [Attribute], _ children: [Prose]) -> Node {
    let attributes = attributes.map { attribute in
      guard let value = attribute.value, ["href", "src", "poster"].contains(attribute.name) else { return attribute }
      return Attribute(attribute.name, paths.address(value, in: chapter))
    }
    let inner = nodes(children)
    switch name {
    case "table": return .tag("div", ["class": "wide"], .element(name, attributes, inner))
    case "h1": return heading("h2", attributes, inner)
    case "h2", "h3", "h4": return heading(name, attributes, inner)
    default: return .element(name, attributes, inner)
    }
  }

  /// A heading with an address of its own to copy, for the mouse.
  private func heading(_ name: String, _ attributes: [Attribute], _ inner: [Node]) -> Node {
    guard let id = attributes.first(where: { $0.name == "id" })?.value else { return .element(name, attributes, inner) }
    let anchor = Node.tag("a", ["class": "anchor", "href": "#\(id)", "aria-hidden": "true", "tabindex": "-1"], "#")
    return .element(name, attributes, inner + [anchor])
  }

  /// A display formula stands in a span, for it may stand within a paragraph.
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
    let text = target.title.isEmpty
      ? [.text(target.text)] : [.text("“")] + nodesWithoutLinks(target.title) + [.text("”")]
    return .tag("a", ["class": "reference", "href": "\(address)#\(target.anchor)"], text)
  }

  private func code(_ language: String, _ text: String) -> Node {
    .tag(
      "pre", [:],
      language.isEmpty
        ? .tag("code", [:], .text(text)) : .tag("code", ["class": "language-\(language)"], .text(text)))
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
