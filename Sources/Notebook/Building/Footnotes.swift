import Diagnostics
import Markup

/// The footnotes of a chapter, numbered as they are first mentioned.
struct Footnotes {
  private var texts: [String: (place: Place, prose: [Prose])] = [:]
  /// Names in the order of their numbers, with the number of marks so far.
  private var marks: [(name: String, count: Int)] = []
  private let known: Set<String>
  private(set) var diagnostics: [Diagnostic] = []

  /// Knows the names of all footnotes whose text is among the holes.
  init(_ holes: [Hole]) {
    var known: Set<String> = []
    for hole in holes { if case .footnoteText(let name, _) = hole.content { known.insert(name) } }
    self.known = known
  }

  mutating func define(_ name: String, at place: Place, _ prose: [Prose]) {
    if texts[name] != nil {
      diagnostics.append(Diagnostic(at: place, "the footnote ‘\(name)’ has a text already"))
    } else {
      texts[name] = (place, prose)
    }
  }

  /// The raised number that stands for `[^name]`.
  mutating func mark(_ name: String, at place: Place) -> Prose {
    guard known.contains(name) else {
      diagnostics.append(
        Diagnostic(at: place, "no footnote is called ‘\(name)’", hints: suggestion(for: name, among: known.sorted())))
      return .text("[^\(name)]")
    }
    let index = marks.firstIndex { $0.name == name } ?? marks.count
    if index == marks.count { marks.append((name, 0)) }
    marks[index].count += 1
    let number = index + 1
    let id = marks[index].count == 1 ? "fnref-\(number)" : "fnref-\(number)-\(marks[index].count)"
    return .element(
      "sup", [Attribute("class", "footnote-mark")],
      [
        .element(
          "a", [Attribute("id", id), Attribute("href", "#fn-\(number)"), Attribute("role", "doc-noteref")],
          [.text("\(number)")])
      ])
  }

  /// All texts that are mentioned, as a list at the end of the page.
  var section: [Prose] {
    let items = marks.enumerated().map { index, mark in
      let back = Prose.element(
        "a",
        [
          Attribute("href", "#fnref-\(index + 1)"), Attribute("role", "doc-backlink"),
          Attribute("aria-label", "Back to the text"),
        ], [.text("↩")])
      var prose = texts[mark.name]?.prose ?? []
      if case .element("p", let attributes, let content)? = prose.last {
        prose[prose.count - 1] = .element("p", attributes, content + [.text(" "), back])
      } else {
        prose.append(.element("p", [], [back]))
      }
      return Prose.element("li", [Attribute("id", "fn-\(index + 1)")], prose)
    }
    let attributes = [Attribute("class", "footnotes"), Attribute("role", "doc-endnotes")]
    return items.isEmpty ? [] : [.element("section", attributes, [.element("ol", [], items)])]
  }

  /// Warns of texts that nothing mentions.
  mutating func reportUnused() {
    for (name, text) in texts.sorted(by: { $0.value.place < $1.value.place })
    where !marks.contains(where: { $0.name == name }) {
      diagnostics.append(Diagnostic(.warning, at: text.place, "nothing mentions the footnote ‘\(name)’"))
    }
  }
}
