import Diagnostics
import Fixtures
import Specs
import Testing

/// What does not fit is said, where it stands.
@Suite struct ReadingMessageTests {
  /// Reading must say exactly these messages, each at its mark.
  private func expect(
    _ marked: String, _ type: OptionType, _ messages: [(Character, String)], hints: [[String]]? = nil,
    _ location: SourceLocation = #_sourceLocation
  ) throws {
    try expect(marked, [Option("x", type, .absent, "")], messages, hints: hints, location)
  }

  private func expect(
    _ marked: String, _ options: [Option], _ messages: [(Character, String)], hints: [[String]]? = nil,
    _ location: SourceLocation = #_sourceLocation
  ) throws {
    let reader = try Reader(marked, options)
    #expect(reader.diagnostics.map(\.message) == messages.map(\.1), sourceLocation: location)
    #expect(reader.diagnostics.map(\.place) == messages.map { reader.text[$0.0] }, sourceLocation: location)
    if let hints { #expect(reader.diagnostics.map(\.hints) == hints, sourceLocation: location) }
  }

  @Test func `Unknown keys are said at the key, with the nearest`() throws {
    try expect(
      "epochs: 1\n1️⃣epocs: 2\n2️⃣zzzzzz: 3\n",
      [Option("epochs", .integer(), .absent, ""), Option("batch", .integer(), .absent, "")],
      [("1️⃣", "kind ‘train’ has no option ‘epocs’"), ("2️⃣", "kind ‘train’ has no option ‘zzzzzz’")],
      hints: [["did you mean ‘epochs’?"], ["valid here: epochs, batch"]])
    try expect(
      "x: {sgd: {1️⃣lrr: 0.1}}", .entry(optimizers), [("1️⃣", "optimizer ‘sgd’ has no option ‘lrr’")],
      hints: [["did you mean ‘lr’?"]])
  }

  @Test func `Missing keys are said at the map`() throws {
    try expect(
      "1️⃣a: 1", [Option("a", .number(), .absent, ""), Option("id", .text, .required, "")],
      [("1️⃣", "kind ‘train’ needs ‘id’: a text")])
    try expect("x: {newton: 1️⃣{}}", .entry(optimizers), [("1️⃣", "optimizer ‘newton’ needs ‘damping’: a number")])
    try expect("x: 1️⃣newton", .entry(optimizers), [("1️⃣", "optimizer ‘newton’ needs ‘damping’: a number")])
    try expect("x: 1️⃣~", [Option("x", .number(), .required, "")], [("1️⃣", "expected a number, found nothing")])
  }

  @Test func `Wrong types are said at the value`() throws {
    let number = "expected a number, found "
    try expect("x: 1️⃣fast", .number(), [("1️⃣", number + "‘fast’")])
    try expect("x: 1️⃣\"1\"", .number(), [("1️⃣", number + "‘1’")])
    try expect("x: 1️⃣[1]", .number(), [("1️⃣", number + "a list")])
    try expect("x: 1️⃣{a: 1}", .number(), [("1️⃣", number + "a map")])
    for text in ["inf", "-inf", "nan", ".inf", "0x10", "1_000"] {
      try expect("x: 1️⃣\(text)", .number(), [("1️⃣", number + "‘\(text)’")])
    }
    try expect("x: 1️⃣2.5", .integer(), [("1️⃣", "expected a whole number, found ‘2.5’")])
    try expect("x: 1️⃣1e30", .integer(), [("1️⃣", "expected a whole number, found ‘1e30’")])
    try expect("x: 1️⃣0x10", .integer(), [("1️⃣", "expected a whole number, found ‘0x10’")])
    try expect("x: 1️⃣maybe", .boolean, [("1️⃣", "expected true or false, found ‘maybe’")])
    try expect("x: 1️⃣[a]", .text, [("1️⃣", "expected a text, found a list")])
    try expect("x: 1️⃣5", .list(.integer()), [("1️⃣", "expected a list, found ‘5’")])
    try expect("x: 1️⃣5", .map(.integer()), [("1️⃣", "expected a map, found ‘5’")])
    try expect("x: 1️⃣[1]", .options([]), [("1️⃣", "expected a map of options, found a list")])
    try expect("x: 1️⃣[1]", .choice(["a"]), [("1️⃣", "expected one of a, found a list")])
    try expect("x: 1️⃣{a: b}", .reference, [("1️⃣", "expected a reference such as ‘study[seed=1]@end’, found a map")])
    try expect("1️⃣just a text", [Option](), [("1️⃣", "expected a map of options, found ‘just a text’")])
  }

  @Test func `Numbers out of range are said with the bound`() throws {
    try expect("x: 1️⃣0", .number(above: 0), [("1️⃣", "0 is out of range: it must be above 0")])
    try expect("x: 1️⃣-1e-3", .number(atLeast: 0), [("1️⃣", "-1e-3 is out of range: it must be at least 0")])
    try expect("x: 1️⃣1", .number(below: 1), [("1️⃣", "1 is out of range: it must be below 1")])
    try expect("x: 1️⃣1.5", .number(atMost: 1), [("1️⃣", "1.5 is out of range: it must be at most 1")])
    try expect("x: 1️⃣0", .integer(1...Int.max), [("1️⃣", "0 is out of range: it must be at least 1")])
    try expect("x: 1️⃣11", .integer(1...10), [("1️⃣", "11 is out of range: it must be from 1 to 10")])
    try expect("x: 1️⃣1", .integer(Int.min...0), [("1️⃣", "1 is out of range: it must be at most 0")])
  }

  @Test func `Lists of the wrong length are said, and every wrong element`() throws {
    try expect("x: 1️⃣[1]", .list(.number(), count: 2...2), [("1️⃣", "a list of 1, but 2 are needed")])
    try expect("x: 1️⃣[]", .list(.number(), count: 1...Int.max), [("1️⃣", "a list of 0, but at least 1 are needed")])
    try expect("x: 1️⃣[1, 2, 3, 4]", .list(.number(), count: 1...3), [("1️⃣", "a list of 4, but 1 to 3 are needed")])
    try expect(
      "x: [1, 1️⃣a, 2, 2️⃣{}]", .list(.number()),
      [("1️⃣", "expected a number, found ‘a’"), ("2️⃣", "expected a number, found a map")])
    try expect("x: {p: 1️⃣a, q: 1}", .map(.number()), [("1️⃣", "expected a number, found ‘a’")])
  }

  @Test func `Unknown names are said, with the nearest`() throws {
    try expect(
      "x: 1️⃣maen", .choice(["mean", "sum"]), [("1️⃣", "‘maen’ is not valid here")], hints: [["did you mean ‘mean’?"]])
    try expect(
      "x: 1️⃣adma", .entry(optimizers), [("1️⃣", "there is no optimizer ‘adma’")], hints: [["did you mean ‘adam’?"]])
    try expect(
      "x: {1️⃣whatever: {lr: 1}}", .entry(optimizers), [("1️⃣", "there is no optimizer ‘whatever’")],
      hints: [["valid here: sgd, adam, newton"]])
    try expect(
      "x: 1️⃣{sgd: {}, adam: {}}", .entry(optimizers), [("1️⃣", "expected one optimizer, such as ‘sgd’, found a map")])
    try expect("x: 1️⃣[sgd]", .entry(optimizers), [("1️⃣", "expected one optimizer, such as ‘sgd’, found a list")])
    try expect(
      "x: 1️⃣{label: fast}", .entry(optimizers), [("1️⃣", "expected one optimizer, such as ‘sgd’, found a map")])
  }

  @Test func `Of several types, the one of the same shape speaks`() throws {
    let type = OptionType.either([
      .number(above: 0), .choice(["auto"]), .list(.number()), .options([Option("a", .number(), .absent, "")]),
    ])
    try expect("x: 1️⃣-1", type, [("1️⃣", "-1 is out of range: it must be above 0")])
    try expect("x: {1️⃣b: 1}", type, [("1️⃣", "this map has no option ‘b’")])
    try expect("x: [1, 1️⃣a]", type, [("1️⃣", "expected a number, found ‘a’")])
    try expect(
      "x: 1️⃣manual", type,
      [("1️⃣", "expected a number above 0 or one of auto or a list, each a number or a map with a, found ‘manual’")])
  }

  @Test func `Broken references are said where they break`() throws {
    try expect("x: study1️⃣[seed=1", .reference, [("1️⃣", "this ‘[’ is not closed")])
    try expect("x: \"study1️⃣[seed=1\"", .reference, [("1️⃣", "this ‘[’ is not closed")])
  }

  @Test func `All problems of a map are said at once`() throws {
    let options = [
      Option("epochs", .integer(1...Int.max), .required, ""), Option("lr", .number(above: 0), .required, ""),
      Option("loss", .choice(["mse"]), .absent, ""),
    ]
    let reader = try Reader("1️⃣epochs: 2️⃣0\nloss: 3️⃣mes\n4️⃣extra: 1\n", options)
    #expect(reader.values == nil)
    let marks: [Character] = ["1️⃣", "2️⃣", "3️⃣", "4️⃣"]
    #expect(Set(reader.diagnostics.map(\.place)) == Set(marks.map { reader.text[$0] }))
  }
}
