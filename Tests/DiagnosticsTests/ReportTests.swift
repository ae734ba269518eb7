import Diagnostics
import Fixtures
import Testing

@Suite struct ReportTests {
  private func report(_ diagnostics: [Diagnostic], _ texts: MarkedText...) -> String {
    Diagnostics.report(diagnostics, sources: Dictionary(uniqueKeysWithValues: texts.map { ($0.file, $0.text) }))
  }

  @Test func `A message shows its place, its line, a caret and its hints`() {
    let chapter = MarkedText("# Title\n\noptimizer: {1️⃣sdg: {lr: 0.1}}\n")
    let message = Diagnostic(at: chapter["1️⃣"], "there is no optimizer ‘sdg’", hints: ["did you mean ‘sgd’?", "or not"])
    #expect(
      report([message], chapter) == """
        chapter.md:3:13: error: there is no optimizer ‘sdg’
            optimizer: {sdg: {lr: 0.1}}
                        ^
            did you mean ‘sgd’?
            or not

        """)
  }

  @Test func `The caret stands under its character behind tabs and wide letters`() {
    let chapter = MarkedText("\tkéy:\t1️⃣värde\n")
    #expect(
      report([Diagnostic(.warning, at: chapter["1️⃣"], "m")], chapter)
        == "chapter.md:1:7: warning: m\n    \tkéy:\tvärde\n    \t    \t^\n")
  }

  @Test func `Messages come in reading order, each once, those without a place first`() {
    let a = MarkedText("1️⃣x 2️⃣y\n3️⃣z", file: "a.md")
    let b = MarkedText("1️⃣x", file: "b.md")
    let messages = [
      Diagnostic(at: b["1️⃣"], "five"), Diagnostic(at: a["3️⃣"], "four"), Diagnostic(at: a["2️⃣"], "two"),
      Diagnostic(at: a["2️⃣"], "three"), Diagnostic(at: nil, "zero"), Diagnostic(at: a["1️⃣"], "one"),
      Diagnostic(at: a["2️⃣"], "two"),
    ]
    let headings = report(messages, a, b).split(separator: "\n").filter { !$0.hasPrefix("    ") }
    #expect(
      headings == [
        "error: zero", "a.md:1:1: error: one", "a.md:1:3: error: two", "a.md:1:3: error: three",
        "a.md:2:1: error: four",
        "b.md:1:1: error: five",
      ])
  }

  @Test func `A place in an unknown file, or beyond its file, is printed without a line`() {
    let chapter = MarkedText("x")
    #expect(report([Diagnostic(at: Place(file: "other", line: 1, column: 1), "m")], chapter) == "other:1:1: error: m\n")
    #expect(
      report([Diagnostic(at: Place(file: "chapter.md", line: 9, column: 1), "m")], chapter)
        == "chapter.md:9:1: error: m\n")
  }

  @Test func `Of a long line only what stands around the place is shown`() {
    let long = String(repeating: "a", count: 1_000_000)
    let chapter = MarkedText("\(long)1️⃣x\(long)\n2️⃣y\(long)\n\(long)z3️⃣")
    let around = { (mark: Character) in report([Diagnostic(at: chapter[mark], "m")], chapter).split(separator: "\n") }
    let (a80, middle) = (String(repeating: "a", count: 80), around("1️⃣"))
    #expect(middle[1] == "    …\(a80)x\(a80.dropLast())…")
    #expect(middle[2] == "    " + String(repeating: " ", count: 81) + "^")
    #expect(Array(around("2️⃣")[1...]) == ["    y\(a80)\(a80.dropLast())…", "    ^"])
    let end = around("3️⃣")
    #expect(end[1] == "    …\(a80.dropLast())z")
    #expect(end[2] == "    " + String(repeating: " ", count: 81) + "^")
    let short = MarkedText("\(long.prefix(150))1️⃣x")
    #expect(report([Diagnostic(at: short["1️⃣"], "m")], short).contains("    \(long.prefix(150))x\n"))
  }

  @Test func `A caret may stand behind the last character`() {
    let chapter = MarkedText("key:1️⃣\r\nnext")
    #expect(report([Diagnostic(at: chapter["1️⃣"], "m")], chapter) == "chapter.md:1:5: error: m\n    key:\n        ^\n")
  }

  @Test func `No diagnostics, no text`() { #expect(report([]) == "") }
}
