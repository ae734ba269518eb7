import Diagnostics
import Fixtures
import Specs
import Testing

@Suite struct ParsingTests {
  private let start = Place(file: "chapter.md", line: 1, column: 1)

  @Test func `Every key and value knows its place`() throws {
    let text = MarkedText(
      """
      1️⃣id: 2️⃣study
      model: {3️⃣mlp: {hidden: 4️⃣[8, 5️⃣4]}}
      6️⃣sweep:
        7️⃣seed: [1, 2]
      """)
    let spec = try Spec.parse(text.text, at: text.start)
    #expect(spec.entries[0].keyPlace == text["1️⃣"])
    #expect(spec["id"]?.place == text["2️⃣"])
    #expect(spec["model"]?.entries[0].keyPlace == text["3️⃣"])
    #expect(spec["model"]?["mlp"]?["hidden"]?.place == text["4️⃣"])
    #expect(spec["model"]?["mlp"]?["hidden"]?.elements[1].place == text["5️⃣"])
    #expect(spec.entries[2].keyPlace == text["6️⃣"])
    #expect(spec["sweep"]?.entries[0].keyPlace == text["7️⃣"])
  }

  @Test func `Places count from the line after the fence`() throws {
    let spec = try Spec.parse("id: x\nkind: y\n", at: Place(file: "a.md", line: 40, column: 3))
    #expect(spec["kind"]?.place == Place(file: "a.md", line: 41, column: 9))
  }

  @Test func `Columns count characters, not bytes`() throws {
    let text = MarkedText("título: 1️⃣valor\n“a”: {b: 2️⃣[c]}\n")
    let spec = try Spec.parse(text.text, at: text.start)
    #expect(spec["título"]?.place == text["1️⃣"])
    #expect(spec["“a”"]?["b"]?.place == text["2️⃣"])
  }

  @Test func `Scalars are as written; quoted ones are text`() throws {
    let spec = try Spec.parse("a: 1e-3\nb: \"1e-3\"\nc: '~'\nd: ~\ne:\nf: null\ng: |\n  two\n  lines\n", at: start)
    #expect(spec["a"]?.value == .scalar("1e-3", quoted: false))
    #expect(spec["b"]?.value == .scalar("1e-3", quoted: true))
    #expect(spec["c"]?.value == .scalar("~", quoted: true))
    for key in ["d", "e", "f"] { #expect(spec[key]?.value == .null) }
    #expect(spec["g"]?.value == .scalar("two\nlines\n", quoted: true))
  }

  @Test func `Nothing is an empty map`() throws {
    for text in ["", "\n\n", "# only a comment\n"] { #expect(try Spec.parse(text, at: start).value == .map([])) }
  }

  @Test func `Anchors stand for what they name`() throws {
    let spec = try Spec.parse("a: &x {lr: 1}\nb: *x\n", at: start)
    #expect(spec["b"]?["lr"]?.text == "1")
  }

  @Test func `Aliases of aliases are refused where they make too many values`() throws {
    var text = "a: &a [x,x,x,x,x,x,x,x,x,x]\n"
    for (name, last) in zip("bcdefgh", "abcdefg") {
      text += "\(name): &\(name) [\(Array(repeating: "*\(last)", count: 10).joined(separator: ","))]\n"
    }
    let clock = ContinuousClock()
    let begin = clock.now
    let error = #expect(throws: DiagnosticError.self) { try Spec.parse(text, at: start) }
    #expect(clock.now - begin < .seconds(20))
    let said = try #require(error?.diagnostics)
    #expect(said.map(\.message).allSatisfy { $0.hasPrefix("this makes more than 100000 values of the block") })
    // 10 + 100 + 1000 + 10000 values fit, the fifth list does not.
    #expect(said.map(\.place) == [Place(file: "chapter.md", line: 5, column: 4)])
  }

  @Test func `A tree that is deeper than anyone writes is refused, by aliases too`() throws {
    let deep = { (text: String) in String(repeating: "[", count: 60) + text + String(repeating: "]", count: 60) }
    #expect(throws: Never.self) { try Spec.parse("a: \(deep("1"))\n", at: start) }
    let error = #expect(throws: DiagnosticError.self) {
      try Spec.parse("a: &a \(deep("1"))\nb: \(deep("*a"))\n", at: start)
    }
    #expect(error?.diagnostics.map(\.message) == ["lists and maps are nested more than 100 deep here"])
    #expect(error?.diagnostics.first?.place == Place(file: "chapter.md", line: 2, column: 63))
  }

  private func expectError(
    _ marked: String, startingWith message: String, _ location: SourceLocation = #_sourceLocation
  ) {
    let text = MarkedText(marked)
    do throws(DiagnosticError) {
      _ = try Spec.parse(text.text, at: text.start)
      Issue.record("this should not parse", sourceLocation: location)
    } catch {
      #expect(error.diagnostics.count == 1, sourceLocation: location)
      #expect(error.diagnostics[0].place == text["1️⃣"], sourceLocation: location)
      let found = error.diagnostics[0].message
      #expect(found.hasPrefix(message), "\(found)", sourceLocation: location)
    }
  }

  @Test func `What is not YAML is said where it stops making sense`() {
    expectError("id: [1, 2\nkind1️⃣: train\n", startingWith: "this is not YAML: ")
    expectError("id: \"open\n1️⃣", startingWith: "this is not YAML: ")
    expectError("a: 1\n b1️⃣: 2\n", startingWith: "this is not YAML: ")
    expectError("a: 1️⃣*nobody\n", startingWith: "this is not YAML: ")
    expectError("a: 1\n1️⃣\tb: 2\n", startingWith: "this is not YAML: ")
  }

  @Test func `A key that stands twice is said`() {
    expectError("a: 1\nb: 2\n1️⃣a: 3\n", startingWith: "‘a’ stands twice in one map")
  }

  @Test func `A second document is said`() {
    expectError("a: 1\n1️⃣---\nb: 2\n", startingWith: "this is not YAML: ")
  }

  @Test func `A key that is no word is said`() {
    expectError("1️⃣[a, b]: 1\n", startingWith: "a key must be a word")
  }
}
