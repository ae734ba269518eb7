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
///   - citations: from `Citations.collect`.
///   - math: from `renderMath`.
///   - computed: what fills the holes.
public func renderPages(
  _ book: Book, references: CrossReferences, citations: Citations, math: RenderedMath, templates: Templates,
  computed: Computed
) -> [Page] {
  let paths = SitePaths(book)
  let published = book.published
  return published.indices.compactMap { index in
    let (entry, chapter) = published[index]
    guard let path = paths.page(ofChapter: chapter.path) else { return nil }
    let typesetter = Typesetter(
      page: path, chapter: chapter, paths: paths, references: references, citations: citations, math: math,
      computed: computed)
    let (heading, id, rest) = opening(of: chapter, entry, typesetter)
    let values = PageValues(
      book: book, page: path, entry: entry, heading: heading, headingID: id,
      title: chapter.title.isEmpty ? entry.title : chapter.title, notice: computed.notice(chapter),
      content: (rest.map(typesetter.node) + [typesetter.listOfWorks]).map { $0.rendered() }.joined(separator: "\n"),
      outline: outline(of: chapter, typesetter),
      previous: index > 0 ? published[index - 1].entry : nil,
      next: index + 1 < published.count ? published[index + 1].entry : nil, paths: paths)
    return Page(path: path, text: templates.page(values.values))
  }
}

/// A chapter's title and its id, taken out of its body so that the page has one heading of level 1.
private func opening(
  of chapter: Chapter, _ entry: Contents.Entry, _ typesetter: Typesetter
) -> (heading: String, id: String?, rest: [Prose]) {
  var rest = chapter.body
  for (index, prose) in chapter.body.enumerated() {
    guard case .element("h1", let attributes, let title) = prose else { continue }
    rest.remove(at: index)
    return (typesetter.node(title).rendered(), attributes.first { $0.name == "id" }?.value, rest)
  }
  return (escaped(chapter.title.isEmpty ? entry.title : chapter.title), nil, rest)
}
