import Diagnostics
import Fixtures
import Specs
import Testing

/// What fits is read as what it is.
@Suite struct ReadingTests {
  private func read(_ text: String, _ options: [Option]) throws -> Values {
    try #require(try Reader(text, options).values)
  }

  @Test func `Numbers and whole numbers`() throws {
    let options = [Option("x", .number(), .absent, ""), Option("n", .integer(), .absent, "")]
    #expect(try read("x: 1e-3", options).number("x") == 0.001)
    #expect(try read("x: -4", options).number("x") == -4)
    #expect(try read("n: 12", options).integer("n") == 12)
    #expect(try read("n: 1e3", options).integer("n") == 1000)
    #expect(try read("n: -3", options).integer("n") == -3)
    #expect(try read("{}", options).optionalInteger("n") == nil)
  }

  @Test func `Booleans, texts and choices`() throws {
    let options = [
      Option("b", .boolean, .yaml("false"), ""), Option("t", .text, .absent, ""),
      Option("c", .choice(["mean", "sum"]), .yaml("mean"), ""),
    ]
    #expect(try read("b: yes", options).boolean("b"))
    #expect(try read("b: true", options).boolean("b"))
    #expect(try !read("b: no", options).boolean("b"))
    #expect(try !read("", options).boolean("b"))
    #expect(try read("t: 12", options).text("t") == "12")
    #expect(try read("t: ''", options).text("t") == "")
    #expect(try read("c: sum", options).text("c") == "sum")
    #expect(try read("", options).text("c") == "mean")
  }

  @Test func `Lists and maps`() throws {
    let options = [
      Option("l", .list(.integer(1...9), count: 1...3), .yaml("[4]"), ""), Option("m", .map(.number()), .absent, ""),
      Option("o", .options([Option("a", .number(), .yaml("2"), "")]), .absent, ""),
    ]
    let values = try read("l: [1, 2]\nm: {p: 1, q: 2}\no: {}", options)
    #expect(values.list("l").map(\.asInteger) == [1, 2])
    #expect(values["m"]?.asMap.mapValues(\.asNumber) == ["p": 1, "q": 2])
    #expect(values["o"]?.asOptions.number("a") == 2)
    #expect(try read("", options).list("l").map(\.asInteger) == [4])
  }

  @Test func `Catalog entries, alone, with options, with one main value, with a label`() throws {
    let options = [Option("optimizer", .entry(optimizers), .yaml("sgd"), "")]
    func entry(_ text: String) throws -> Selection { try read(text, options).entry("optimizer") }
    #expect(try entry("").name == "sgd")
    #expect(try entry("optimizer: adam").revision == 2)
    #expect(try entry("optimizer: adam").values.number("lr") == 0.001)
    #expect(try entry("optimizer: {sgd: {lr: 0.5, momentum: 0.9}}").values.number("momentum") == 0.9)
    #expect(try entry("optimizer: {sgd: 0.5}").values.number("lr") == 0.5)
    #expect(try entry("optimizer: {sgd: }").values.number("lr") == 0.1)
    #expect(try entry("optimizer: {sgd: {lr: 0.5}, label: fast}").name == "sgd")
  }

  @Test func `The first type that fits the shape is the one`() throws {
    let type = OptionType.either([
      .number(above: 0), .choice(["auto"]), .list(.number()), .options([Option("a", .number(), .absent, "")]),
    ])
    let options = [Option("x", type, .absent, "")]
    #expect(try read("x: 2", options)["x"]?.asNumber == 2)
    #expect(try read("x: auto", options)["x"]?.asText == "auto")
    #expect(try read("x: [1, 2]", options)["x"]?.asList.count == 2)
    #expect(try read("x: {a: 1}", options)["x"]?.asOptions.number("a") == 1)
  }

  @Test func `A default stands where it was left out`() throws {
    let reader = try Reader("1️⃣a: 1", [Option("a", .number(), .absent, ""), Option("x", .number(), .yaml("3"), "")])
    #expect(reader.values?.place("x") == reader.text["1️⃣"])
    #expect(reader.values?.number("x") == 3)
  }

  @Test func `Null means left out`() throws {
    #expect(try read("x: ~", [Option("x", .number(), .yaml("3"), "")]).number("x") == 3)
  }

  @Test func `A word for a value of several kinds gets the nearest that is one`() throws {
    let type = OptionType.either([.number(), .choice(["free", "pinned"])])
    func said(_ text: String) throws -> Diagnostic? {
      try Reader(text, [Option("offset", type, .absent, "")]).diagnostics.first
    }
    let near = try #require(try said("offset: pined"))
    #expect(near.message == "expected a number or one of free, pinned, found ‘pined’")
    #expect(near.hints == ["did you mean ‘pinned’?"])
    #expect(try said("offset: zebra")?.hints == [])
  }

  @Test func `A share written in percent is recognized`() throws {
    let options = [
      Option("test", .number(atLeast: 0, below: 1), .absent, ""), Option("rate", .number(above: 0), .absent, ""),
      Option("top", .number(atLeast: 0, atMost: 10), .absent, ""),
    ]
    func hints(_ text: String) throws -> [String] { try Reader(text, options).diagnostics.flatMap(\.hints) }
    #expect(try hints("test: 30") == ["if 30 % is meant: 0.3"])
    #expect(try hints("test: -1").isEmpty && hints("test: 1").isEmpty && hints("top: 30").isEmpty)
  }
}
