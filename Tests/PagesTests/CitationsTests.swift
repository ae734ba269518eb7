import Diagnostics
import Markup
import Notebook
import Testing

@testable import Pages

private let references = """
  @inproceedings{li2018,
    author = {Li, Hao and Xu, Zheng and Taylor, Gavin and Studer, Christoph},
    title = {Visualizing <Nets>}, year = 2018, booktitle = {Advances}, volume = 31, eprint = {1712.09913}
  }
  @article{mallat1989, author = {Mallat, Stéphane G.}, title = {A theory. Or two?}, year = 1989,
    journal = {IEEE PAMI}, volume = 11, number = 7, pages = {674--693}, doi = {10.1109/34.192463}}
  @book{hoch, author = {Hochreiter, Sepp and Jürgen Schmidhuber}, title = {A book}, year = 1997,
    publisher = {A Press}, isbn = {0-306-40615-2}}
  """

/// A small book with the works above: its pages, and what is said of it.
private struct Cited {
  let small: Book
  let citations: Citations
  let diagnostics: [Diagnostic]

  init(
    _ texts: [String: String], summary: String = "- [A](a.md)\n- [B](b.md)", bibliography: String? = references,
    views: [String: [LabelledView]] = [:]
  ) {
    var small = book(texts, summary: summary)
    small.bibliography = bibliography.map { Bibliography.parse(text: $0, file: "references.bib").bibliography }
    self.small = small
    (citations, diagnostics) = Citations.collect(
      small, views: views, references: CrossReferences.collect(small, views: views).0)
  }

  func page(_ path: String) throws -> String {
    let computed = Computed(fence: { _, _ in .empty }, number: { _, _ in .empty })
    let pages = try renderPages(
      small, references: CrossReferences.collect(small, views: [:]).0, citations: citations, math: RenderedMath(),
      templates: Templates(Sample.templates), computed: computed)
    return try #require(pages.first { $0.path == path }).text
  }

  /// Without warnings: message and place of each mistake.
  var mistakes: [Diagnostic] { diagnostics.filter { $0.severity == .error } }
}

@Suite struct CitationsTests {
  @Test func `A citation names authors and year and leads to the entry`() throws {
    let page = try Cited(["a.md": "# A\n\nSo [see @li2018, section 3; -@hoch]; @mallat1989 did. Again [@li2018]."])
      .page("index.html")
    #expect(
      page.contains(
        """
        So (see <a class="citation" role="doc-biblioref" href="#ref-li2018" id="cite-li2018">Li et al. 2018</a>, \
        section 3; <a class="citation" role="doc-biblioref" href="#ref-hoch" id="cite-hoch">1997</a>); \
        <a class="citation" role="doc-biblioref" href="#ref-mallat1989" id="cite-mallat1989">Mallat (1989)</a> did. \
        Again (<a class="citation" role="doc-biblioref" href="#ref-li2018">Li et al. 2018</a>).
        """))
  }

  @Test func `A page ends with what it cites, sorted, with numbers that lead to the works`() throws {
    let cited = Cited(["a.md": "# A\n\n## S\n\n@mallat1989, @li2018[^n]\n\n[^n]: [@hoch]", "b.md": "# B\n\n@li2018"])
    let page = try cited.page("index.html")
    #expect(
      page.contains(
        """
        <section class="works" role="doc-bibliography" aria-labelledby="page.works"><h2 id="page.works">References</h2><ul>\
        <li id="ref-hoch" role="doc-biblioentry">Hochreiter, Sepp &amp; Jürgen Schmidhuber (1997). <cite>A book</cite>. \
        A Press. ISBN 0-306-40615-2 <a href="#cite-hoch" role="doc-backlink" aria-label="Back to the text">↩</a></li>\
        <li id="ref-li2018" role="doc-biblioentry">Li, Hao, Zheng Xu, Gavin Taylor &amp; Christoph Studer (2018). \
        Visualizing &lt;Nets&gt;. In <cite>Advances</cite>\u{A0}31. \
        <a href="https://arxiv.org/abs/1712.09913">arXiv:1712.09913</a> \
        <a href="#cite-li2018" role="doc-backlink" aria-label="Back to the text">↩</a></li>\
        <li id="ref-mallat1989" role="doc-biblioentry">Mallat, Stéphane G. (1989). A theory. Or two? \
        <cite>IEEE PAMI</cite>\u{A0}11(7), 674–693. <a href="https://doi.org/10.1109/34.192463">doi:10.1109/34.192463</a> \
        <a href="#cite-mallat1989" role="doc-backlink" aria-label="Back to the text">↩</a></li></ul></section>
        """))
    #expect(page.contains("<a href=\"#page.works\">References</a>"))
    let other = try cited.page("b.html")
    #expect(other.contains("ref-li2018") && !other.contains("ref-hoch"))
    let none = try Cited(["a.md": "# A"]).page("index.html")
    #expect(!none.contains("doc-bibliography"))
  }

  @Test func `A chapter can list all works with the chapters that cite each`() throws {
    let cited = Cited(
      ["a.md": "# A\n\n@li2018 and @mallat1989", "b.md": "# B\n\n@li2018\n\n::: {#refs}\n:::", "p.md": "@hoch"],
      summary: "[Front](p.md)\n\n- [A](a.md)\n- [B](b.md)")
    let page = try cited.page("b.html")
    #expect(page.ranges(of: "doc-bibliography").count == 1)
    #expect(
      page.contains(
        "<span class=\"cited-in\">Cited in <a href=\"a.html#cite-li2018\" title=\"A\">Chapter\u{A0}1</a>, "
          + "<a href=\"#cite-li2018\" title=\"B\">Chapter\u{A0}2</a>.</span>"))
    #expect(page.contains("Cited in <a href=\"index.html#cite-hoch\" title=\"Front\">Front</a>."))
    #expect(!page.contains("#page.works"))
  }

  @Test func `A caption can cite`() throws {
    let place = Place(file: "chapters/a.md", line: 9, column: 1)
    let view = LabelledView(
      label: "fig-a", kind: .figure, place: place, caption: inlineProse("As @li2018 [@lii2018].", at: place).prose)
    let cited = Cited(["a.md": ""], views: ["a.md": [view]])
    #expect(try cited.page("index.html").contains("id=\"ref-li2018\""))
    #expect(cited.mistakes.map(\.place) == [place.moved(lines: 0, columns: 12)])
  }

  @Test func `An unknown key is a mistake at its place, with the nearest key or label`() {
    let cited = Cited(["a.md": "# A {#sec-a}\n\nAs @lii2018 and [@mallat1989; @nobody99], @sek-a."])
    let file = "chapters/a.md"
    #expect(
      cited.mistakes == [
        Diagnostic(
          at: Place(file: file, line: 3, column: 4), "the bibliography has no work ‘lii2018’",
          hints: ["did you mean ‘@li2018’?"]),
        Diagnostic(
          at: Place(file: file, line: 3, column: 31), "the bibliography has no work ‘nobody99’",
          hints: ["an @ that means itself is written ‘\\@’"]),
        Diagnostic(
          at: Place(file: file, line: 3, column: 43), "the bibliography has no work ‘sek-a’",
          hints: ["did you mean ‘@sec-a’?"]),
      ])
  }

  @Test func `A work that no chapter with a page cites is a warning at its key`() {
    let cited = Cited(["a.md": "[@li2018; @hoch]", "b.md": "---\ndraft: true\n---\n@mallat1989"])
    #expect(
      cited.diagnostics == [
        Diagnostic(
          .warning, at: Place(file: "references.bib", line: 5, column: 10), "no chapter cites ‘mallat1989’")
      ])
  }

  @Test func `In a book without a bibliography an @ is an @, and brackets around a key a mistake`() throws {
    let cited = Cited(["a.md": "Ask @li2018.\n\n[@li2018]\n\n::: {#refs}\n:::"], bibliography: nil)
    #expect(try cited.page("index.html").contains("<p>Ask @li2018.</p>"))
    #expect(Set(cited.diagnostics.map { $0.place?.line }) == [3, 5])
    #expect(Set(cited.diagnostics.map(\.message)) == ["the book has no bibliography"])
  }

  @Test func `What stood where the file could not be read is not called unknown`() {
    #expect(Cited(["a.md": "@b"], bibliography: "@misc{a, title = {").mistakes.isEmpty)
  }

  @Test func `A second list of all works in a chapter is a mistake`() {
    let cited = Cited(["a.md": "::: {#refs}\n:::\n\n::: {#refs}\n:::"])
    #expect(cited.mistakes.map(\.message) == ["the list of all works stands in this chapter already"])
    #expect(cited.mistakes.map { $0.place?.line } == [4])
  }
}
