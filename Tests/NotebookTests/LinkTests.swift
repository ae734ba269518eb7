import Testing

@testable import Notebook

@Suite("Links")
struct LinkTests {
  @Test("to chapters lead to their pages") func chapters() {
    let parsed = ParsedText("1️⃣[a](b.md) 2️⃣[c](../d/e.md#f) [g][h]\n\n[h]: i.md")
    #expect(
      parsed.html
        == "<p><a href=\"b.html\">a</a> <a href=\"../d/e.html#f\">c</a> <a href=\"i.html\">g</a></p>")
    #expect(parsed.chapter.links.map(\.path) == ["b.md", "../d/e.md", "i.md"])
    #expect(parsed.chapter.links.map(\.anchor) == [nil, "f", nil])
    #expect(parsed.chapter.links.prefix(2).map { parsed.mark(at: $0.place) } == [1, 2])
    #expect(parsed.chapter.files.isEmpty)
  }

  @Test("to files are remembered") func files() {
    let parsed = ParsedText("![a](b%20c.png) [d](e.csv?x#y) [f](#g) [h](https://i.md) [j](mailto:k@l.m) [n](<o p.txt>)")
    #expect(parsed.chapter.files.map(\.path) == ["b%20c.png", "e.csv", "o p.txt"])
    #expect(parsed.chapter.links.isEmpty)
    #expect(parsed.diagnostics.isEmpty)
  }

  @Test("that cannot work are said") func impossible() {
    let parsed = ParsedText("1️⃣[a](/b.html) 2️⃣![c](https://d.e/f.png) [g](https://h.i)")
    #expect(parsed.marks == [1, 2])
  }

  @Test("are relative to the chapter") func paths() {
    let chapter = Chapter.parse(text: "", path: "init/what.md").chapter
    #expect(chapter.bookPath("a%20b.png") == "init/a b.png")
    #expect(chapter.bookPath("../c/./d.md") == "c/d.md")
    #expect(chapter.bookPath("../../e.md") == "../e.md")
  }
}
