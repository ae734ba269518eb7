import Diagnostics
import Foundation
import Notebook
import Testing

@testable import Pages

/// Where Debian's libjs-katex puts the library.
let katexFolder = "/usr/share/javascript/katex"
let katexScript = (try? String(contentsOfFile: "\(katexFolder)/katex.min.js", encoding: .utf8)) ?? ""

private func formula(_ tex: String, display: Bool = false, line: Int = 7, column: Int = 12) -> Formula {
  Formula(tex: tex, isDisplay: display, place: Place(file: "chapters/a.md", line: line, column: column))
}

@Suite struct MathTests {
  @Test func `A formula becomes HTML for the eye and MathML for the ear`() throws {
    let fraction = formula(#"\frac{1}{n}\sum_i x_i"#)
    let (math, diagnostics) = renderMath([fraction], katex: katexScript)
    #expect(diagnostics.isEmpty)
    let html = try #require(math[fraction])
    #expect(html.contains("<mfrac>"))
    #expect(html.contains("class=\"mfrac\""))
    #expect(html.contains(#"<annotation encoding="application/x-tex">\frac{1}{n}\sum_i x_i</annotation>"#))
    #expect(!html.contains("http"))
  }

  @Test func `A display formula differs from an inline one of the same source`() {
    let inline = formula(#"\sum_i x_i"#)
    let display = formula(#"\sum_i x_i"#, display: true)
    let (math, _) = renderMath([inline, display], katex: katexScript)
    #expect(math[inline] != math[display])
    #expect(math[display]?.contains("katex-display") == true)
    #expect(math.newCount == 2)
  }

  @Test func `A mistake is a diagnostic at its column inside the formula`() {
    let (math, diagnostics) = renderMath([formula(#"\alpha + \nosuch"#)], katex: katexScript)
    #expect(math.html.isEmpty)
    #expect(diagnostics.map(\.place) == [Place(file: "chapters/a.md", line: 7, column: 12 + 9)])
    #expect(diagnostics.first?.message == #"this formula cannot be set: undefined control sequence: \nosuch"#)
  }

  @Test func `A mistake on a later line of a formula is at that line`() {
    let (_, diagnostics) = renderMath([formula("\na &= b \\\\\n  \\oops", display: true)], katex: katexScript)
    #expect(diagnostics.count == 1)
    let (_, second) = renderMath([formula("x\n + y\n  + \\oops", display: true)], katex: katexScript)
    #expect(second.map(\.place) == [Place(file: "chapters/a.md", line: 9, column: 5)])
  }

  @Test func `A brace that never closes is a mistake`() {
    let (_, diagnostics) = renderMath([formula(#"\frac{1}{2"#)], katex: katexScript)
    #expect(diagnostics.count == 1)
    #expect(diagnostics.first?.message.contains("position") == false)
  }

  @Test func `Every mistake is reported, not only the first`() {
    let (math, diagnostics) = renderMath(
      [formula(#"\one"#), formula("x"), formula(#"\two"#)], katex: katexScript)
    #expect(diagnostics.count == 2)
    #expect(math.html.count == 1)
  }

  @Test func `A known formula does not start the engine`() {
    let sum = formula("a + b")
    let (first, _) = renderMath([sum], katex: katexScript)
    // A library that would fail at its first character, of the same version.
    let version = katexScript.firstRange(of: "version:\"").map { katexScript[$0.lowerBound...].prefix(20) } ?? ""
    let (second, diagnostics) = renderMath([sum], known: first.html, katex: ")(" + version)
    #expect(diagnostics.isEmpty)
    #expect(second.newCount == 0)
    #expect(second.html == first.html)
  }

  @Test func `A library that does not run is said once`() {
    let (_, diagnostics) = renderMath([formula("a"), formula("b")], katex: ")(")
    #expect(diagnostics.count == 1)
    #expect(diagnostics.first?.message.hasPrefix("the library for formulas, KaTeX, failed") == true)
  }

  @Test func `What the book no longer uses is not kept`() {
    let (math, _) = renderMath([formula("a")], known: ["katex-1 inline old": "…"], katex: katexScript)
    #expect(math.html.count == 1)
  }

  @Test func `Characters beyond the first plane survive the way there and back`() throws {
    let letter = formula(#"\text{𝒳}"#)
    let (math, _) = renderMath([letter], katex: katexScript)
    #expect(try #require(math[letter]).contains("𝒳"))
    let (_, diagnostics) = renderMath([formula(#"\text{𝒳} \oops"#)], katex: katexScript)
    #expect(diagnostics.first?.place?.column == 12 + 9)
  }

  @Test func `What the library itself cannot do fails for one formula only`() {
    let library = """
      katex = {
        ParseError: function () {},
        renderToString: function (tex) { if (tex === 'bad') { null.length } return '<i>' + tex + '</i>' }
      }
      """
    let (math, diagnostics) = renderMath([formula("bad"), formula("y")], katex: library)
    #expect(diagnostics.count == 1)
    #expect(math[formula("y")] == "<i>y</i>")
  }
}
