internal import Markup
internal import Notebook

/// A work in a list: `Li, Hao & Zheng Xu (2018a). Title. Journal 31(2), 100–120. doi:…`
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
  if !volume.isEmpty { nodes.append(.text("\u{A0}\(volume)")) }
  if let edition = work.venue["edition"] { nodes.append(.text("\(nodes.isEmpty ? "" : ", ")\(edition) edition")) }
  if let pages = work.venue["pages"] { nodes.append(.text(", \(pages.replacing("-", with: "–"))")) }
  for name in ["publisher", "school", "institution", "howpublished"] {
    if let text = work.venue[name] { nodes.append(.text(nodes.isEmpty ? text : ". \(text)")) }
  }
  return nodes
}

private func fullStop(after text: String) -> String { text.last.map { ".?!".contains($0) } == true ? "" : "." }
