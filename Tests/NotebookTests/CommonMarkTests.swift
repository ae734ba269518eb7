import Markup
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
    "![a *b* `c`](d.png \"e\")", "<b>a</b> <!-- c -->\n\n<div>\n\na\n\n</div>\n",
    "&amp; &lt; &copy; &#65; \\* \\_ \\&amp;",
    "https://x.y <https://x.y/?a=b&c=ä> <a@b.cd>", "`a` `` b ` c `` ` d ` `<&>`", "> > a\n>\n> - b\n>   c\n\nd",
    "-\ta\n\n\tb\n", "* a\n\n  > b\n\n  c\n* d\n", "a <b", "[a]() [b](<>)", "*a **b* c**", "- \n- a\n-\n",
    "[link *with* `code`](c.html)", "ä *ö* ü", "# a\n\nb\nc\n===\n\nd\n-\n###### e #",
    "```a b\nc\n```\n\n    d\n     e\n",
  ]

  @Test("is what cmark makes of it, whatever is put together") func mixtures() {
    var random = LCG(state: 7)
    let pieces = [
      "a", "b ", "*", "**", "_", "`", "``", "[", "]", "(", ")", "](c.html)", "![", "<b>", "</b>", "<!-- ", " -->",
      "&amp;",
      "\\", "\n", "\n", "\n\n", "> ", "- ", "1. ", "    ", "  ", "\t", "# ", "---\n", "===\n", "```\n", "~~~ d\n", "é",
      "\"",
      "[e]: f\n", "[e]", "<div>\n", "<https://g.h>", "  \n", "!",
    ]
    for _ in 0..<1500 {
      let text = (0..<random.next(25)).map { _ in pieces[random.next(pieces.count)] }.joined()
      // A row of dashes at the start may be front matter. Blanks next to blocks mean nothing; the samples test others.
      guard !text.hasPrefix("---") else { continue }
      let theirs = plain(htmlByCMark(Array(text.utf8)))
      #expect(plain(ours(text)).filter { !$0.isWhitespace } == theirs.filter { !$0.isWhitespace })
    }
  }

  /// Our HTML, headings and code as cmark writes them.
  private func ours(_ text: String) -> String {
    Chapter.parse(text: text, path: "x.md").chapter.body.map(node).reduce("") { $0 + $1.rendered() }
  }

  private func node(_ prose: Prose) -> Node {
    switch prose {
    case .element(let name, let attributes, let children):
      .element(name, name.hasPrefix("h") && name != "hr" ? [] : attributes, children.map(node))
    case .code(let language, let text):
      .tag(
        "pre", [:],
        .element("code", language.isEmpty ? [] : [Attribute("class", "language-\(language)")], [.text(text)]))
    default: prose.rendered { _ in .empty }
    }
  }

  /// HTML without the blanks between blocks, which mean nothing, and with one way to write quotes and slashes.
  private func plain(_ html: String) -> String {
    var html = html.replacing("&#39;", with: "'").replacing(" />", with: ">")
    for tag in ["p", "li", "ul", "ol", "blockquote", "hr", "div", "h1", "h2", "pre"] {
      for (part, end) in [("<\(tag)>", true), ("</\(tag)>", true), ("<\(tag) ", false)] {
        while html.contains("\n" + part) { html = html.replacing("\n" + part, with: part) }
        while end, html.contains(part + "\n") { html = html.replacing(part + "\n", with: part) }
      }
    }
    while html.last?.isWhitespace == true { html.removeLast() }
    return html
  }

  @Test("keeps the language and text of code") func code() {
    #expect(html("```swift let\nlet a = 1 < 2\n```\n") == "«code swift: let a = 1 < 2\n»")
    #expect(html("    a\n      b\n") == "«code : a\n  b\n»")
  }

  @Test("has an end to its nesting") func depth() {
    let parsed = ParsedText(String(repeating: "> ", count: 1000) + "a")
    #expect(parsed.messages == ["nested more than 64 levels deep"])
    for piece in ["*a **b ", "*a ", "[", "![", "- ", "1. ", "<b>", "(", "](", "`", "$", "$$", "\\", "|", "[^", "- > "] {
      #expect(!ParsedText(String(repeating: piece, count: 2000) + "a").chapter.body.isEmpty, "\(piece)")
    }
    let stars = String(repeating: "*a ", count: 500) + String(repeating: " b*", count: 500)
    #expect(ParsedText(stars).messages.contains("nested more than 64 levels deep"))
  }
}
