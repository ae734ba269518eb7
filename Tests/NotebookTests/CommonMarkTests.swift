import Testing

@testable import Notebook

@Suite("CommonMark")
struct CommonMarkTests {
  @Test("is what cmark makes of it", arguments: samples) func asCMark(_ text: String) {
    #expect(plain(ours(text)) == plain(htmlByCMark(Array(text.utf8))))
  }

  static let samples = [
    "", "\n\n", "a", "a\nb", "a  \nb", "a\\\nb", "*a* _b_ **c** ***d*** __e__ a_b_c",
    "> a\n> b\n\n> c\nd\n", "- a\n- b\n\n- c\n", "- a\n- b\n  - c\n    - d\n", "3. a\n4. b\n", "1) a\n\n   b\n",
    "a\n\n---\n\n***\n", "[a](b.html 'c d') [e] [f][e] [g](<h i>)\n\n[e]: https://j.k \"l\"\n",
    "![a *b* `c`](d.png \"e\")", "<b>a</b> <!-- c -->\n\n<div>\n\na\n\n</div>\n", "&amp; &lt; &copy; &#65; \\* \\_ \\&amp;",
    "https://x.y <https://x.y/?a=b&c=ä> <a@b.cd>", "`a` `` b ` c `` ` d ` `<&>`", "> > a\n>\n> - b\n>   c\n\nd",
    "-\ta\n\n\tb\n", "* a\n\n  > b\n\n  c\n* d\n", "a <b", "[a]() [b](<>)", "*a **b* c**", "- \n- a\n-\n",
    "[link *with* `code`](c.html)", "ä *ö* ü",
  ]

  /// Our HTML of a text without headings and code blocks, which get ids and highlighting.
  private func ours(_ text: String) -> String { html(text) }

  /// HTML without the blanks between blocks, which mean nothing, and with one way to write quotes and slashes.
  private func plain(_ html: String) -> String {
    var html = html.replacing("&#39;", with: "'").replacing(" />", with: ">").replacing("'", with: "&#39;")
    for tag in ["p", "li", "ul", "ol", "blockquote", "hr", "div"] {
      html = html.replacing("\n<\(tag)>", with: "<\(tag)>").replacing("\n</\(tag)>", with: "</\(tag)>")
      html = html.replacing("<\(tag)>\n", with: "<\(tag)>").replacing("</\(tag)>\n", with: "</\(tag)>")
      html = html.replacing("\n<\(tag) ", with: "<\(tag) ")
    }
    while html.hasSuffix("\n") { html.removeLast() }
    return html
  }

  @Test("code blocks keep their language and text") func code() {
    #expect(html("```swift let\nlet a = 1 < 2\n```\n") == "«code swift: let a = 1 &lt; 2\n»".replacing("&lt;", with: "<"))
    #expect(html("    a\n      b\n") == "«code : a\n  b\n»")
  }

  @Test("nesting has an end") func depth() {
    let parsed = ParsedText(String(repeating: "> ", count: 1000) + "a")
    #expect(parsed.messages == ["nested more than 64 levels deep"])
    #expect(ParsedText(String(repeating: "*a **b ", count: 3000)).diagnostics.isEmpty)
    #expect(!ParsedText(String(repeating: "[", count: 3000) + "a" + String(repeating: "](b.md)", count: 3000)).html.isEmpty)
  }
}
