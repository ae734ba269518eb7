internal import Diagnostics

/// Every name that a template may use; `PageValues` gives them all.
let templateNames: Set<String> = [
  // The book.
  "root", "language", "book-title", "authors", "home",
  // The page.
  "title", "number", "heading", "heading-id", "notice", "content", "previous", "next", "url",
  // The book's contents: parts, separators and chapters, chapters within chapters.
  "sidebar", "is-part", "is-separator", "is-chapter", "is-current", "is-draft", "has-children", "children",
  // The page's own contents.
  "outline", "has-outline", "id",
]

/// Names in a template that no page has, and partials that do not exist: Mustache itself would print nothing for them.
func wrongNames(in template: String, file: String, partials: [String]) -> [Diagnostic] {
  var found: [Diagnostic] = []
  for tag in tags(in: template) {
    let place = place(of: tag.name.startIndex, in: template, file: file)
    let name = String(tag.name)
    switch tag.sigil {
    case "!", "%", "=", "$", "<": continue
    case ">": if !partials.contains(name) { found.append(noPartial(name, among: partials, at: place)) }
    default:
      for part in name.split(separator: ".").map(String.init) where !templateNames.contains(part) {
        found.append(noName(part, at: place))
      }
    }
  }
  return found
}

private struct Tag {
  /// `#`, `^`, `/`, `>`, …; a space for a plain variable.
  var sigil: Character
  var name: Substring
}

private func tags(in template: String) -> [Tag] {
  var tags: [Tag] = []
  var rest = template[...]
  while let open = rest.firstRange(of: "{{") {
    rest = rest[open.upperBound...].drop { $0 == "{" }
    let sigil = rest.first.map { "&#^/>!%=$<".contains($0) ? $0 : " " } ?? " "
    if sigil != " " { rest = rest.dropFirst() }
    rest = rest.drop { $0.isWhitespace }
    var name = rest.prefix { $0 != "}" && !$0.isWhitespace }
    rest = rest[name.endIndex...]
    // A transform, `first(children)`: the name stands within.
    if let parenthesis = name.lastIndex(of: "(") {
      name = name[name.index(after: parenthesis)...].prefix { $0 != ")" }
    }
    tags.append(Tag(sigil: sigil, name: name))
  }
  return tags
}

private func place(of index: String.Index, in text: String, file: String) -> Place {
  let before = text[..<index]
  let lineStart = before.lastIndex(where: \.isNewline).map { text.index(after: $0) } ?? text.startIndex
  return Place(
    file: file, line: before.count { $0.isNewline } + 1, column: text.distance(from: lineStart, to: index) + 1)
}

// MARK: Messages

private func noName(_ name: String, at place: Place) -> Diagnostic {
  let near = nearestSpelling(of: name, among: templateNames.sorted())
  return Diagnostic(at: place, "pages have no ‘\(name)’", hints: near.map { ["did you mean ‘\($0)’?"] } ?? [])
}

private func noPartial(_ name: String, among partials: [String], at place: Place) -> Diagnostic {
  Diagnostic(at: place, "there is no template ‘\(name)’", hints: suggestion(for: name, among: partials))
}
