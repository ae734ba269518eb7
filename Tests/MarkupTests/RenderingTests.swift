import Markup
import Testing

@Suite struct RenderingTests {
  @Test func `the five characters that mean something are escaped in text and attributes`() {
    let node = Node.tag("a", ["title": "<'&'>"], "\"1 < 2 & 3 > 2\"")
    #expect(
      node.rendered() == "<a title=\"&lt;&#39;&amp;&#39;&gt;\">&quot;1 &lt; 2 &amp; 3 &gt; 2&quot;</a>")
  }

  @Test func `attributes keep their order, and a bare one has no value`() {
    let node = Node.element("details", [Attribute("open", nil), Attribute("id", "z"), Attribute("class", "a")], [])
    #expect(node.rendered() == "<details open id=\"z\" class=\"a\"></details>")
  }

  @Test func `void elements have no end tag and empty shapes close themselves`() {
    #expect(Node.tag("br").rendered() == "<br>")
    #expect(Node.tag("path", ["d": "M0 0"]).rendered() == "<path d=\"M0 0\"/>")
    #expect(Node.tag("path", [:], .tag("title", [:], "t")).rendered() == "<path><title>t</title></path>")
    #expect(Node.tag("p").rendered() == "<p></p>")
  }

  @Test func `raw markup passes through and fragments leave no trace`() {
    #expect(Node.fragment(["a", .raw("<b>&amp;</b>"), .empty]).rendered() == "a<b>&amp;</b>")
  }

  @Test func `plain text is what is left without markup`() {
    let node = Node.tag("p", [:], "one ", .tag("em", [:], "two"), .raw("<hr>"))
    #expect(node.plainText == "one two")
  }
}
