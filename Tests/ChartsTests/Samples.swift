import Diagnostics
import Specs
import Tables

@testable import Charts

/// Tables and blocks that the tests share.
enum Samples {
  static let inits = ["lecun", "kaiming-normal", "orthogonal"]

  /// Three initializers, two seeds, four epochs. Orthogonal's seed 2 leaves the numbers after epoch 1.
  static let epochs: Table = {
    var builder = TableBuilder(
      TableSchema(
        "epochs",
        [
          ColumnSchema("init", .text, entity: "init"), ColumnSchema("seed", .integer), ColumnSchema("epoch", .integer),
          ColumnSchema("train-loss", .number, unit: "nats"),
          ColumnSchema("seconds", .number, unit: "s", origin: .measured),
        ]))
    for (index, name) in inits.enumerated() {
      for seed in 1...2 {
        for epoch in 0...3 {
          let loss = name == "orthogonal" && seed == 2 && epoch > 1 ? .nan : Double(index + seed) / Double(epoch + 1)
          builder.append([
            "init": .text(name), "seed": .integer(seed), "epoch": .integer(epoch), "train-loss": .number(loss),
            "seconds": .number(Double(epoch)),
          ])
        }
      }
    }
    return builder.table(catalogNumbers: ["init": ["lecun": 0, "kaiming-normal": 8, "orthogonal": 2]])
  }()

  static let runs: Table = {
    var builder = TableBuilder(
      TableSchema(
        "runs",
        [
          ColumnSchema("init", .text, entity: "init"), ColumnSchema("seed", .integer),
          ColumnSchema("test-loss", .number, unit: "nats"), ColumnSchema("test-error", .number),
          ColumnSchema("parameters", .integer), ColumnSchema("diverged", .integer),
          ColumnSchema("seconds", .number, unit: "s", origin: .measured),
        ]))
    for (index, name) in inits.enumerated() {
      for seed in 1...2 {
        let diverged = name == "orthogonal"
        builder.append([
          "init": .text(name), "seed": .integer(seed),
          "test-loss": .number(diverged && seed == 2 ? .infinity : 0.5 + Double(index) * 12 + Double(seed) * 0.01),
          "test-error": .number(diverged ? .nan : 0.114 - Double(index) * 0.05 + Double(seed) * 0.001),
          "parameters": .integer(235_146), "diverged": .integer(diverged ? 1 : 0), "seconds": .number(Double(seed)),
        ])
      }
    }
    return builder.table()
  }()

  /// z = x² + y² on −2…2 in steps of 0.1.
  static let bowl: Table = {
    var builder = TableBuilder(TableSchema("surface", [ColumnSchema("x"), ColumnSchema("y"), ColumnSchema("z")]))
    for i in -20...20 {
      for j in -20...20 {
        let (x, y) = (Double(i) / 10, Double(j) / 10)
        builder.append(["x": .number(x), "y": .number(y), "z": .number(x * x + y * y)])
      }
    }
    return builder.table()
  }()

  /// Classes of two dimensions: one of each never dies, one dies when it is born.
  static let classes: Table = {
    var builder = TableBuilder(
      TableSchema(
        "classes",
        [ColumnSchema("dimension", .integer), ColumnSchema("birth"), ColumnSchema("death"), ColumnSchema("z")]))
    for (dimension, birth, death) in [
      (0, 0.0, Double.infinity), (0, 0.5, 0.75), (0, 0.25, 1), (0, 0.4, 0.4), (1, 0.6, 1.5), (1, 0.5, .infinity),
      (1, 0.5, 2), (1, .nan, 1),
    ] {
      builder.append([
        "dimension": .integer(dimension), "birth": .number(birth), "death": .number(death), "z": .number(birth),
      ])
    }
    return builder.table()
  }()

  /// z = a(x² + y²) on −1…1 in steps of ½, for a = 1 and 3.
  static let pair: Table = {
    var builder = TableBuilder(
      TableSchema("pair", [ColumnSchema("a", .integer), ColumnSchema("x"), ColumnSchema("y"), ColumnSchema("z")]))
    for a in [1, 3] {
      for i in -2...2 {
        for j in -2...2 {
          let (x, y) = (Double(i) / 2, Double(j) / 2)
          builder.append([
            "a": .integer(a), "x": .number(x), "y": .number(y), "z": .number(Double(a) * (x * x + y * y)),
          ])
        }
      }
    }
    return builder.table()
  }()

  /// Cells of side 1 at level 1 and of side 2 at level 2, over the same square.
  static let levels: Table = {
    var builder = TableBuilder(
      TableSchema("levels", [ColumnSchema("level", .integer), ColumnSchema("x"), ColumnSchema("y"), ColumnSchema("z")]))
    for (level, places) in [(1, [-1.5, -0.5, 0.5, 1.5]), (2, [-1.0, 1])] {
      for y in places {
        for x in places {
          builder.append(["level": .integer(level), "x": .number(x), "y": .number(y), "z": .number(x + 5 * y)])
        }
      }
    }
    return builder.table()
  }()

  /// z = x² − y² on −1…1, 71 lines a side.
  static let fine: Table = {
    var builder = TableBuilder(TableSchema("fine", [ColumnSchema("x"), ColumnSchema("y"), ColumnSchema("z")]))
    for i in -35...35 {
      for j in -35...35 {
        let (x, y) = (Double(i) / 35, Double(j) / 35)
        builder.append(["x": .number(x), "y": .number(y), "z": .number(x * x - y * y)])
      }
    }
    return builder.table()
  }()

  /// Thirds to three digits, and one far off.
  static let thirds: Table = {
    var builder = TableBuilder(TableSchema("thirds", [ColumnSchema("x"), ColumnSchema("y", .text), ColumnSchema("z")]))
    for x in [0, 0.333, 0.667, 1, 3] { builder.append(["x": .number(x), "y": .text("a"), "z": .number(x)]) }
    return builder.table()
  }()

  /// z = x + y on −2…2 in steps of 1, not a number in the middle.
  static let holed: Table = {
    var builder = TableBuilder(TableSchema("holed", [ColumnSchema("x"), ColumnSchema("y"), ColumnSchema("z")]))
    for i in -2...2 {
      for j in -2...2 {
        let (x, y) = (Double(i), Double(j))
        builder.append(["x": .number(x), "y": .number(y), "z": .number(i == 0 && j == 0 ? .nan : x + y)])
      }
    }
    return builder.table()
  }()

  /// z = x² + y² at sixty places that are no grid.
  static let scattered: Table = {
    var builder = TableBuilder(TableSchema("scattered", [ColumnSchema("x"), ColumnSchema("y"), ColumnSchema("z")]))
    for k in 1...60 {
      let (a, b) = (Double(k) * 0.754877666246693, Double(k) * 0.569840290998053)
      let (x, y) = (a - a.rounded(.down) - 0.5, b - b.rounded(.down) - 0.5)
      builder.append(["x": .number(x), "y": .number(y), "z": .number(x * x + y * y)])
    }
    return builder.table()
  }()

  /// The places 1, ½, ¼, … of a path to the origin.
  static let halves: Table = {
    var builder = TableBuilder(TableSchema("halves", [ColumnSchema("x"), ColumnSchema("y")]))
    var place = 1.0
    for _ in 0..<60 {
      builder.append(["x": .number(place), "y": .number(place)])
      place /= 2
    }
    builder.append(["x": .number(0), "y": .number(0)])
    return builder.table()
  }()

  /// A list of which nothing was found.
  static let nothing = TableBuilder(TableSchema("nothing", [ColumnSchema("x"), ColumnSchema("y")])).table()

  static func table(_ source: Source) -> Table? {
    switch source.origin {
    case .results("study", "halves"): halves
    case .results("study", "nothing"): nothing
    case .results("study", "epochs"): epochs
    case .results("study", "runs"): runs
    case .results("study", "surface"): bowl
    case .results("study", "classes"): classes
    case .results("study", "pair"): pair
    case .results("study", "holed"): holed
    case .results("study", "thirds"): thirds
    case .results("study", "levels"): levels
    case .results("study", "fine"): fine
    case .results("study", "scattered"): scattered
    case .file("data/epochs.csv"): epochs
    default: nil
    }
  }

  static func schema(_ source: Source, _ diagnostics: inout [Diagnostic]) -> TableSchema? {
    if let table = table(source) { return table.schema }
    diagnostics.append(Diagnostic(at: source.place, "there is no table ‘\(source.name)’"))
    return nil
  }

  static func figure(_ yaml: String) throws -> Figure {
    var diagnostics: [Diagnostic] = []
    let spec = try Spec.parse(yaml, at: Place(file: "chapter.md", line: 1, column: 1))
    guard let figure = Figure.check(spec, schemas: schema, into: &diagnostics) else {
      throw DiagnosticError(diagnostics)
    }
    return figure
  }

  static func view(_ yaml: String) throws -> TableView {
    var diagnostics: [Diagnostic] = []
    let spec = try Spec.parse(yaml, at: Place(file: "chapter.md", line: 1, column: 1))
    guard let view = TableView.check(spec, schemas: schema, into: &diagnostics) else {
      throw DiagnosticError(diagnostics)
    }
    return view
  }

  /// The words that every figure needs.
  static let words = "\nid: fig-test\ncaption: A caption.\nalt: What it shows.\n"

  static func drawing(_ yaml: String, showsMeasurements: Bool = true) throws -> Drawing {
    try figure(yaml + words).draw(
      Presentation(number: "1", dataLink: "fig-test.csv", showsMeasurements: showsMeasurements),
      tables: { table($0)! })
  }

  static func scene(_ yaml: String) throws -> Scene { Scene(try figure(yaml + words), tables: { table($0)! }) }
}

/// A text with one 1️⃣ in it: the text without it, and the place where it stood.
func marked(_ text: String) -> (text: String, place: Place) {
  let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
  let line = lines.firstIndex { $0.contains("1️⃣") }!
  let column = lines[line].distance(from: lines[line].startIndex, to: lines[line].firstIndex(of: "1️⃣")!)
  return (
    String(text.filter { $0 != "1️⃣" }), Place(file: "chapter.md", line: line + 1, column: column + 1)
  )
}
