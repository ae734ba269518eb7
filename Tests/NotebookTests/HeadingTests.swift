import Testing

@testable import Notebook

@Suite("Headings")
struct HeadingTests {
  @Test("get GitHub's names") func slugs() {
    let parsed = ParsedText("# What Adam *does*\n\n## A & B: `c_d` – é!\n\nSetext\n---\n\n## 2.1 $x^2$\n\n## !\n")
    #expect(parsed.chapter.headings.map(\.id) == ["what-adam-does", "a--b-c_d--é", "setext", "21-x2", "section"])
    #expect(parsed.chapter.headings.map(\.level) == [1, 2, 2, 2, 2])
    #expect(parsed.chapter.title == "What Adam does")
  }

  @Test("have names of their own on the page") func unique() {
    #expect(ParsedText("# A\n# a\n# A-1\n# A").chapter.headings.map(\.id) == ["a", "a-1", "a-1-1", "a-2"])
    #expect(ParsedText("# Fig one").chapter.headings.map(\.id) == ["section-fig-one"])
  }

  @Test("take a label") func labels() {
    let parsed = ParsedText("1️⃣## The $n$ `c` {#sec-the-n}\n\n## *B* {#other}\n\nC {#sec-c}\n===\n")
    #expect(parsed.chapter.headings.map(\.id) == ["sec-the-n", "other", "sec-c"])
    #expect(parsed.html.contains("<h2 id=\"sec-the-n\">The «$n$» <code>c</code></h2>"))
    #expect(parsed.mark(at: parsed.chapter.headings.first?.place) == 1)
    #expect(parsed.diagnostics.isEmpty)
  }

  @Test("say what is wrong with a label") func wrongLabels() {
    let parsed = ParsedText("1️⃣# A {#b c}\n\n2️⃣# B {#fig-b}\n\n# C {#sec-c}\n\n> 3️⃣# D {#sec-c}\n")
    #expect(parsed.marks == [1, 2, 3])
    #expect(
      parsed.messages == [
        "‘b c’ is no label of a section", "‘fig-b’ is no label of a section",
        "another heading of this chapter is called ‘sec-c’ already",
      ])
    #expect(parsed.chapter.headings.map(\.id) == ["a", "b", "sec-c", "sec-c-1"])
  }
}
