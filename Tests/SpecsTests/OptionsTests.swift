import Diagnostics
import Fixtures
import Specs
import Testing

/// A box may hold a box.
private let things: Catalog = Catalog(
  "thing",
  later: {
    [
      CatalogEntry("ball", doc: "Round."),
      CatalogEntry("box", options: [Option("inside", .entry(things), .required, "What it holds.")], doc: "Square."),
    ]
  })

@Suite struct OptionsTests {
  @Test func `Catalogs find and number their entries`() {
    #expect(optimizers["adam"]?.revision == 2)
    #expect(optimizers["none"] == nil)
    #expect(optimizers.names == ["sgd", "adam", "newton"])
    #expect(optimizers.numbers == ["sgd": 0, "adam": 1, "newton": 2])
  }

  @Test func `A catalog may hold entries whose options choose from it`() throws {
    let option = [Option("x", .entry(things), .required, "")]
    let outer = try #require(Reader("x: {box: {inside: {box: {inside: ball}}}}", option).values).entry("x")
    let inner = outer.values.entry("inside")
    #expect([outer.name, inner.name, inner.values.entry("inside").name] == ["box", "box", "ball"])
    let wrong = try Reader("x: {box: {inside: {box: {inside: 1️⃣bull}}}}", option)
    #expect(wrong.diagnostics.map(\.place) == [wrong.text["1️⃣"]])
    #expect(wrong.diagnostics.first?.hints == ["did you mean ‘ball’?"])
  }

  @Test func `Types describe themselves`() {
    #expect(OptionType.number().described == "a number")
    #expect(OptionType.number(atLeast: 0, below: 1).described == "a number at least 0, below 1")
    #expect(OptionType.number(above: 0.5, atMost: 2).described == "a number above 0.5, at most 2")
    #expect(OptionType.integer().described == "a whole number")
    #expect(OptionType.integer(1...Int.max).described == "a whole number, at least 1")
    #expect(OptionType.integer(Int.min...7).described == "a whole number, at most 7")
    #expect(OptionType.integer(1...7).described == "a whole number from 1 to 7")
    #expect(OptionType.boolean.described == "true or false")
    #expect(OptionType.list(.text).described == "a list, each a text")
    #expect(OptionType.choice(["a", "b"]).described == "one of a, b")
    #expect(OptionType.entry(optimizers).described == "one optimizer")
    #expect(OptionType.options(optimizers["sgd"]!.options).described == "a map with lr, momentum")
    #expect(OptionType.map(.number()).described == "a map from names, each a number")
    #expect(OptionType.either([.boolean, .number()]).described == "true or false, or a number")
    #expect(OptionType.reference.described == "a reference such as ‘study[seed=1]@end’")
  }
}
