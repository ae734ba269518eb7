import Autodiff
import Datasets
import Diagnostics
import Landscapes
import Networks
import Specs
import Tables
import Tensors

/// `sharpness`: how far a model's loss rises near a point, by a search for the highest place around it.
public let sharpnessKind = Kind(
  CatalogEntry(
    "sharpness",
    options: Surveyed.options(samples: "1000") + Surveyed.origin + [
      Option(
        "region", .choice(["box", "ball"]), .yaml("box"),
        "box: each parameter moves by at most radius·(|w| + 1), as Keskar et al. have it; ball: all together by at most "
          + "radius, as SAM has it."),
      Option("radius", .number(above: 0), .yaml("1e-3"), "Keskar's ε or SAM's ρ."),
      Option("steps", .integer(1...10_000), .yaml("20"), "Steps of a climb, at most."),
      Option(
        "climbs", .integer(0...1000), .yaml("3"), "Climbs that begin at a random place, besides the one from the point."
      ),
      SharedOption.seed, SharedOption.precision("double"),
    ],
    doc: "The largest loss in a neighbourhood of a point, as far as a search finds it.",
    source: "Keskar et al. 2017, arXiv:1609.04836; Foret et al. 2021, arXiv:2010.01412")
) { options, book, diagnostics in
  Surveyed(options, book, &diagnostics).map { SharpnessStudy(surveyed: $0) }
}

/// One search, checked.
struct SharpnessStudy: Survey {
  let surveyed: Surveyed

  private static let runs = TableSchema(
    "runs",
    [
      ColumnSchema("parameters", .integer, doc: "How many there are."),
      ColumnSchema("samples", .integer, doc: "Samples that the loss is a mean over; 0 for a function."),
      ColumnSchema("loss", doc: "The loss at the point."),
      ColumnSchema("highest", doc: "The largest that was found around it."),
      ColumnSchema("rise", doc: "Their difference."),
      ColumnSchema("sharpness", doc: "Keskar's: 100·rise/(1 + loss)."),
    ])

  var tables: [TableSchema] { [SharpnessStudy.runs] }
  private var isFloat: Bool { options.text("precision") == "float" }
  var memory: Int {
    let type: any Scalar.Type = isFloat ? Float.self : Double.self
    return surveyed.memory(type) + 8 * 6 * surveyed.layout.count
  }

  func run(inputs: [String: [Input]], doors: Doors) throws -> Outcome {
    try isFloat ? run(Float.self, inputs, doors) : run(Double.self, inputs, doors)
  }

  private func run<Element: Scalar>(
    _ type: Element.Type, _ inputs: [String: [Input]], _ doors: Doors
  ) throws -> Outcome {
    let loaded = try surveyed.load(type, inputs)
    let (objective, point) = (loaded.objective(), loaded.point)
    let radius = options.number("radius")
    let loss = objective.value(at: point)
    let highest = ascent(
      of: objective, from: point,
      in: options.text("region") == "ball" ? .ball(radius) : .box(point.array.map { radius * (abs(Double($0)) + 1) }),
      steps: options.integer("steps"), climbs: options.integer("climbs"), book: book.seed,
      run: UInt64(options.integer("seed")), isCancelled: doors.isCancelled)
    if doors.isCancelled() { throw Cancelled() }
    var runs = TableBuilder(SharpnessStudy.runs)
    runs.append([
      "parameters": .integer(point.count), "samples": .integer(surveyed.samples), "loss": .number(loss),
      "highest": .number(highest), "rise": .number(highest - loss),
      "sharpness": .number(100 * (highest - loss) / (1 + loss)),
    ])
    return Outcome(tables: [runs.table()])
  }
}
