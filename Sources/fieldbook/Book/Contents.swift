import Notebook
import Pages

extension BookFolder {
  /// The book as pages are made of it.
  var book: Book {
    var items: [ContentsItem] = []
    for item in contents.items {
      switch item {
      case .separator: items.append(.separator)
      case .part(let title, _): items.append(.part(title))
      case .chapter(let entry): place(contentsEntry(entry), under: entry.numbers, in: &items)
      }
    }
    return Book(title: settings.title, authors: settings.authors, language: settings.language, contents: items)
  }

  private func contentsEntry(_ entry: Contents.Entry) -> ContentsEntry {
    var chapter = entry.path.flatMap { chapters[$0] }
    if chapter?.title.isEmpty == true { chapter?.title = entry.title }
    return ContentsEntry(number: entry.numbers, title: entry.title, chapter: chapter)
  }
}

/// Puts chapter 2.1.3 under 2.1, which stands last under 2.
private func place(_ entry: ContentsEntry, under numbers: [Int], in items: inout [ContentsItem]) {
  guard numbers.count > 1, let last = items.lastIndex(where: { if case .chapter = $0 { true } else { false } }),
    case .chapter(var parent) = items[last]
  else { return items.append(.chapter(entry)) }
  place(entry, depth: numbers.count - 2, in: &parent.children)
  items[last] = .chapter(parent)
}

private func place(_ entry: ContentsEntry, depth: Int, in entries: inout [ContentsEntry]) {
  guard depth > 0, !entries.isEmpty else { return entries.append(entry) }
  place(entry, depth: depth - 1, in: &entries[entries.count - 1].children)
}
