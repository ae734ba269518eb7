import Diagnostics
import Notebook
import Testing

@testable import Pages

@Suite struct CrossReferencesTests {
  @Test func `Figures, tables and equations are counted by themselves in each chapter`() {
    let references = Sample.references
    #expect(references["fig-variance"]?.text == "Figure\u{A0}1.1")
    #expect(references["tbl-init"]?.text == "Table\u{A0}1.1")
    #expect(references["eq-variance"]?.text == "Equation\u{A0}1.1")
    #expect(references.number(of: "fig-descent") == "2.1")
  }

  @Test func `In a chapter without a number the count stands alone`() {
    let (references, diagnostics) = collect(["a.md": figures("fig-a", "fig-b")], summary: "[A](a.md)")
    #expect(diagnostics.isEmpty)
    #expect(references["fig-b"]?.text == "Figure\u{A0}2")
  }

  @Test func `A chapter within a chapter passes its whole number on`() {
    let (references, _) = collect(
      ["a.md": figures("fig-a"), "b.md": figures("fig-b")], summary: "- [A](a.md)\n  - [B](b.md)")
    #expect(references.number(of: "fig-b") == "1.1.1")
  }

  @Test func `A section is called by its title, a numbered chapter by its number`() {
    let (references, _) = collect(["a.md": "# All {#sec-all}\n\n## Some {#sec-some}"], summary: "- [A](a.md)")
    #expect(references["sec-all"]?.text == "Chapter\u{A0}1")
    #expect(references["sec-some"]?.title.plainText == "Some")
  }

  @Test func `An unknown label is a diagnostic at its place, with the nearest one`() {
    let (_, diagnostics) = collect(
      ["a.md": figures("fig-loss") + "\n\nAs\nin @fig-los."], summary: "- [A](a.md)")
    #expect(
      diagnostics == [
        Diagnostic(
          at: Place(file: "chapters/a.md", line: 6, column: 4), "nothing in this book has the label ‘fig-los’",
          hints: ["did you mean ‘fig-loss’?"])
      ])
  }

  @Test func `An unknown label in a caption is a diagnostic too`() {
    let place = Place(file: "chapters/a.md", line: 9, column: 1)
    let view = LabelledView(
      label: "fig-a", kind: .figure, place: place, caption: inlineProse("As @tbl-none.", at: place).prose)
    let book = book(["a.md": ""], summary: "- [A](a.md)")
    #expect(
      CrossReferences.collect(book, views: ["a.md": [view]]).1.map(\.place) == [place.moved(lines: 0, columns: 3)])
  }

  @Test func `A label given twice is a diagnostic at the second place`() {
    let (references, diagnostics) = collect(
      ["a.md": figures("fig-a"), "b.md": "\n" + figures("fig-a")], summary: "- [A](a.md)\n- [B](b.md)")
    #expect(diagnostics.map(\.place) == [Place(file: "chapters/b.md", line: 3, column: 5)])
    #expect(diagnostics.first?.message == "the label ‘fig-a’ is given twice")
    #expect(diagnostics.first?.hints == ["first at chapters/a.md:2:5"])
    #expect(references["fig-a"]?.chapter == "a.md")
  }

  @Test func `A figure cannot have the address of a heading on its page`() {
    let view = LabelledView(label: "loss", kind: .figure, place: Place(file: "chapters/a.md", line: 3, column: 5))
    let (_, diagnostics) = CrossReferences.collect(
      book(["a.md": "## Loss"], summary: "- [A](a.md)"), views: ["a.md": [view]])
    #expect(diagnostics.map(\.message) == ["the label ‘loss’ is also the address of a heading of this chapter"])
  }

  private func collect(_ texts: [String: String], summary: String) -> (CrossReferences, [Diagnostic]) {
    let book = book(texts, summary: summary)
    return CrossReferences.collect(book, views: Sample.views(book))
  }

  private func figures(_ labels: String...) -> String {
    labels.map { "```figure\nid: \($0)\n```" }.joined(separator: "\n")
  }
}

/// A book of these chapters.
func book(_ texts: [String: String], summary: String) -> Book {
  Book(
    title: "A book", contents: Contents.parse(summary, file: "SUMMARY.md").contents,
    chapters: texts.sorted { $0.key < $1.key }.map { Sample.chapter($0.key, $0.value) })
}
