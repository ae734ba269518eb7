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
    options: [
      SharedOption.data("On whose training samples the loss is taken."), SharedOption.model, Loss.option,
      Option("from", .reference, .absent, "The point: another run's checkpoint."), ParameterFile.option,
      Option(
        "init", .entry(initializerCatalog.catalog), .yaml("pytorch"),
        "How weights start where neither `from` nor `parameters` gives the point."), Rescaling.option,
      Option(
        "samples", .integer(1...1_000_000), .yaml("1000"),
        "The loss is the mean over so many of the first training samples, or over all if there are fewer."),
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
  guard let source = options.dataSource(book, into: &diagnostics),
    let model = model(options, input: source.facts.inputShape, outputs: source.facts.outputCount, &diagnostics),
    let loss = Loss.chosen(options, for: source.facts, into: &diagnostics),
    let file = ParameterFile.find(options, book, for: model, into: &diagnostics),
    options.checkInitializer(for: model, &diagnostics), Rescaling.check(options, for: model, &diagnostics)
  else { return nil }
  guard source.facts.trainCount > 0 else {
    diagnostics.append(
      Diagnostic(
        at: options.place("data"), "‘\(source.facts.name)’ has no training samples to take the loss on"))
    return nil
  }
  return SharpnessStudy(options: options, book: book, source: source, model: model, loss: loss, file: file)
}

/// One search, checked.
struct SharpnessStudy: Experiment {
  let options: Values
  let book: Surroundings
  let source: any DataSource
  let model: Model
  let loss: Loss
  let file: ParameterFile?

  private static let runs = TableSchema(
    "runs",
    [
      ColumnSchema("parameters", .integer, doc: "How many there are."),
      ColumnSchema("samples", .integer, doc: "Training samples that the loss is a mean over."),
      ColumnSchema("loss", doc: "The loss at the point."),
      ColumnSchema("highest", doc: "The largest that was found around it."),
      ColumnSchema("rise", doc: "Their difference."),
      ColumnSchema("sharpness", doc: "Keskar's: 100·rise/(1 + loss)."),
    ])

  var tables: [TableSchema] { [SharpnessStudy.runs] }
  var moments: [Reference.Moment] { [] }
  var layouts: [String: ParameterLayout] { ["parameters": model.layout, "buffers": model.buffers] }
  func refusal(of upstream: any Experiment, option: String) -> String? { misfit(with: upstream) }
  var dataFiles: [String] { source.files + (file.map { [$0.path] } ?? []) }
  var memory: Int {
    let number = options.text("precision") == "float" ? 4 : 8
    let samples = min(options.integer("samples"), source.facts.trainCount)
    return source.facts.bytes + number * (3 * samples * (model.inputs + model.activations) + 12 * model.layout.count)
      + 1 << 24
  }

  func run(inputs: [String: [Input]], doors: Doors) throws -> Outcome {
    let dataset = try options.dataset(from: source, book)
    let start = try Start(of: model, options, file: file, inputs, dataset, loss: loss, bookSeed: book.seed)
    return options.text("precision") == "float"
      ? try run(Float.self, start, dataset.train, doors) : try run(Double.self, start, dataset.train, doors)
  }

  private func run<Element: Scalar>(
    _ type: Element.Type, _ start: Start, _ samples: Samples, _ doors: Doors
  ) throws -> Outcome {
    let objective = TracedObjective(model.training(with: loss), buffers: Vector(start.buffers.map { Element($0) }))
    let count = min(options.integer("samples"), samples.count)
    objective.refill(counts: [count * samples.inputWidth, count * samples.targetWidth], samples: count) { data in
      samples.copyInputs(Array(0..<count)[...], into: &data[0])
      samples.copyTargets(Array(0..<count)[...], into: &data[1])
    }
    let point = Vector(start.parameters.map { Element($0) })
    let radius = options.number("radius")
    let loss = objective.value(at: point)
    let highest = ascent(
      of: objective, from: point,
      in: options.text("region") == "ball" ? .ball(radius) : .box(start.parameters.map { radius * (abs($0) + 1) }),
      steps: options.integer("steps"), climbs: options.integer("climbs"), book: book.seed,
      run: UInt64(options.integer("seed")), isCancelled: doors.isCancelled)
    if doors.isCancelled() { throw Cancelled() }
    var runs = TableBuilder(SharpnessStudy.runs)
    runs.append([
      "parameters": .integer(point.count), "samples": .integer(count), "loss": .number(loss),
      "highest": .number(highest), "rise": .number(highest - loss),
      "sharpness": .number(100 * (highest - loss) / (1 + loss)),
    ])
    return Outcome(tables: [runs.table()])
  }
}
