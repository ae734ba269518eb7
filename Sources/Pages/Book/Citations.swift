public import Diagnostics
public import Notebook

/// Which works of the book's bibliography are cited where.
public struct Citations: Sendable, Hashable {
  /// A chapter that cites a work.
  struct Mention: Sendable, Hashable {
    var entry: Contents.Entry
    /// The chapter's path, and its first citation of the work.
    var chapter: String
    var place: Place
  }

  private let bibliography: Bibliography
  /// Chapters in reading order, by key.
  private var mentions: [String: [Mention]] = [:]
  /// Chapters that have the list of all works.
  private var lists: Set<String> = []

  /// The work of a key, if the bibliography has one.
  public subscript(key: String) -> Work? { bibliography[key] }

  /// All works of the book, in the order of a list.
  var works: [Work] { bibliography.works }

  /// The chapters that cite a work, in reading order.
  func mentions(of key: String) -> [Mention] { mentions[key] ?? [] }

  /// A chapter's first citation of a work.
  func firstPlace(of key: String, in chapter: String) -> Place? {
    mentions[key]?.first { $0.chapter == chapter }?.place
  }

  /// Whether the list of all works stands in a chapter.
  func hasList(_ chapter: String) -> Bool { lists.contains(chapter) }

  /// Collects the citations of a book and checks every key.
  ///
  /// - Parameters:
  ///   - views: the figures and tables of each chapter, by chapter path: their captions may cite.
  ///   - references: the book's labels, which a key may have been meant for.
  /// - Returns: the citations; and what is wrong: an unknown key, a citation in a book without a bibliography, a second
  ///   list of works in a chapter, and (a warning) a work that no chapter cites.
  public static func collect(
    _ book: Book, views: [String: [LabelledView]], references: CrossReferences
  ) -> (Citations, [Diagnostic]) {
    var citations = Citations(bibliography: book.bibliography ?? Bibliography())
    var diagnostics: [Diagnostic] = []
    let known = citations.works.map(\.key) + references.labels
    for (entry, chapter) in book.published {
      let prose = chapter.body + (views[chapter.path] ?? []).flatMap(\.caption)
      guard book.bibliography != nil else {
        diagnostics += prose.bracketedCitations.map(noBibliography)
        continue
      }
      for item in prose.citations {
        if citations[item.key] == nil {
          if citations.bibliography.isWhole { diagnostics.append(unknownKey(item, among: known)) }
        } else if citations.firstPlace(of: item.key, in: chapter.path) == nil {
          let mention = Mention(entry: entry, chapter: chapter.path, place: item.place)
          citations.mentions[item.key, default: []].append(mention)
        }
      }
      for place in prose.listsOfWorks where !citations.lists.insert(chapter.path).inserted {
        diagnostics.append(Diagnostic(at: place, secondList))
      }
    }
    diagnostics += citations.works.filter { citations.mentions[$0.key] == nil }.map(uncited)
    return (citations, diagnostics)
  }

  private init(bibliography: Bibliography) { self.bibliography = bibliography }
}

extension Sequence<Prose> {
  fileprivate var listsOfWorks: [Place] { fold([]) { if case .bibliography(let place) = $1 { $0.append(place) } } }

  /// Where a bibliography is needed: `@name` alone may be anything in a book that has none.
  fileprivate var bracketedCitations: [Place] {
    fold(listsOfWorks) {
      if case .citation(let citation) = $1, !citation.isInText { $0.append(citation.items[0].place) }
    }
  }
}

// MARK: Messages

private func unknownKey(_ item: Citation.Item, among known: [String]) -> Diagnostic {
  let near = nearestSpelling(of: item.key, among: known)
  return Diagnostic(
    at: item.place, "the bibliography has no work ‘\(item.key)’",
    hints: [near.map { "did you mean ‘@\($0)’?" } ?? "an @ that means itself is written ‘\\@’"])
}

private func noBibliography(at place: Place) -> Diagnostic {
  Diagnostic(at: place, "the book has no bibliography", hints: ["book.yml names one: ‘bibliography: references.bib’"])
}

private func uncited(_ work: Work) -> Diagnostic {
  Diagnostic(.warning, at: work.place, "no chapter cites ‘\(work.key)’")
}

private let secondList = "the list of all works stands in this chapter already"
