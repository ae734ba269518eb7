public import Notebook

/// A book as `Pages` needs it: its names, and its contents with the parsed chapters in them.
public struct Book: Sendable, Hashable {
  public var title: String
  public var authors: [String]
  /// A BCP 47 tag for the `lang` attribute: `en`, `de-CH`.
  public var language: String
  public var contents: [ContentsItem]

  public init(title: String, authors: [String] = [], language: String = "en", contents: [ContentsItem]) {
    self.title = title
    self.authors = authors
    self.language = language
    self.contents = contents
  }

  /// All entries in reading order, parents before their children.
  public var entries: [ContentsEntry] { contents.flatMap(\.entries) }

  /// The chapters that have a page, in reading order.
  public var chapters: [Chapter] { published.compactMap(\.chapter) }

  /// The entries that have a page: drafts have none, and a file that is listed twice has one.
  var published: [ContentsEntry] {
    var seen: Set<String> = []
    return entries.filter { entry in
      guard let chapter = entry.chapter, !entry.isDraft else { return false }
      return seen.insert(chapter.path).inserted
    }
  }
}

/// A line of the table of contents.
public indirect enum ContentsItem: Sendable, Hashable {
  /// The title of a part: it stands above the chapters that follow.
  case part(String)
  case separator
  case chapter(ContentsEntry)

  var entries: [ContentsEntry] {
    if case .chapter(let entry) = self { entry.andBelow } else { [] }
  }
}

/// A chapter in the table of contents.
public struct ContentsEntry: Sendable, Hashable {
  /// `[1, 2]` for chapter 1.2; empty for a prefix or suffix chapter.
  public var number: [Int]
  /// As the table of contents calls it.
  public var title: String
  /// What is on its page; `nil` for a chapter that is only announced.
  public var chapter: Chapter?
  public var children: [ContentsEntry]

  public init(number: [Int] = [], title: String, chapter: Chapter?, children: [ContentsEntry] = []) {
    self.number = number
    self.title = title
    self.chapter = chapter
    self.children = children
  }

  /// Announced but not shown: without a file, or a draft by its front matter.
  public var isDraft: Bool { chapter?.isDraft ?? true }

  /// `1.2`, or nothing.
  public var numberText: String { number.map(String.init).joined(separator: ".") }

  var andBelow: [ContentsEntry] { [self] + children.flatMap(\.andBelow) }
}
