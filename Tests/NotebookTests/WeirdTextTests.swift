import Diagnostics
import Testing

@testable import Notebook

@Suite("Weird text")
struct WeirdTextTests {
  @Test("may be empty") func empty() {
    for text in ["", "\n", "\u{FEFF}", "   ", "\r\n\r\n", "---\n---\n", "---\ntitle: a\n---", "---"] {
      #expect(!ParsedText(text).diagnostics.hasErrors, "\(text.debugDescription)")
    }
  }

  @Test("may have any line ends and a byte order mark") func lineEnds() {
    for end in ["\n", "\r\n", "\r"] {
      let text = ["\u{FEFF}# A", "", "$$", "x", "$$", "", "a @fig-b", "```figure", "id: c", "```"].joined(
        separator: end)
      let chapter = Chapter.parse(text: text, path: "x.md").chapter
      #expect(chapter.body.html == "<h1 id=\"a\">A</h1>«$$x$$»<p>a «@fig-b»</p>«figure: id: c\n»")
      #expect(chapter.body.references.first?.place == Place(file: "chapters/x.md", line: 7, column: 3))
      #expect(chapter.headings.first?.place == Place(file: "chapters/x.md", line: 1, column: 1))
    }
  }

  @Test("may have control characters, which are spaces") func controls() {
    let parsed = ParsedText("a1️⃣\u{1}b\u{0}c $d$ \u{E}\u{F}\u{10}")
    #expect(parsed.html == "<p>a b c «$d$»</p>")
    #expect(parsed.diagnostics.count == 5 && !parsed.diagnostics.hasErrors)
    #expect(parsed.marks.first == 1)
    #expect(parsed.messages.first == "a control character (U+0001), read as a space")
  }

  @Test("may have tabs") func tabs() {
    let parsed = ParsedText("-\t1️⃣@fig-a\t$2️⃣b$\n\n\t```figure\n\t3️⃣id: c\n\t```\n")
    #expect(parsed.chapter.body.references.map(\.place).map(parsed.mark) == [1])
    #expect(parsed.chapter.body.formulas.map(\.place).map(parsed.mark) == [2])
    #expect(parsed.chapter.body.fences.map(\.place).map(parsed.mark) == [3])
  }

  @Test("may have very long lines") func longLines() {
    let text = String(repeating: "word $x$ `y` [", count: 2000) + "@fig-a"
    let chapter = Chapter.parse(text: text, path: "x.md").chapter
    #expect(chapter.body.formulas.count == 2000)
    #expect(chapter.body.references.map(\.place.column) == [28001])
  }

  @Test("may have more formulas than placeholders") func manyFormulas() {
    let (chapter, diagnostics) = Chapter.parse(text: String(repeating: "$x$ ", count: 6000), path: "x.md")
    #expect(chapter.body.formulas.count == 5832)
    #expect(diagnostics.hasErrors)
    let long = Chapter.parse(text: String(repeating: "$$\n- x\n$$\n\n", count: 400), path: "x.md")
    #expect(long.chapter.body.formulas.count == 324)
  }

  @Test("never traps, and all places are in the file") func mutations() {
    var random = LCG(state: 20_240_601)
    let pieces = [
      "$", "$$", "`", "```", "~~~\n", "\n", "\n\n", "> ", "- ", "  ", "\t", "|", "\\", "[", "](", ")", "<", "<!--",
      "@fig-a",
      "`= a`", "[^1]", "[^1]: ", "---\n", "{#eq-a}", "é", "👨‍👩‍👧", "e\u{301}", "\r\n", "\u{0}", "\u{1}", "# ", "1. ", "=\n",
      "*", "_", "@a", "[@a", "-@a", ";", "]", "::: {#refs}\n", ":::\n",
    ]
    for _ in 0..<400 {
      var text = Array(sample)
      for _ in 0..<random.next(8) + 1 {
        let index = random.next(text.count)
        switch random.next(3) {
        case 0: text.insert(contentsOf: pieces[random.next(pieces.count)], at: index)
        case 1: text.removeSubrange(index..<min(text.count, index + random.next(20)))
        default:
          let other = random.next(text.count)
          text.insert(contentsOf: Array(text[other..<min(text.count, other + random.next(40))]), at: index)
        }
      }
      check(String(text))
    }
    for _ in 0..<400 { check((0..<random.next(60)).map { _ in pieces[random.next(pieces.count)] }.joined()) }
  }

  private func check(_ text: String) {
    let (chapter, diagnostics) = Chapter.parse(text: text, path: "x.md")
    let contents = Contents.parse(text, file: "chapters/x.md")
    let caption = inlineProse(text, at: Place(file: "chapters/x.md", line: 1, column: 1))
    var places = (diagnostics + contents.diagnostics + caption.diagnostics).compactMap(\.place)
    places += (chapter.files + chapter.links).map(\.place) + chapter.headings.map(\.place)
    places += contents.contents.chapters.map(\.place)
    for body in [chapter.body, caption.prose] {
      places += body.formulas.map(\.place) + body.numbers.map(\.place)
      places += body.references.map(\.place) + body.fences.map(\.place) + body.citations.map(\.place)
    }
    let clean = text.hasPrefix("\u{FEFF}") ? String(text.dropFirst()) : text
    let lines = clean.replacing("\r\n", with: "\n").split(omittingEmptySubsequences: false) { $0 == "\n" || $0 == "\r" }
    for place in places {
      let isInside =
        lines.indices.contains(place.line - 1) && (1...lines[place.line - 1].count + 1).contains(place.column)
      #expect(isInside, "\(place) in \(text.debugDescription)")
    }
    for fence in chapter.body.fences where !text.contains("\u{0}") && !text.contains("\u{1}") && !fence.text.isEmpty {
      let first = fence.text.prefix { !$0.isNewline }
      guard lines.indices.contains(fence.place.line - 1), !lines[fence.place.line - 1].contains("\t") else { continue }
      #expect(lines[fence.place.line - 1].dropFirst(fence.place.column - 1) == first, "\(text.debugDescription)")
    }
    // What stands at a formula's place is the formula.
    for formula in chapter.body.formulas where !text.contains("\u{0}") && !text.contains("\u{1}") {
      let first = formula.tex.prefix { !$0.isNewline }
      guard lines.indices.contains(formula.place.line - 1) else { continue }
      #expect(
        lines[formula.place.line - 1].dropFirst(formula.place.column - 1).hasPrefix(first), "\(text.debugDescription)")
    }
  }
}

private let sample = """
  ---
  title: "A: b"
  draft: false
  ---
  # Heading with $x$ {#sec-a}

  Text with $a_1 * b$, `code $x$`, `= a.b | percent` and @fig-a; costs $5 or \\$6[^1].
  > A *quote* with [a link](b.md#c) and ![an image](d.png)
  lazy line $y$

  - item
    ```experiment
    id: a
    ```
    $$
    - x
    + y
    $$ {#eq-a}
  - <b>html</b> <!-- comment -->

  | a | `b|c` |
  |:--|---:|
  | $|x|$ | [d](e.csv) |

  [^1]: A footnote.

  [ref]: https://x.y "title"

  ~~~figure
  id: fig-a
  ~~~
  """
