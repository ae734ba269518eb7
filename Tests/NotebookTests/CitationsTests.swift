import Testing

@testable import Notebook

@Suite struct CitationsTests {
  @Test func `A key in brackets is a citation, with the words around it`() {
    #expect(html("So [@li2018].") == "<p>So «[@li2018]».</p>")
    #expect(html("[see @li2018, section 3]") == "<p>«[see @li2018, section 3]»</p>")
    #expect(html("[@a; @b,\np. 3; cf. @c]") == "<p>«[@a|@b, p. 3|cf. @c]»</p>")
    #expect(html("Li [-@li2018, p. 3; -@b]") == "<p>Li «[-@li2018, p. 3|-@b]»</p>")
    #expect(html("*[@a]*, **[@b]**") == "<p><em>«[@a]»</em>, <strong>«[@b]»</strong></p>")
  }

  @Test func `A key alone is a part of the sentence`() {
    #expect(
      html("As @li2018 show, (@a:b_c.d), @e. _@f_") == "<p>As «@li2018» show, («@a:b_c.d»), «@e». <em>«@f»</em></p>")
    #expect(html("@a--b @a-b- @a+1/2") == "<p>«@a»--b «@a-b»- «@a+1/2»</p>")
    #expect(html("me@li2018.org é@a a.@b /@c @@d x-@e 5@f") == "<p>me@li2018.org é@a a.@b /@c @@d x-@e 5@f</p>")
  }

  @Test func `Labels stay cross-references, also in brackets`() {
    #expect(html("[@fig-a] and [see @tbl-b; @li]") == "<p>[«@fig-a»] and [see «@tbl-b»; «@li»]</p>")
    #expect(html("@sec-a @eq-b @li") == "<p>«@sec-a» «@eq-b» «@li»</p>")
  }

  @Test func `Code, formulas, HTML, addresses and escaped marks hold no citations`() {
    #expect(html("`@a` `[@a]` $@a$") == "<p><code>@a</code> <code>[@a]</code> «$@a$»</p>")
    #expect(html("<b title=\"[@a]\">x</b> <!-- @a -->") == "<p><b title=\"[@a]\">x</b> <!-- @a --></p>")
    #expect(html("<div>\n[@a]\n</div>\n") == "<div>\n[@a]\n</div>\n")
    #expect(html("\\@a \\[@a]") == "<p>@a [«@a»]</p>")
    #expect(html("    [@a]\n") == "«code : [@a]\n»")
    #expect(html("```\n@a\n```") == "«code : @a\n»")
    #expect(html("[x](https://a.b/@c) <https://a.b/@c>").contains("@c\">x</a>"))
    #expect(html("![of @a](x.png)") == "<p><img src=\"x.png\" alt=\"of @a\"></p>")
  }

  @Test func `Brackets around markup or without keys stay brackets`() {
    #expect(html("[a] [a; @b] [@b, $x$]") == "<p>[a] [a; «@b»] [«@b», «$x$»]</p>")
    #expect(html("[by @a](b.md)") == "<p><a href=\"b.html\">by «@a»</a></p>")
    #expect(html("[@a\n\nb]") == "<p>[«@a»</p><p>b]</p>")
    #expect(html("Note[^a].\n\n[^a]: By [@b].").contains("By «[@b]»."))
  }

  @Test func `Cells of a table and quotations hold citations`() {
    #expect(html("| a |\n| - |\n| [@b] |\n| @c | ").contains("<td>«[@b]»</td>"))
    #expect(html("> by [@a;\n> @b]") == "<blockquote><p>by «[@a|@b]»</p></blockquote>")
  }

  @Test func `Each key is at its place`() {
    let parsed = ParsedText("As [see 1️⃣@a;\n  -2️⃣@b] and 3️⃣@c.")
    let places = parsed.chapter.body.citations.map { parsed.mark(at: $0.place) }
    #expect(places == [1, 2, 3])
    #expect(parsed.chapter.body.citations.map(\.key) == ["a", "b", "c"])
  }

  @Test func `Two keys without a semicolon are a mistake at the second`() {
    let parsed = ParsedText("[@a, 1️⃣@b; @c]\n\n$$\nx\n$$")
    #expect(parsed.marks == [1])
    #expect(parsed.messages == ["two works stand in one part of a citation"])
  }

  @Test func `The list of works has Quarto's place`() {
    #expect(html("# R\n\n::: {#refs}\n:::\n") == "<h1 id=\"r\">R</h1>«refs»")
    let parsed = ParsedText("1️⃣::: {#refs}\nx\n:::\n")
    #expect(parsed.messages == ["this is not how the list of works is placed"])
    #expect(parsed.marks == [1])
    #expect(html("::: note\n:::") == "<p>::: note\n:::</p>")
  }

  @Test func `No heading has the address of a work`() {
    #expect(html("# Ref a\n\n# Cite b") == "<h1 id=\"section-ref-a\">Ref a</h1><h1 id=\"section-cite-b\">Cite b</h1>")
  }
}
