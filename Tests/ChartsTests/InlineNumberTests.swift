import Diagnostics
import Markup
import Specs
import Testing

@testable import Charts

@Suite struct InlineNumberTests {
  private let place = Place(file: "chapter.md", line: 1, column: 1)

  private func rendered(_ text: String) throws -> String {
    let number = try InlineNumber.parse(text, at: place).get()
    return try number.render { Samples.table($0)! }.get().plainText
  }

  private func diagnostics(_ text: String) -> [Diagnostic] {
    switch InlineNumber.parse(text, at: place) {
    case .failure(let error): return error.diagnostics
    case .success(let number):
      var found: [Diagnostic] = []
      number.check(schemas: Samples.schema, into: &found)
      return found
    }
  }

  @Test func `seeds give mean and deviation, one row gives a number`() throws {
    #expect(try rendered("study.test-error[init=lecun] | percent") == "11.55%\u{A0}±\u{A0}0.07%")
    #expect(try rendered("study.test-error[init=lecun, seed=1]") == "0.115")
    #expect(try rendered("study.parameters[init=lecun]") == "235,146")
    #expect(try rendered("study.epochs.train-loss[init=lecun, epoch=1, seed=2]|fixed 1") == "1.0")
  }

  @Test func `a bar between brackets is part of a value`() throws {
    for (text, value) in [("[init=\"a|b]\"]|percent", "a|b]"), ("[init=a | b] | percent", "a | b")] {
      let number = try InlineNumber.parse("study.test-error\(text)", at: place).get()
      #expect(number.source.conditions.map(\.value) == [value])
      #expect(number.format == .percent(nil))
    }
  }

  @Test func `text columns are written as they are`() throws {
    #expect(try rendered("study.init[init=lecun]") == "lecun")
  }

  @Test func `what is not finite is said`() throws {
    #expect(try rendered("study.test-error[init=orthogonal]") == "not finite in 2 of 2 runs")
    #expect(try rendered("study.test-loss[init=orthogonal]") == "24.5 (1 of 2 diverged)")
    // No run of these left the numbers: one never ends, one has no beginning.
    #expect(try rendered("study.classes.death[dimension=0, z=0]") == "∞")
    #expect(try rendered("study.classes.birth[dimension=1, death=1]") == "—")
  }

  @Test(arguments: [
    ("1️⃣study", "does not name one column"),
    ("1️⃣study.a.b.c", "does not name one column"),
    ("1️⃣study.tst-loss", "the table ‘runs’ has no column ‘tst-loss’"),
    ("study.test-loss[1️⃣ini=lecun]", "has no column ‘ini’"),
    ("study.test-loss[1️⃣seed=one]", "never ‘one’"),
    ("study.test-loss[init=lecun] | 1️⃣percnt", "there is no number format ‘percnt’"),
    ("1️⃣other.test-loss", "there is no table ‘other.runs’"),
    ("1️⃣study.init[init=lecun] | percent", "holds text"),
    ("study.test-loss1️⃣[init", "is not closed"),
  ])
  func `a mistake is said at its place`(source: String, message: String) {
    let (text, place) = marked(source)
    let found = diagnostics(text)
    #expect(found.count == 1 && found[0].place == place && found[0].message.contains(message), "\(found)")
  }

  @Test func `open axes are named with their values`() throws {
    let number = try InlineNumber.parse("study.test-loss[seed=1]", at: place).get()
    guard case .failure(let error) = number.render({ Samples.table($0)! }) else {
      Issue.record("several rows gave one number")
      return
    }
    #expect(error.diagnostics[0].message == "3 rows are left where one number is needed")
    #expect(error.diagnostics[0].hints == ["choose a value of ‘init’: lecun, kaiming-normal, orthogonal"])
  }

  @Test func `conditions that match nothing get the nearest value`() throws {
    let number = try InlineNumber.parse("study.test-loss[init=lecum]", at: place).get()
    guard case .failure(let error) = number.render({ Samples.table($0)! }) else { return }
    #expect(error.diagnostics[0].hints == ["‘init’: did you mean ‘lecun’?"])
  }
}
