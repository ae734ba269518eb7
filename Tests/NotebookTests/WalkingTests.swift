import Diagnostics
import Markup
import Testing

@testable import Notebook

@Suite("Prose")
struct WalkingTests {
  let body = ParsedText("# A $x$\n\n> - `= a.b` @fig-c\n>   ```table\n>   ```\n\n    code\n\n$$y$$\n").chapter.body

  @Test("gives its holes in order") func holes() {
    #expect(body.formulas.map(\.tex) == ["x", "y"])
    #expect(body.numbers.map(\.expression) == ["a.b"])
    #expect(body.references.map(\.label) == ["fig-c"])
    #expect(body.fences.map(\.language) == [.table])
    #expect(body.fold(0) { if case .code = $1 { $0 += 1 } } == 1)
  }

  @Test("can be filled") func fill() {
    var count = 0
    let filled = body.mapHoles { _ in
      count += 1
      return .text("<\(count)>")
    }
    #expect(
      filled.rendered { _ in .empty }.rendered()
        == "<h1 id=\"a-x\">A &lt;1&gt;</h1><blockquote><ul><li>&lt;2&gt; &lt;3&gt;&lt;4&gt;</li></ul></blockquote>&lt;5&gt;&lt;6&gt;"
    )
    #expect(ParsedText("*a `b` $c$* [d](e.md)").chapter.body.plainText == "a b c d")
  }

  @Test("of captions has no blocks") func inline() {
    let place = Place(file: "x.md", line: 7, column: 10)
    let (prose, diagnostics) = inlineProse("1. *a* $b$,\n# `= c.d`\n\n- @fig-e `f`", at: place)
    #expect(prose.html == "1. <em>a</em> «$b$», # «=c.d»  - «@fig-e» <code>f</code>")
    #expect(prose.formulas.map(\.place) == [Place(file: "x.md", line: 7, column: 18)])
    #expect(prose.numbers.map(\.place) == [Place(file: "x.md", line: 8, column: 15)])
    #expect(diagnostics.isEmpty)
    #expect(inlineProse("", at: place).prose.isEmpty)
    #expect(inlineProse("a $$b$$", at: place).diagnostics.count == 1)
  }
}
