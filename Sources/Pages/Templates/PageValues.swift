internal import Notebook

/// What a page gives to its template, as Mustache wants it: text, truth values and lists.
///
/// What may be missing is a list of none or one, and every name is always there, so that no lookup climbs to an outer
/// value of the same name.
struct PageValues {
  var book: Book
  var page: String
  var entry: ContentsEntry
  var heading: String
  var headingID: String?
  var title: String
  var notice: String?
  var content: String
  var outline: [OutlineItem]
  var previous: ContentsEntry?
  var next: ContentsEntry?
  var paths: SitePaths

  var values: [String: Any] {
    [
      "root": SitePaths.root(of: page),
      "language": book.language,
      "book-title": book.title,
      "authors": optional(book.authors.joined(separator: ", ")),
      "home": address(of: book.published.first) ?? "",
      "title": title,
      "number": optional(entry.numberText),
      "heading": heading,
      "heading-id": optional(headingID),
      "notice": optional(notice),
      "content": content,
      "previous": neighbour(previous),
      "next": neighbour(next),
      "sidebar": book.contents.map(item),
      "outline": outline.map(outlineItem),
      "has-outline": outline.count > 1,
    ]
  }

  private func neighbour(_ entry: ContentsEntry?) -> [[String: Any]] {
    guard let entry, let url = address(of: entry) else { return [] }
    return [["url": url, "title": entry.title, "number": optional(entry.numberText)]]
  }

  private func item(_ item: ContentsItem) -> [String: Any] {
    switch item {
    case .part(let title): sidebarItem("is-part", ["title": title])
    case .separator: sidebarItem("is-separator", [:])
    case .chapter(let entry): chapterItem(entry)
    }
  }

  private func chapterItem(_ entry: ContentsEntry) -> [String: Any] {
    let url = address(of: entry)
    return sidebarItem(
      "is-chapter",
      [
        "title": entry.title,
        "number": optional(entry.numberText),
        "url": url ?? "",
        "is-draft": url == nil,
        "is-current": url != nil && entry.chapter?.path == self.entry.chapter?.path,
        "has-children": !entry.children.isEmpty,
        "children": entry.children.map(chapterItem),
      ])
  }

  private func sidebarItem(_ kind: String, _ values: [String: Any]) -> [String: Any] {
    var item: [String: Any] = [
      "is-part": false, "is-separator": false, "is-chapter": false, "is-draft": false, "is-current": false,
      "has-children": false, "title": "", "url": "", "number": [String](), "children": [[String: Any]](),
    ]
    item[kind] = true
    return item.merging(values) { $1 }
  }

  private func outlineItem(_ item: OutlineItem) -> [String: Any] {
    [
      "id": item.id, "title": item.title, "has-children": !item.children.isEmpty,
      "children": item.children.map(outlineItem),
    ]
  }

  private func address(of entry: ContentsEntry?) -> String? {
    guard let path = entry?.chapter?.path, let target = paths.page(ofChapter: path) else { return nil }
    return SitePaths.address(of: target, from: page)
  }
}

private func optional(_ text: String?) -> [String] { text.map { $0.isEmpty ? [] : [$0] } ?? [] }
