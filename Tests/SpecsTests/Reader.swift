import Diagnostics
import Fixtures
import Specs

/// Reads a marked text against options and keeps what was said about it.
struct Reader {
  let text: MarkedText
  let values: Values?
  let diagnostics: [Diagnostic]

  init(_ marked: String, _ options: [Option]) throws {
    text = MarkedText(marked)
    var diagnostics: [Diagnostic] = []
    values = try Spec.parse(text.text, at: text.start).read(options, owner: "kind ‘train’", into: &diagnostics)
    self.diagnostics = diagnostics
  }
}

/// A small vocabulary like the book's.
let optimizers = Catalog(
  "optimizer",
  [
    CatalogEntry(
      "sgd",
      options: [
        Option("lr", .number(above: 0), .yaml("0.1"), ""),
        Option("momentum", .number(atLeast: 0, below: 1), .yaml("0"), ""),
      ], doc: "gradient descent"),
    CatalogEntry(
      "adam", revision: 2,
      options: [
        Option("lr", .number(above: 0), .yaml("0.001"), ""),
        Option("betas", .list(.number(), count: 2...2), .yaml("[0.9, 0.999]"), ""),
      ], doc: "Adam"),
    CatalogEntry("newton", options: [Option("damping", .number(), .required, "")], doc: "Newton"),
  ])
