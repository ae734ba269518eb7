import Diagnostics
import Foundation
import Markup
import Notebook
import Testing

@testable import Pages

@Suite struct PagesTests {
  @Test func `Each chapter but drafts has a page, in reading order`() throws {
    #expect(
      try Sample.pages().map(\.path) == ["index.html", "init/what.html", "optimizers.html", "colophon.html"])
  }

  @Test func `Figures, equations and sections are referred to across chapters`() throws {
    let index = try page("index.html")
    #expect(index.contains(##"<a class="reference" href="init/what.html#fig-variance">Figure\##u{A0}1.1</a>"##))
    #expect(index.contains(##"<a href="init/what.html#sec-variance">what an initializer"##))
    let what = try page("init/what.html")
    #expect(what.contains(##"<a class="reference" href="#eq-variance">Equation\##u{A0}1.1</a>"##))
    #expect(what.contains(#"<span class="equation" id="eq-variance">"#))
    #expect(what.contains(#"<span class="equation-number">(1.1)</span>"#))
    let optimizers = try page("optimizers.html")
    #expect(optimizers.contains(##"href="init/what.html#sec-order">“Order, chaos and <span class="katex">"##))
  }

  @Test func `A page in a folder finds its style sheets one folder up`() throws {
    #expect(try page("init/what.html").contains(#"href="../style.css""#))
    #expect(try page("init/what.html").contains(#"href="../data/fig-variance.csv""#))
    #expect(try page("index.html").contains(#"href="style.css""#))
    #expect(try page("index.html").contains(#"href="start/map.png""#))
  }

  @Test func `Previous and next step over drafts and parts`() throws {
    let what = try page("init/what.html")
    #expect(what.contains(#"rel="prev" href="../index.html""#))
    #expect(what.contains(#"rel="next" href="../optimizers.html""#))
    #expect(!(try page("index.html")).contains("turn-previous"))
    #expect(!(try page("colophon.html")).contains("turn-next"))
  }

  @Test func `The sidebar holds the whole book and marks the page`() throws {
    let what = try page("init/what.html")
    #expect(what.contains(#"<li class="part">Where training starts</li>"#))
    #expect(what.contains(#"<a href="what.html" aria-current="page"><span class="number">1</span>"#))
    #expect(what.contains(#"<span class="draft"><span class="number">1.1</span>"#))
    #expect(what.components(separatedBy: "aria-current").count == 2)
    #expect(what.contains(#"<li class="separator" role="separator"></li>"#))
  }

  @Test func `Every page has one heading of level 1`() throws {
    for page in try Sample.pages() {
      #expect(page.text.components(separatedBy: "<h1").count == 2, "\(page.path)")
    }
    #expect(try page("optimizers.html").contains("<h1>Rules that move a point</h1>"))
  }

  @Test func `A second heading of level 1 becomes one of level 2`() throws {
    let html = try pages(["a.md": "# One\n\n# Two"], "- [A](a.md)")
    #expect(html.contains("<h1 id=\"one\">One</h1>"))
    #expect(html.contains("<h2 id=\"two\">Two"))
  }

  @Test func `Ids are unique on each page, and links within a page lead somewhere`() throws {
    for page in try Sample.pages() {
      let ids = matches(#/ id="([^"]*)"/#, page.text)
      #expect(Set(ids).count == ids.count, "\(page.path)")
      for target in matches(##/ href="#([^"]*)"/##, page.text) {
        #expect(ids.contains(target), "\(page.path)#\(target)")
      }
    }
  }

  @Test func `Links between pages lead to pages`() throws {
    let pages = try Sample.pages()
    let paths = Set(pages.map(\.path))
    for page in pages {
      for address in matches(##/<a [^>]*href="([^"#:]+\.html)[#"]/##, page.text) {
        let folder = page.path.split(separator: "/").dropLast()
        let up = address.components(separatedBy: "../").count - 1
        let target = (folder.dropLast(up).map(String.init) + [address.replacing("../", with: "")]).joined(
          separator: "/")
        #expect(paths.contains(target), "\(page.path) → \(address)")
      }
    }
  }

  @Test func `No page requests anything from outside`() throws {
    for page in try Sample.pages() {
      #expect(matches(#/(?:src|srcset|poster|data)="((?:https?:)?//[^"]*)"/#, page.text).isEmpty)
      #expect(matches(#/<link [^>]*href="((?:https?:)?//[^"]*)"/#, page.text).isEmpty)
      #expect(!page.text.contains("@import"))
      // The one address of another site is a link that the author wrote.
      #expect(page.text.components(separatedBy: "://").count == (page.path == "index.html" ? 2 : 1), "\(page.path)")
    }
  }

  @Test func `The same book gives the same bytes`() throws {
    #expect(try Sample.pages() == Sample.pages())
  }

  @Test func `The page says its language, and where its text begins`() throws {
    let html = try page("index.html")
    #expect(html.contains(#"<html lang="en">"#))
    #expect(html.contains(##"<a class="skip" href="#page.main">"##))
    #expect(html.contains(#"<main id="page.main""#))
  }

  @Test func `A page's own contents keep formulas and drop links`() throws {
    let what = try page("init/what.html")
    #expect(what.contains(##"<a href="#sec-order">Order, chaos and <span class="katex">"##))
    let html = try pages(["a.md": "## See [this](b.md) now\n\n## And that", "b.md": ""], "- [A](a.md)\n- [B](b.md)")
    #expect(html.contains(##"<a href="#see-this-now">See this now</a>"##))
    #expect(!(try page("colophon.html")).contains("page.outline"))
  }

  @Test func `A notice stands above the text`() throws {
    #expect(try page("init/what.html").contains("Quick results: two seeds and a tenth of the images.</p>"))
    #expect(!(try page("index.html")).contains("class=\"notice\""))
  }

  @Test func `A quotation that begins with a word in brackets is a callout`() throws {
    let html = try pages(["a.md": "> [!TIP]\n> Look.\n\n> [!NOTE] not so\n\n> plain"], "- [A](a.md)")
    #expect(html.contains(#"<aside class="callout callout-tip"><p class="callout-title">Tip</p><p>Look.</p></aside>"#))
    #expect(html.components(separatedBy: "<blockquote>").count == 3)
  }

  @Test func `A formula keeps the punctuation behind it on its line`() throws {
    let html = try pages(["a.md": "So $x$, and $y$ too."], "- [A](a.md)")
    #expect(html.contains(#"<span class="glued">x,</span> and y too."#))
  }

  @Test func `Names and titles are escaped`() throws {
    let html = try pages(["a.md": "# `<b>` & you\n\n```c++\n<a>\n```"], "- [A < B](a.md)")
    #expect(html.contains("<title>1 &lt;b&gt; &amp; you · A book</title>"))
    #expect(html.contains("A &lt; B"))
    #expect(html.contains(#"<code class="language-c++">&lt;a&gt;"#))
  }

  private func page(_ path: String) throws -> String {
    try #require(Sample.pages().first { $0.path == path }).text
  }

  /// The first page of a small book.
  private func pages(_ texts: [String: String], _ summary: String) throws -> String {
    let book = book(texts, summary: summary)
    let computed = Computed(fence: { _, _ in .empty }, number: { _, _ in .empty })
    return try #require(
      renderPages(
        book, references: CrossReferences.collect(book, views: [:]).0,
        citations: Citations.collect(book, views: [:], references: CrossReferences.collect(book, views: [:]).0).0,
        math: RenderedMath(),
        templates: Templates(Sample.templates), computed: computed
      ).first
    ).text
  }

  private func matches(_ pattern: Regex<(Substring, Substring)>, _ text: String) -> [String] {
    text.matches(of: pattern).map { String($0.output.1) }
  }
}
