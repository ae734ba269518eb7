public import Notebook

/// A book as `Pages` needs it: its names, its table of contents, and its parsed chapters.
public struct Book: Sendable, Hashable {
  public var title: String
  public var authors: [String]
  /// A BCP 47 tag for the `lang` attribute: `en`, `de-CH`.
  public var language: String
  public var contents: Contents
  /// The works that chapters may cite, if the book names a file of them.
  public var bibliography: Bibliography?
  /// The chapters by path (`init/what.md`); one that the contents name and that is missing here counts as a draft.
  public private(set) var chapterOfPath: [String: Chapter]

  public init(
    title: String, authors: [String] = [], language: String = "en", contents: Contents,
    bibliography: Bibliography? = nil, chapters: [Chapter]
  ) {
    self.title = title
    self.authors = authors
    self.language = language
    self.contents = contents
    self.bibliography = bibliography
    chapterOfPath = Dictionary(chapters.map { ($0.path, $0) }) { first, _ in first }
  }

  /// The chapters that have a page, in reading order: drafts have none.
  public var chapters: [Chapter] { published.map(\.chapter) }

  /// All formulas of these chapters in reading order; those in captions are the caller's.
  public var formulas: [Formula] { chapters.flatMap(\.body.formulas) }

  /// The chapters that have a page, with their entries in the table of contents.
  var published: [(entry: Contents.Entry, chapter: Chapter)] {
    var seen: Set<String> = []
    return contents.chapters.compactMap { entry in
      guard let chapter = chapter(of: entry), seen.insert(chapter.path).inserted else { return nil }
      return (entry, chapter)
    }
  }

  /// What is on the page of an entry; `nil` for a draft.
  func chapter(of entry: Contents.Entry) -> Chapter? {
    guard let path = entry.path, let chapter = chapterOfPath[path], !chapter.isDraft else { return nil }
    return chapter
  }
}
