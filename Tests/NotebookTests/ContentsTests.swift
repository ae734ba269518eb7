import Diagnostics
import Testing

@testable import Notebook

@Suite("The table of contents")
struct ContentsTests {
  @Test("follows mdBook's grammar") func whole() {
    let source = MarkedText(
      """
      # Summary

      1️⃣[Preface](preface.md)
      [Notation](a%20b.md)

      ---

      # First *part*

      - 2️⃣[What is `init`?](./init/what.md)
        - [Deep](init/deep.md)
          - [Deeper]()
        - [Wide](init/wide.md)
      - [Next](next.md)

      # Second part

      <!-- not yet -->

      * 3️⃣[Last](last.md)

      ---

      [Index](index.md)
      """, file: "chapters/SUMMARY.md")
    let (contents, diagnostics) = Contents.parse(source.text, file: "chapters/SUMMARY.md")
    #expect(diagnostics.isEmpty)
    #expect(
      contents.items.map(line) == [
        "prefix Preface <preface.md>", "prefix Notation <a b.md>", "---", "# First part",
        "1 What is init? <init/what.md> in First part", "1.1 Deep <init/deep.md> in First part",
        "1.1.1 Deeper <> in First part", "1.2 Wide <init/wide.md> in First part", "2 Next <next.md> in First part",
        "# Second part", "3 Last <last.md> in Second part", "---", "suffix Index <index.md> in Second part",
      ])
    #expect([0, 2, 7].map { contents.chapters[$0].place } == [source[1], source[2], source[3]])
    #expect(contents.chapters.filter(\.isDraft).map(\.title) == ["Deeper"])
    #expect(contents.missingChapters { $0 != "next.md" }.map(\.message) == ["there is no chapter ‘next.md’"])
  }

  @Test("says which lines it does not understand") func wrong() {
    let source = MarkedText(
      """
      1️⃣Words
      - [A](a.md)
      - 2️⃣[B](a.md)
      3️⃣- no link
      - 4️⃣[C](c.txt)
      - 5️⃣[D](https://e.f/g.md)
      - 6️⃣[](h.md)

      7️⃣```
      ```

      [Suffix](s.md)

      8️⃣- [Late](l.md)
      """, file: "S.md")
    let diagnostics = Contents.parse(source.text, file: "S.md").diagnostics
    #expect(Set(diagnostics.compactMap(\.place)).isSuperset(of: (1...8).map { source[$0] }))
    #expect(diagnostics.contains { $0.message == "‘a.md’ is in the book twice" && $0.hints == ["first in line 2"] })
  }

  @Test("may be empty") func empty() {
    #expect(Contents.parse("", file: "S.md").contents.items.isEmpty)
    #expect(Contents.parse("# Summary\n", file: "S.md").contents.items.isEmpty)
  }

  private func line(_ item: Contents.Item) -> String {
    switch item {
    case .separator: "---"
    case .part(let title, _): "# \(title)"
    case .chapter(let entry):
      "\(entry.number ?? "\(entry.position)") \(entry.title) <\(entry.path ?? "")>"
        + (entry.part.map { " in \($0)" } ?? "")
    }
  }
}
