internal import Markup
internal import Notebook

/// A file of the site: where it goes (from the site's folder, with `/`), and its text.
public struct Page: Sendable, Hashable {
  public var path: String
  public var text: String

  public init(path: String, text: String) {
    self.path = path
    self.text = text
  }
}

/// Makes the pages of a book, one a chapter, in reading order.
///
/// The same book, templates and computed nodes always give the same bytes.
///
/// - Parameters:
///   - references: from `CrossReferences.collect`.
///   - math: from `renderMath`.
///   - computed: what fills the holes.
public func renderPages(
  _ book: Book, references: CrossReferences, math: RenderedMath, templates: Templates, computed: Computed
) -> [Page] {
  let paths = SitePaths(book)
  let entries = book.published
  return entries.indices.compactMap { index in
    guard let chapter = entries[index].chapter, let path = paths.page(ofChapter: chapter.path) else { return nil }
    let nodes = ProseNodes(
      chapter: chapter.path, page: path, paths: paths, references: references, math: math, computed: computed)
    let opening = opening(of: chapter, nodes)
    let values = PageValues(
      book: book, page: path, entry: entries[index], heading: opening.heading, headingID: opening.id,
      title: opening.title, notice: computed.notice(chapter),
      content: nodes.nodes(opening.rest).map { $0.rendered() }.joined(),
      outline: outline(of: chapter, nodes),
      previous: index > 0 ? entries[index - 1] : nil,
      next: index + 1 < entries.count ? entries[index + 1] : nil, paths: paths)
    return Page(path: path, text: templates.page(values.values))
  }
}

/// A chapter's title, taken out of its body so that the page has one heading of level 1.
private func opening(
  of chapter: Chapter, _ nodes: ProseNodes
) -> (heading: String, id: String?, title: String, rest: [Prose]) {
  for (index, prose) in chapter.body.enumerated() {
    guard case .element("h1", let attributes, let children) = prose else { continue }
    var rest = chapter.body
    rest.remove(at: index)
    return (
      nodes.nodes(children).map { $0.rendered() }.joined(), attributes.first { $0.name == "id" }?.value, chapter.title,
      rest
    )
  }
  return (escaped(chapter.title), nil, chapter.title, chapter.body)
}
