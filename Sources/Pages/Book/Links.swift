public import Diagnostics
internal import Markup
internal import Notebook

/// What is wrong with the addresses of a book: links to chapters that have no page, two chapters on one page, and
/// pictures from other sites (a page requests nothing from outside).
///
/// Whether linked files exist is for the caller to say, who knows the disk.
public func checkLinks(_ book: Book) -> [Diagnostic] {
  let paths = SitePaths(book)
  var diagnostics: [Diagnostic] = []
  var chapterOfPage: [String: String] = [:]
  for chapter in book.chapters {
    if let page = paths.page(ofChapter: chapter.path) {
      if let other = chapterOfPage[page] { diagnostics.append(samePage(page, chapter.path, other)) }
      chapterOfPage[page] = chapter.path
    }
    for file in chapter.files {
      let path = file.path.prefix { $0 != "#" && $0 != "?" }
      guard isRelative(file.path), path.hasSuffix(".md") else { continue }
      if let target = resolve(String(path), against: chapter.path), paths.page(ofChapter: target) != nil { continue }
      diagnostics.append(noSuchChapter(file, in: chapter, of: book))
    }
    chapter.walk { prose in
      guard case .element(_, let attributes, _) = prose else { return }
      for attribute in attributes where loadingAttributes.contains(attribute.name) {
        guard let address = attribute.value, isElsewhere(address) else { continue }
        diagnostics.append(fromElsewhere(address, in: chapter))
      }
    }
  }
  return diagnostics
}

/// Attributes whose address a browser fetches by itself.
private let loadingAttributes: Set = ["src", "srcset", "poster", "data"]

private func isElsewhere(_ address: String) -> Bool {
  address.hasPrefix("//") || (address.contains("://") && !address.hasPrefix("file:"))
}

// MARK: Messages

private func samePage(_ page: String, _ chapter: String, _ other: String) -> Diagnostic {
  Diagnostic(at: nil, "the chapters \(other) and \(chapter) would both be \(page)", hints: ["rename one of them"])
}

private func noSuchChapter(_ file: LinkedFile, in chapter: Chapter, of book: Book) -> Diagnostic {
  let addresses = book.chapters.map { SitePaths.address(of: $0.path, from: chapter.path) }
  let near = nearestSpelling(of: file.path, among: addresses)
  return Diagnostic(
    at: file.place, "the book has no chapter ‘\(file.path)’", hints: near.map { ["did you mean ‘\($0)’?"] } ?? [])
}

private func fromElsewhere(_ address: String, in chapter: Chapter) -> Diagnostic {
  Diagnostic(
    at: chapter.files.first { $0.path == address }?.place,
    "\(chapter.path) loads \(address) from another site",
    hints: ["put a copy beside the chapter and name that"])
}
