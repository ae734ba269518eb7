import Specs
import Testing

@Suite struct ValuesTests {
  private let options = [
    Option("optimizer", .entry(optimizers), .yaml("sgd"), ""), Option("epochs", .integer(), .yaml("3"), ""),
    Option("rate", .number(), .absent, ""), Option("names", .list(.text), .yaml("[]"), ""),
    Option("from", .reference, .absent, ""), Option("free", .map(.number()), .absent, ""),
    Option("flag", .boolean, .yaml("false"), ""), Option("either", .either([.number(), .text]), .absent, ""),
  ]

  private func canonical(_ text: String) throws -> String { try #require(try Reader(text, options).values).canonical }

  @Test(arguments: [
    ("", "optimizer: sgd"), ("", "epochs: 3"), ("", "# nothing\n"), ("epochs: 3", "epochs: 3.0"),
    ("epochs: 1000", "epochs: 1e3"), ("rate: 0.10", "rate: 1e-1"), ("rate: 5", "rate: 5.0"),
    ("optimizer: {sgd: {lr: 0.1}}", "optimizer: sgd"), ("optimizer: {sgd: 0.2}", "optimizer: {sgd: {lr: 0.2}}"),
    ("optimizer: {adam: {betas: [0.9, 0.999], lr: 0.001}}", "optimizer: adam"),
    ("optimizer: {sgd: {lr: 0.2}, label: mine}", "optimizer: {label: yours, sgd: {lr: 0.2}}"),
    ("epochs: 4\nrate: 1", "rate: 1\nepochs: 4"), ("free: {a: 1, b: 2}", "free: {b: 2.0, a: 1}"),
    ("flag: no", "flag: false"), ("names: [a, b]", "names:\n  - a\n  - \"b\"\n"),
    ("from: 'a[x=1,y=2]'", "from: 'a[ x = 1, y = 2 ]'"), ("rate: 0", "rate: -0"),
  ])
  func `Specs that mean the same have the same canonical text`(a: String, b: String) throws {
    #expect(try canonical(a) == canonical(b))
  }

  @Test(arguments: [
    ("epochs: 3", "epochs: 4"), ("optimizer: sgd", "optimizer: adam"),
    ("optimizer: {sgd: {lr: 0.1}}", "optimizer: {sgd: {lr: 0.2}}"), ("names: [a, b]", "names: [b, a]"),
    ("names: [a]", "names: []"), ("names: ['a,b']", "names: [a, b]"), ("names: ['a\"]']", "names: [a]"),
    ("rate: 0", ""), ("rate: 0.1", "rate: 0.10000000000000002"), ("free: {a: 1}", "free: {b: 1}"),
    ("flag: yes", "flag: no"), ("from: a", "from: a@start"), ("from: 'a[x=1]'", "from: 'a[x=2]'"),
    ("from: a.b", "from: a"), ("from: a@epoch=1", "from: a@step=1"), ("either: 1", "either: '1'"),
    ("names: ['\\']", "names: ['\\\\']"), ("names: [\"a\\nb\"]", "names: ['a\\nb']"),
    ("epochs: 9007199254740993", "epochs: 9007199254740992"),
    ("names: [\"a\\r\\nb\"]", "names: [\"a\\nb\"]"),
  ])
  func `Specs that differ have different canonical texts`(a: String, b: String) throws {
    #expect(try canonical(a) != canonical(b))
  }

  @Test func `The canonical text names revisions and sorts keys`() throws {
    let options = [
      Option("optimizer", .entry(optimizers), .yaml("adam"), ""), Option("epochs", .integer(), .absent, ""),
    ]
    let values = try #require(try Reader("epochs: 2", options).values)
    #expect(values.canonical == #"{"epochs":2.0,"optimizer":adam#2{"betas":[0.9,0.999],"lr":0.001}}"#)
  }

  @Test func `Values are equal wherever they stand`() throws {
    let a = try Reader("epochs: 2\nrate: 1", options).values
    let b = try Reader("\n\nrate:   1\nepochs: 2", options).values
    #expect(a == b)
    #expect(a?.hashValue == b?.hashValue)
    #expect(a?.place("rate") != b?.place("rate"))
  }
}
