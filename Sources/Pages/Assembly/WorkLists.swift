internal import Markup
internal import Notebook

extension Typesetter {
  /// `(Li et al. 2018, section 3; Xiao 2017)`, or `Li et al. (2018)` as a part of the sentence.
  func citation(_ citation: Citation) -> Node {
    let links = citation.items.map { item -> Node in
      guard let work = citations[item.key] else { return .empty }
      let authors = item.isYearOnly ? "" : work.authorLabel + " "
      return link(item, citation.isInText ? "\(authors)(\(work.yearLabel))" : authors + work.yearLabel)
    }
    // Where there is no bibliography, an @ is an @.
    if links.contains(.empty) { return .text(citation.written) }
    if citation.isInText { return links[0] }
    let parts = zip(citation.items, links).map { Node.fragment([.text($0.prefix), $1, .text($0.suffix)]) }
    return .fragment(["("] + parts.joined(by: "; ") + [")"])
  }

  private func link(_ item: Citation.Item, _ text: String) -> Node {
    var attributes = [
      Attribute("class", "citation"), Attribute("role", "doc-biblioref"), Attribute("href", "#ref-\(item.key)"),
    ]
    if citations.firstPlace(of: item.key, in: chapter.path) == item.place {
      attributes.append(Attribute("id", "cite-\(item.key)"))
    }
    return .element("a", attributes, [.text(text)])
  }

  /// What the page cites, unless it has the list of all works anyway.
  private var cited: [Work] {
    if citations.hasList(chapter.path) { return [] }
    return citations.works.filter { citations.firstPlace(of: $0.key, in: chapter.path) != nil }
  }

  /// Whether a list of works stands at the end of the page.
  var listsWorks: Bool { !cited.isEmpty }

  /// The works that the page cites, at its end.
  var listOfWorks: Node {
    let works = cited
    if works.isEmpty { return .empty }
    return .tag(
      "section", ["class": "works", "role": "doc-bibliography", "aria-labelledby": worksID],
      .tag("h2", ["id": worksID], .text(worksTitle)),
      list(works) { work in
        .tag("a", ["href": "#cite-\(work.key)", "role": "doc-backlink", "aria-label": "Back to the text"], "↩")
      })
  }

  /// All works of the book, each with the chapters that cite it.
  var listOfAllWorks: Node {
    .tag("section", ["class": "works", "role": "doc-bibliography"], list(citations.works, after: citingChapters))
  }

  private func citingChapters(_ work: Work) -> Node {
    let links = citations.mentions(of: work.key).compactMap { mention -> Node? in
      guard let other = paths.page(ofChapter: mention.chapter) else { return nil }
      let address = (other == page ? "" : SitePaths.address(of: other, from: page)) + "#cite-\(work.key)"
      let text = mention.entry.number.map { "Chapter\u{A0}\($0)" } ?? mention.entry.title
      return .tag("a", ["href": address, "title": mention.entry.title], .text(text))
    }
    return links.isEmpty ? .empty : .tag("span", ["class": "cited-in"], ["Cited in "] + links.joined(by: ", ") + ["."])
  }

  private func list(_ works: [Work], after: (Work) -> Node) -> Node {
    .tag(
      "ul", [:],
      works.map { work in
        let entry = Node.fragment(workEntry(work) + [" ", after(work)])
        return .tag("li", ["id": "ref-\(work.key)", "role": "doc-biblioentry"], entry)
      })
  }
}

/// The list's title has an id that no heading can have.
let worksID = "page.works"
let worksTitle = "References"

extension [Node] {
  fileprivate func joined(by separator: String) -> [Node] { Array(map { [$0] }.joined(separator: [.text(separator)])) }
}
