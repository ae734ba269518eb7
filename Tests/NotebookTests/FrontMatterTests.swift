import Diagnostics
import Testing

@testable import Notebook

@Suite("Front matter")
struct FrontMatterTests {
  @Test("gives title and draft") func whole() {
    let parsed = ParsedText("---\ntitle: \"A: b\"  # c\ndraft: true\n\n# d\n---\n# E\n\n1️⃣@fig-f\n")
    #expect(parsed.chapter.title == "A: b")
    #expect(parsed.chapter.isDraft)
    #expect(parsed.html == "<h1 id=\"e\">E</h1><p>«@fig-f»</p>")
    #expect(parsed.mark(at: parsed.chapter.body.references.first?.place) == 1)
    #expect(parsed.diagnostics.isEmpty)
    #expect(ParsedText("---\ntitle: It's 'it' # x\n...\n").chapter.title == "It's 'it'")
    #expect(ParsedText("---\ntitle: 'It''s'\n---\n").chapter.title == "It's")
    #expect(ParsedText("---\r\ntitle: A\r\n---\r\nb").html == "<p>b</p>")
  }

  @Test("may be left out") func none() {
    #expect(ParsedText("# A").chapter.title == "A")
    #expect(ParsedText("a").chapter.title == "")
    #expect(html("---\n\na\n\n---\n") == "<hr><p>a</p><hr>")
    #expect(html("---\na b\n---\n") == "<hr><h2 id=\"a-b\">a b</h2>")
    #expect(html(" ---\n") == "<hr>")
    #expect(html("---\n---\na") == "<p>a</p>")
  }

  @Test("knows nothing else") func wrong() {
    let parsed = ParsedText(
      """
      ---
      title: 1️⃣[a]
      2️⃣titel: b
      draft: 3️⃣maybe
      4️⃣just words
        5️⃣indented: c
      6️⃣draft: false
      ---
      """)
    #expect(parsed.marks == [1, 2, 3, 4, 5, 6])
    #expect(
      parsed.messages == [
        "a title is a text", "a chapter has no ‘titel’", "‘draft’ is ‘true’ or ‘false’", "no ‘key: value’",
        "no ‘key: value’", "‘draft’ is given twice",
      ])
    #expect(parsed.diagnostics[1].hints == ["did you mean ‘title’?"])
    for value in ["", "1", "true", "{a: b}", "| b", "a: b", "\"a", "\"a\" b", "null", "- a"] {
      #expect(ParsedText("---\ntitle: \(value)\n---\n").messages == ["a title is a text"], "\(value)")
    }
  }

  @Test("must be closed") func unclosed() {
    let parsed = ParsedText("1️⃣---\ntitle: a\n\nb\n")
    #expect(parsed.marks == [1])
  }
}
