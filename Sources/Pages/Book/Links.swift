public import Diagnostics
internal import Notebook

/// What is wrong with the links between chapters: one that has no page, a place that is not there (a warning, for HTML
/// in a chapter may make places); and two chapters that would be one page.
///
/// Whether other linked files exist is for the caller to say, who knows the disk.
public func checkLinks(_ book: Book, _ references: CrossReferences) -> [Diagnostic] {
  let paths = SitePaths(book)
  var diagnostics: [Diagnostic] = []
  var chapterOfPage: [String: String] = [:]
  for chapter in book.chapters {
    if let page = paths.page(ofChapter: chapter.path) {
      if let other = chapterOfPage[page] { diagnostics.append(samePage(page, chapter.path, other)) }
      chapterOfPage[page] = chapter.path
    }
    for link in chapter.links {
      let path = chapter.bookPath(link.path)
      guard paths.page(ofChapter: path) != nil, let target = book.chapterOfPath[path] else {
        diagnostics.append(noSuchChapter(link, in: chapter, of: book))
        continue
      }
      let anchors = references.anchors(of: target)
      if let anchor = link.anchor, !anchors.contains(anchor) {
        diagnostics.append(noSuchPlace(anchor, link, among: anchors))
      }
    }
  }
  return diagnostics
}

// MARK: Messages

private func samePage(_ page: String, _ chapter: String, _ other: String) -> Diagnostic {
  Diagnostic(at: nil, "the chapters \(other) and \(chapter) would both be \(page)", hints: ["rename one of them"])
}

private func noSuchChapter(_ link: LinkedFile, in chapter: Chapter, of book: Book) -> Diagnostic {
  if let entry = book.contents.chapters.first(where: { $0.path == chapter.bookPath(link.path) }) {
    return Diagnostic(at: link.place, "the chapter ‘\(entry.title)’ is a draft, so it has no page to link to")
  }
  let near = nearestSpelling(
    of: link.path, among: book.chapters.map { SitePaths.address(of: $0.path, from: chapter.path) })
  return Diagnostic(
    at: link.place, "the book has no chapter ‘\(link.path)’", hints: near.map { ["did you mean ‘\($0)’?"] } ?? [])
}

private func noSuchPlace(_ anchor: String, _ link: LinkedFile, among anchors: [String]) -> Diagnostic {
  let near = nearestSpelling(of: anchor, among: anchors)
  return Diagnostic(
    .warning, at: link.place, "nothing in ‘\(link.path)’ is called ‘#\(anchor)’",
    hints: near.map { ["did you mean ‘#\($0)’?"] } ?? [])
}
