import Diagnostics
import Specs
import Testing

@Suite struct SpecTests {
  private let place = Place(file: "a.md", line: 9, column: 9)

  private func spec(_ text: String) throws -> Spec {
    try Spec.parse(text, at: Place(file: "a.md", line: 1, column: 1))
  }

  /// The tree without its places.
  private func plain(_ spec: Spec) -> String {
    switch spec.value {
    case .null: "~"
    case .scalar(let text, _): text
    case .list(let elements): "[" + elements.map(plain).joined(separator: ", ") + "]"
    case .map(let entries): "{" + entries.map { "\($0.key): \(plain($0.value))" }.joined(separator: ", ") + "}"
    }
  }

  private func set(_ text: String, _ path: String, _ value: String) throws -> String {
    plain(try spec(text).setting(path.split(separator: ".").map(String.init), to: try spec(value), keyPlace: place))
  }

  @Test func `A dotted path sets a value, deep or new`() throws {
    #expect(try set("a: 1\nb: 2", "a", "3") == "{a: 3, b: 2}")
    #expect(try set("a: 1", "b", "2") == "{a: 1, b: 2}")
    #expect(try set("o: {sgd: {lr: 1, m: 2}}", "o.sgd.lr", "9") == "{o: {sgd: {lr: 9, m: 2}}}")
    #expect(try set("", "a.b.c", "1") == "{a: {b: {c: 1}}}")
    #expect(try set("a: ~", "a.b", "1") == "{a: {b: 1}}")
    #expect(try set("o: {sgd: }", "o.sgd.lr", "1") == "{o: {sgd: {lr: 1}}}")
  }

  @Test func `A name alone on the way is an entry without options`() throws {
    #expect(try set("optimizer: sgd", "optimizer.sgd.lr", "0.1") == "{optimizer: {sgd: {lr: 0.1}}}")
    #expect(try set("optimizer: sgd", "optimizer", "adam") == "{optimizer: adam}")
  }

  @Test func `A new key stands where its sweep names it`() throws {
    let changed = try spec("a: 1").setting(["b"], to: Spec(.null, at: place), keyPlace: place)
    #expect(changed.entries[1].keyPlace == place)
  }

  @Test func `Labels are what a reader calls a value`() throws {
    func label(_ text: String) throws -> String { try spec("v: " + text)["v"]!.label }
    #expect(try label("adam") == "adam")
    #expect(try label("{sgd: {lr: 0.1}}") == "sgd")
    #expect(try label("{sgd: {lr: 0.1}, label: fast}") == "fast")
    #expect(try label("[256, 64]") == "256, 64")
    #expect(try label("~") == "none")
    #expect(try label("{a: 1, b: {c: 2}}") == "a 1, b c")
  }

  @Test func `Elements, entries, text and removal`() throws {
    #expect(try spec("v: x")["v"]?.elements.map(\.label) == ["x"])
    #expect(try spec("v: [x, y]")["v"]?.elements.count == 2)
    #expect(try spec("v: [x]")["v"]?.text == nil)
    #expect(try spec("v: x")["v"]?.entries.isEmpty == true)
    #expect(plain(try spec("a: 1\nb: 2\nc: 3").removing(["a", "c"])) == "{b: 2}")
    #expect(try spec("[a]").removing(["a"]) == spec("[a]"))
  }
}
