import Diagnostics
import Testing

@testable import Notebook

@Suite("Footnotes")
struct FootnoteTests {
  @Test("are numbered as they are mentioned") func whole() {
    let parsed = ParsedText("a[^b] c[^d] e[^b]\n\n[^d]: See *f*\n[^b]: Word\n")
    #expect(parsed.diagnostics.isEmpty)
    #expect(
      parsed.html
        == """
        <p>a<sup class="footnote-mark"><a id="fnref-1" href="#fn-1" role="doc-noteref">1</a></sup> \
        c<sup class="footnote-mark"><a id="fnref-2" href="#fn-2" role="doc-noteref">2</a></sup> \
        e<sup class="footnote-mark"><a id="fnref-1-2" href="#fn-1" role="doc-noteref">1</a></sup></p>\
        <section class="footnotes" role="doc-endnotes"><ol>\
        <li id="fn-1"><p>Word <a href="#fnref-1" role="doc-backlink" aria-label="Back to the text">↩</a></p></li>\
        <li id="fn-2"><p>See <em>f</em> <a href="#fnref-2" role="doc-backlink" aria-label="Back to the text">↩</a></p></li>\
        </ol></section>
        """)
  }

  @Test("hold what text holds") func content() {
    let parsed = ParsedText("a[^1]\n\n[^1]: $1️⃣x$ `= b.c` @fig-d\n  and more.\n")
    #expect(parsed.html.contains("<p>«$x$» «=b.c» «@fig-d»\nand more. <a"))
    #expect(parsed.mark(at: parsed.chapter.body.formulas.first?.place) == 1)
  }

  @Test("must have a text, and be mentioned") func wrong() {
    let parsed = ParsedText("a1️⃣[^abc] `[^x]`\n\n2️⃣[^abd]: b\n\n```\n[^abe]: c\n```\n")
    #expect(parsed.marks == [1, 2])
    #expect(parsed.messages == ["no footnote is called ‘abc’", "nothing mentions the footnote ‘abd’"])
    #expect(parsed.diagnostics.first?.hints == ["did you mean ‘abd’?"])
    #expect(ParsedText("a[^b]\n\n[^b]: c\n\n1️⃣[^b]: d").marks == [1])
  }

  @Test("are one paragraph") func oneParagraph() {
    let parsed = ParsedText("a[^b]\n\n[^b]: c\n\n    1️⃣d\n\n[^b]\n\n```\ne\n```\n")
    #expect(parsed.marks == [1])
    #expect(parsed.messages == ["this indented text is code, and not part of the footnote above it"])
  }
}
