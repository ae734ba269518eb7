import Diagnostics
import Fixtures
import Specs
import Testing

@Suite struct ReferenceTests {
  private func parse(_ text: String) throws -> Reference {
    try Reference.parse(text, at: Place(file: "a.md", line: 1, column: 1)).get()
  }

  @Test func `Every part is read`() throws {
    let reference = try parse("init-study.epochs[init=kaiming-normal, seed=1]@epoch=3")
    #expect(reference.id == "init-study")
    #expect(reference.part == "epochs")
    #expect(reference.conditions.map(\.axis) == ["init", "seed"])
    #expect(reference.conditions.map(\.value) == ["kaiming-normal", "1"])
    #expect(reference.moment == .epoch(3))
    #expect(try parse("study").part == nil)
    #expect(try parse("study").moment == nil)
    #expect(try parse("study@start").moment == .start)
    #expect(try parse("study@end").moment == .end)
    #expect(try parse("study@step=120").moment == .step(120))
    #expect(try parse("study[]").conditions.isEmpty)
    #expect(try parse("s[optimizer.sgd.lr = 0.1 ]").conditions[0].axis == "optimizer.sgd.lr")
    #expect(try parse("  s.t  ").part == "t")
    #expect(try parse("study.epochs.train-loss").part == "epochs.train-loss")
  }

  @Test(arguments: ["a", "a.b", "a.b.c", "a[x=1]", "a.b[x=1, y=b c]@end", "a@start", "a@epoch=0", "a@step=7"])
  func `The description reads back`(text: String) throws {
    #expect(try parse(text).description == text)
    #expect(try parse(try parse(text).description) == parse(text))
  }

  @Test func `Two are equal that say the same, wherever they stand`() throws {
    let a = try Reference.parse("a[x=1,y=2]", at: Place(file: "a", line: 1, column: 1)).get()
    let b = try Reference.parse("a[ x = 1,  y=2 ]", at: Place(file: "b", line: 2, column: 1)).get()
    #expect(a == b)
    #expect(Set([a, b]).count == 1)
    #expect(try parse("a") != parse("a@end"))
  }

  @Test func `Conditions know their places`() throws {
    let text = MarkedText("study[1️⃣init=lecun, 2️⃣seed=1]@end")
    let reference = try Reference.parse(text.text, at: text.start).get()
    #expect(reference.conditions.map(\.place) == [text["1️⃣"], text["2️⃣"]])
  }

  @Test(arguments: [
    ("1️⃣", "‘’ does not start with the id of an experiment"),
    ("1️⃣[a=1]", "‘[a=1]’ does not start with the id of an experiment"),
    ("1️⃣a b", "‘a b’ does not start with the id of an experiment"),
    ("a.1️⃣", "‘’ is not the name of a table or column"), ("a.1️⃣b..c", "‘b..c’ is not the name of a table or column"),
    ("a1️⃣[x=1", "this ‘[’ is not closed"), ("a[1️⃣x]", "‘x’ is not of the form axis=value"),
    ("a[x=1, 1️⃣y=]", "‘y=’ is not of the form axis=value"), ("a[x=1,1️⃣]", "‘’ is not of the form axis=value"),
    ("a[x=1]1️⃣b", "‘b’ does not belong here"),
    ("a1️⃣@middle", "‘@middle’ is not a moment: @start, @end, @epoch=N, @step=N or @epochs"),
    ("a1️⃣@epoch", "‘@epoch’ is not a moment: @start, @end, @epoch=N, @step=N or @epochs"),
    ("a1️⃣@epoch=-1", "‘@epoch=-1’ is not a moment: @start, @end, @epoch=N, @step=N or @epochs"),
    ("a1️⃣@epoch=x", "‘@epoch=x’ is not a moment: @start, @end, @epoch=N, @step=N or @epochs"),
    ("a1️⃣@start=1", "‘@start=1’ is not a moment: @start, @end, @epoch=N, @step=N or @epochs"),
    ("a1️⃣@start=x", "‘@start=x’ is not a moment: @start, @end, @epoch=N, @step=N or @epochs"),
    ("a1️⃣@", "‘@’ is not a moment: @start, @end, @epoch=N, @step=N or @epochs"),
  ])
  func `What is wrong is said where it is wrong`(marked: String, message: String) {
    let text = MarkedText(marked)
    do throws(DiagnosticError) {
      let reference = try Reference.parse(text.text, at: text.start).get()
      Issue.record("this should not parse, but is \(reference.description)")
    } catch {
      let hint = "written like: study.table[axis=value]@epoch=3"
      #expect(error.diagnostics == [Diagnostic(at: text["1️⃣"], message, hints: [hint])])
    }
  }

  @Test func `A value with commas or brackets stands in quotes`() throws {
    let text = #"a.loss[label="Adam, fast [new]", seed=1]"#
    let reference = try Reference.parse(text, at: Place(file: "f", line: 1, column: 1)).get()
    #expect(reference.conditions.map(\.value) == ["Adam, fast [new]", "1"])
    #expect(reference.description == text)
  }
}
