import Diagnostics
import Testing

@testable import Notebook

@Suite("Places")
struct PlaceTests {
  @Test("of everything after a formula on the same line hold") func afterMath() {
    let parsed = ParsedText(
      """
      Ångström $1️⃣é$, `= 2️⃣a.b`, $$ 3️⃣x
      y $$ {#eq-a} then 4️⃣@fig-a and 5️⃣[b](b.png)
      > ä $6️⃣z$ `7️⃣x` and
        8️⃣@fig-b 9️⃣![c](c.png)
      """)
    #expect(parsed.chapter.body.formulas.map(\.place).map(parsed.mark) == [1, 3, 6])
    #expect(parsed.chapter.body.numbers.map(\.place).map(parsed.mark) == [2])
    #expect(parsed.chapter.body.references.map(\.place).map(parsed.mark) == [4, 8])
    #expect(parsed.chapter.files.map(\.place).map(parsed.mark) == [5, 9])
    #expect(parsed.diagnostics.isEmpty)
  }

  @Test("count characters, not bytes") func characters() {
    let parsed = ParsedText("日本語👨‍👩‍👧 1️⃣@fig-a e\u{301} 2️⃣@fig-b 3️⃣[x](x.txt)")
    #expect(parsed.chapter.body.references.map(\.place).map(parsed.mark) == [1, 2])
    #expect(parsed.chapter.files.map(\.place).map(parsed.mark) == [3])
  }

  @Test("of links in quotes, lists and after breaks") func links() {
    let parsed = ParsedText(
      """
      > - a
      >   b 1️⃣[x](x.txt)
      lazy 2️⃣[y](y.txt)

      1. `a
         b` 3️⃣[z](z.txt)

           4️⃣[w](w.txt)
      """)
    #expect(parsed.chapter.files.map(\.place).map(parsed.mark) == [1, 2, 3, 4])
  }

  @Test("of a block's text") func fences() {
    let parsed = ParsedText(
      """
      ```experiment
      1️⃣id: a
      ```
      - b
         ~~~~ figure
         2️⃣id: b
         ~~~~
      > 1. x
      >
      >    ```table

      ```table

      3️⃣  id: c
      ```
      """)
    #expect(parsed.chapter.body.fences.map(\.place).map(parsed.mark) == [1, 2, 0, 3])
    #expect(parsed.chapter.body.fences.map(\.text) == ["id: a\n", "id: b\n", "", "  id: c\n"])
  }
}
