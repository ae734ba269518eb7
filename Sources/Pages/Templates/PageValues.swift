internal import Notebook

/// What a page gives to its template, as Mustache wants it: text, truth values and lists.
///
/// What may be missing is a list of none or one, and every name is always there, so that no lookup climbs to an outer
/// value of the same name.
struct PageValues {
  var book: Book
  var page: String
  var entry: Contents.Entry
  var heading: String
  var headingID: String?
  var title: String
  var notice: String?
  var content: String
  var outline: [OutlineItem]
  var previous: Contents.Entry?
  var next: Contents.Entry?
  var paths: SitePaths

  var values: [String: Any] {
    [
      "root": SitePaths.root(of: page),
      "language": book.language,
      "book-title": book.title,
      "authors": optional(book.authors.joined(separator: ", ")),
      "home": address(of: book.published.first?.entry) ?? "",
      "title": title,
      "number": optional(entry.number),
      "heading": heading,
      "heading-id": optional(headingID),
      "notice": optional(notice),
      "content": content,
      "previous": neighbour(previous),
      "next": neighbour(next),
      "sidebar": sidebar(book.contents.items[...]),
      "outline": outline.map(outlineItem),
      "has-outline": outline.count > 1,
    ]
  }

  private func neighbour(_ entry: Contents.Entry?) -> [[String: Any]] {
    guard let entry, let url = address(of: entry) else { return [] }
    return [["url": url, "title": entry.title, "number": optional(entry.number)]]
  }

  /// The lines of the table of contents, each chapter with those that its number is the start of.
  private func sidebar(_ items: ArraySlice<Contents.Item>) -> [[String: Any]] {
    var lines: [[String: Any]] = []
    var rest = items
    while let item = rest.popFirst() {
      switch item {
      case .part(let title, _): lines.append(sidebarItem("is-part", ["title": title]))
      case .separator: lines.append(sidebarItem("is-separator", [:]))
      case .chapter(let entry):
        let below = rest.prefix { other in
          guard case .chapter(let other) = other, !entry.numbers.isEmpty else { return false }
          return other.numbers.count > entry.numbers.count && other.numbers.starts(with: entry.numbers)
        }
        rest = rest.dropFirst(below.count)
        lines.append(chapterItem(entry, children: sidebar(below)))
      }
    }
    return lines
  }

  private func chapterItem(_ entry: Contents.Entry, children: [[String: Any]]) -> [String: Any] {
    let url = address(of: entry)
    return sidebarItem(
      "is-chapter",
      [
        "title": entry.title,
        "number": optional(entry.number),
        "url": url ?? "",
        "is-draft": url == nil,
        "is-current": url != nil && entry.path == self.entry.path,
        "has-children": !children.isEmpty,
        "children": children,
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

  private func address(of entry: Contents.Entry?) -> String? {
    guard let path = entry?.path, let target = paths.page(ofChapter: path) else { return nil }
    return SitePaths.address(of: target, from: page)
  }
}

private func optional(_ text: String?) -> [String] { text.map { $0.isEmpty ? [] : [$0] } ?? [] }
