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

/// `Li, Hao, and others (2018a). Title. Journal 31(2), 100–120. doi:…`
func workEntry(_ work: Work) -> [Node] {
  var nodes: [Node] = [.text("\(names(of: work)) (\(work.yearLabel)). ")]
  let isWhole = work.venue["journal"] == nil && work.venue["booktitle"] == nil
  let isBook = ["book", "booklet", "phdthesis", "mastersthesis", "thesis", "proceedings"].contains(work.type)
  nodes += [
    isBook && isWhole ? .tag("cite", [:], .text(work.title)) : .text(work.title), .text(fullStop(after: work.title)),
  ]
  let venue = venue(of: work)
  if !venue.isEmpty { nodes += [" "] + venue + ["."] }
  if let note = work.venue["note"] { nodes.append(.text(" \(note)\(fullStop(after: note))")) }
  for identifier in work.identifiers {
    let text = Node.text(identifier.text)
    nodes += [" ", identifier.address.map { .tag("a", ["href": $0], text) } ?? text]
  }
  return nodes
}

/// The first author by family name, for the list is sorted by it.
private func names(of work: Work) -> String {
  var names = work.authors.enumerated().map { index, person in
    let name =
      index == 0 || person.given.isEmpty ? [person.family, person.given] : ["\(person.given) \(person.family)"]
    return (name + [person.suffix]).filter { !$0.isEmpty }.joined(separator: ", ")
  }
  if work.hasMoreAuthors { return names.joined(separator: ", ") + " et al." }
  let last = names.popLast() ?? ""
  return names.isEmpty ? last : names.joined(separator: ", ") + " & " + last
}

/// *Journal* 31(2), 100–120; In *Proceedings*, 100–120. Publisher.
private func venue(of work: Work) -> [Node] {
  var nodes: [Node] = []
  let volume = (work.venue["volume"] ?? "") + (work.venue["number"].map { "(\($0))" } ?? "")
  if let journal = work.venue["journal"] {
    nodes = [.tag("cite", [:], .text(journal))]
  } else if let book = work.venue["booktitle"] {
    nodes = ["In ", .tag("cite", [:], .text(book))]
  }
  if !volume.isEmpty { nodes.append(.text(" \(volume)")) }
  if let edition = work.venue["edition"] { nodes.append(.text("\(nodes.isEmpty ? "" : ", ")\(edition) edition")) }
  if let pages = work.venue["pages"] { nodes.append(.text(", \(pages.replacing("-", with: "–"))")) }
  for name in ["publisher", "school", "institution", "howpublished"] {
    if let text = work.venue[name] { nodes.append(.text(nodes.isEmpty ? text : ". \(text)")) }
  }
  return nodes
}

private func fullStop(after text: String) -> String { text.last.map { ".?!".contains($0) } == true ? "" : "." }

extension [Node] {
  fileprivate func joined(by separator: String) -> [Node] { Array(map { [$0] }.joined(separator: [.text(separator)])) }
}
