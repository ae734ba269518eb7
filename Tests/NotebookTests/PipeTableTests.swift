import Testing

@testable import Notebook

@Suite("Pipe tables")
struct PipeTableTests {
  @Test("have a header, a row of dashes and rows") func whole() {
    #expect(
      html("| a | b |\n|:--|--:|\n| 1 | *2* |\n| 3 |\n")
        == "<div class=\"table-scroll\" tabindex=\"0\"><table><thead><tr><th scope=\"col\" class=\"align-left\">a</th>"
        + "<th scope=\"col\" class=\"align-right\">b</th></tr></thead><tbody><tr><td class=\"align-left\">1</td>"
        + "<td class=\"align-right\"><em>2</em></td></tr><tr><td class=\"align-left\">3</td>"
        + "<td class=\"align-right\"></td></tr></tbody></table></div>")
    #expect(html("a | b\n-|:-:\n").contains("<th scope=\"col\">a</th><th scope=\"col\" class=\"align-center\">b</th>"))
    #expect(html("> | a |\n> |---|\n> | b |\n").contains("<tbody><tr><td>b</td></tr></tbody>"))
    #expect(html("- x\n\n  |a|\n  |-|\n  |b|\n").contains("<tbody><tr><td>b</td></tr></tbody>"))
  }

  @Test("hold inlines in their cells") func inlines() {
    #expect(
      cells("`a|b` | `= c.d \\| percent` | $|x|$ | a\\|b | `a\\|b`") == [
        "<code>a|b</code>", "«=c.d | percent»", "«$|x|$»", "a|b", "<code>a|b</code>",
      ])
    #expect(
      cells("[a](b.md) | [c][d] | @fig-e | # f | 1. g") == [
        "<a href=\"b.html\">a</a>", "<a href=\"https://h.i\">c</a>", "«@fig-e»", "# f", "1. g",
      ])
    #expect(cells("$5 | $6 | ` | ` | \\$7") == ["$5", "$6", "<code>|</code>", "$7"])
    #expect(
      cells("_a_ | _b_ c | <b>d</b> | ![e](f.png) | - g") == [
        "<em>a</em>", "<em>b</em> c", "<b>d</b>", "<img src=\"f.png\" alt=\"e\">", "- g",
      ])
  }

  @Test("know the places of what is in them") func places() {
    let parsed = ParsedText("| ä |  b |\n|---|---|\n| ö $1️⃣x$ | `a\\|b` 2️⃣[c](d.csv) 3️⃣@fig-a `= 4️⃣e.f`|\n")
    #expect(parsed.chapter.body.formulas.map(\.place).map(parsed.mark) == [1])
    #expect(parsed.chapter.files.map(\.place).map(parsed.mark) == [2])
    #expect(parsed.chapter.body.references.map(\.place).map(parsed.mark) == [3])
    #expect(parsed.chapter.body.numbers.map(\.place).map(parsed.mark) == [4])
  }

  @Test("say what is wrong with them") func wrong() {
    let parsed = ParsedText("a|b\n1️⃣-|-|-\n\n|a|\n|-|\n|b|2️⃣c|\n\ntext\n3️⃣| a | b |\n|---|---|\n")
    #expect(parsed.marks == [1, 2, 3])
    #expect(
      parsed.messages == [
        "this row of dashes has 3 cells, the row above 2", "this row has 2 cells, its table 1 column",
        "a table needs a blank line before it",
      ])
  }

  @Test("are not made of other text") func others() {
    for text in ["a | b", "a\n---", "a | b\nc | d", "a\n- | -"] { #expect(!html(text).contains("<table>")) }
  }

  /// The cells of a row.
  private func cells(_ row: String) -> [String] {
    let count = 10
    let header = Array(repeating: "h", count: count).joined(separator: "|")
    let dashes = Array(repeating: "-", count: count).joined(separator: "|")
    let all = html("\(header)\n\(dashes)\n\(row)\n\n[d]: https://h.i\n")
    let body = all.ranges(of: "<tbody>").first.map { all[$0.upperBound...] } ?? ""
    return body.split(separator: "<td>").dropFirst().map {
      String($0.prefix(upTo: $0.firstRange(of: "</td>")?.lowerBound ?? $0.endIndex))
    }
    .reversed().drop { $0.isEmpty }.reversed()
  }
}
