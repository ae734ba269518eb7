import Diagnostics
import Notebook
import Testing

@testable import Pages

@Suite struct LinksTests {
  @Test func `The sample book has nothing wrong with its links`() {
    #expect(checkLinks(Sample.book, Sample.references).isEmpty)
  }

  @Test func `A link to a chapter that is not in the book is a diagnostic with the nearest`() {
    let diagnostics = check(["a.md": "See [b](c/bee.md).", "c/bees.md": ""], "- [A](a.md)\n- [B](c/bees.md)")
    #expect(diagnostics.map(\.message) == ["the book has no chapter ‘c/bee.md’"])
    #expect(diagnostics.first?.hints == ["did you mean ‘c/bees.md’?"])
    #expect(diagnostics.first?.place?.line == 1)
  }

  @Test func `A link to a draft says that it is one`() {
    let diagnostics = check(
      ["a.md": "See [b](b.md).", "b.md": "---\ndraft: true\n---\n"], "- [A](a.md)\n- [Bees](b.md)")
    #expect(diagnostics.map(\.message) == ["the chapter ‘Bees’ is a draft, so it has no page to link to"])
  }

  @Test func `A place that is not in the chapter is a warning`() {
    let diagnostics = check(["a.md": "See [b](b.md#hiev).", "b.md": "## Hive"], "- [A](a.md)\n- [B](b.md)")
    #expect(diagnostics.map(\.severity) == [.warning])
    #expect(diagnostics.first?.hints == ["did you mean ‘#hive’?"])
  }

  @Test func `Two chapters cannot be one page`() {
    let diagnostics = check(
      ["one.md": "", "a/README.md": "", "a/index.md": ""], "- [One](one.md)\n- [A](a/README.md)\n- [B](a/index.md)")
    #expect(diagnostics.map(\.message) == ["the chapters a/README.md and a/index.md would both be a/index.html"])
  }

  private func check(_ texts: [String: String], _ summary: String) -> [Diagnostic] {
    checkLinks(book(texts, summary: summary), CrossReferences())
  }
}
