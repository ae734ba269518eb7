import Diagnostics
import Testing

@testable import Notebook

@Suite("Computed blocks")
struct CodeBlockTests {
  @Test("are known by the first word after the fence") func languages() {
    #expect(
      html("```experiment\nid: a\n```\n~~~ figure x\nid: b\n~~~\n````table\n```\n````")
        == "«experiment: id: a\n»«figure: id: b\n»«table: ```\n»")
    #expect(html("```experiments.yml\n```") == "«code experiments.yml: »")
  }

  @Test("are suggested where the word is nearly one") func misspelled() {
    let parsed = ParsedText("```1️⃣experimnt\n```\n\n- ~~~ 2️⃣Figure x\n  ~~~\n\n```text\n```\n\n```toml\n```\n")
    #expect(parsed.marks == [1, 2])
    #expect(parsed.messages == ["‘experimnt’ is no kind of block", "‘Figure’ is no kind of block"])
    #expect(parsed.diagnostics.map(\.hints) == [["did you mean ‘experiment’?"], ["did you mean ‘figure’?"]])
  }

  @Test("lose the fence's indentation") func indentation() {
    #expect(html("1.  ```figure\n    id: b\n      x: y\n    ```\n") == "<ol><li>«figure: id: b\n  x: y\n»</li></ol>")
  }

  @Test("must be closed") func unclosed() {
    let parsed = ParsedText("> 1️⃣```figure\n> id: a\n\n2️⃣```sh\nb\n")
    #expect(parsed.marks == [1, 2])
    #expect(parsed.diagnostics.map(\.severity) == [.error, .warning])
    #expect(
      ParsedText("> ```figure\n> id: a\n> ```\n- ~~~figure\n  id: b\n  ~~~~ \n```table\n````").diagnostics.isEmpty)
  }
}
