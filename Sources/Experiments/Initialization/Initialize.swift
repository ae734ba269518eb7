import Autodiff
import Diagnostics
import Networks
import Specs
import Tables
import Tensors

/// `initialize`: what an initializer does to a network before any training.
public let initializeKind = Kind(
  CatalogEntry(
    "initialize", revision: 4,
    options: [
      SharedOption.model, SharedOption.initializer,
      SharedOption.inputs, SharedOption.outputs,
      Option(
        "samples", .integer(2...1_000_000), .yaml("512"), "Standard normal inputs that the signals are measured on."),
      Option(
        "gradient-samples", .integer(0...10_000), .yaml("0"),
        "Random inputs that the gradient quotient is taken on; it is not taken when 0."),
      SharedOption.seed, SharedOption.precision("double"),
    ],
    doc: "Weight statistics, singular values, and the size of signals forward and backward, layer by layer.")
) { options, book, diagnostics in
  guard
    let model = model(options, input: options.inputShape, outputs: options.integer("outputs"), &diagnostics)
  else { return nil }
  guard options.checkInitializer(for: model, &diagnostics) else { return nil }
  return Initialize(options: options, bookSeed: book.seed, model: model)
}

/// One initialization, surveyed.
struct Initialize: Experiment {
  let options: Values
  let bookSeed: UInt64
  let model: Model

  private static let runs = TableSchema(
    "runs",
    [
      ColumnSchema("parameters", .integer, doc: "Numbers that training would change."),
      ColumnSchema("weight-mean", doc: "Mean over weight matrices of the mean weight."),
      ColumnSchema("weight-deviation", doc: "Mean over weight matrices of the weights' standard deviation."),
    ] + StartMeasure.allCases.map(\.column) + [
      ColumnSchema(
        "gradient-quotient",
        doc:
          "Mean over parameters of |(g − Hg)/g − 1| on random inputs and labels, g gradient and H Hessian: how much a "
          + "step of length 1 changes the gradient. Dauphin & Schoenholz 2019.")
    ])
  private static let layers = TableSchema(
    "layers", LayerStatistics.columns + StartMeasure.allCases.map(\.column))
  private static let singularValues = TableSchema(
    "singular-values",
    [
      ColumnSchema("layer", .integer, doc: "1 is the layer at the input."),
      ColumnSchema("index", .integer, doc: "1 is the largest."),
      ColumnSchema("singular-value", doc: "The singular value."),
    ])

  var tables: [TableSchema] { [Initialize.runs, Initialize.layers, Initialize.singularValues] }
  var moments: [Reference.Moment] { [.start] }
  var layouts: [String: ParameterLayout] { ["parameters": model.layout, "buffers": model.buffers] }
  var dataFiles: [String] { [] }
  var memory: Int {
    8 * (3 * model.layout.count + 3 * options.integer("samples") * (model.activations + model.inputs)) + 1 << 22
  }

  func run(inputs: [String: [Input]], doors: Doors) throws -> Outcome {
    options.text("precision") == "float" ? try run(Float.self, doors) : try run(Double.self, doors)
  }

  private func run<Element: Scalar>(_ type: Element.Type, _ doors: Doors) throws -> Outcome {
    let seed = UInt64(options.integer("seed"))
    let samples = options.integer("samples")
    let inputs: @Sendable (Int) -> [Double] = { samples in
      var stream = Stream(book: bookSeed, run: seed, purpose: .data("signals"))
      return stream.normals(samples * model.inputs)
    }
    let start = options.initializer.parameters(
      for: .init(model: model, bookSeed: bookSeed, seed: seed, inputs: inputs))
    if doors.isCancelled() { throw Cancelled() }
    let statistics = LayerStatistics(
      start, model.layout, measures: StartMeasure.allCases,
      signals: signals(
        of: model, at: Vector(start.map { Element($0) }),
        inputs: Vector(inputs(samples).map { Element($0) }), samples: samples,
        probes: Stream(book: bookSeed, run: seed, purpose: .probes(0))))

    var runs = TableBuilder(Initialize.runs)
    runs.append(
      statistics.meanValues().merging([
        "parameters": .integer(model.layout.count), "gradient-quotient": .number(gradientQuotient(at: start, seed)),
      ]) { first, _ in first })
    var layers = TableBuilder(Initialize.layers)
    var spectrum = TableBuilder(Initialize.singularValues)
    for row in statistics.rows {
      layers.append(statistics.values(row))
      for (index, value) in row.singularValues.enumerated() {
        spectrum.append([
          "layer": .integer(row.slice.layer), "index": .integer(index + 1), "singular-value": .number(value),
        ])
      }
    }
    return Outcome(
      tables: [runs.table(), layers.table(), spectrum.table()],
      checkpoints: [
        .start(
          of: model.layout, parameters: start, buffers: model.buffers.startingValues(book: bookSeed, run: seed))
      ])
  }

  /// The mean over four random batches that no initializer has seen.
  private func gradientQuotient(at start: [Double], _ seed: UInt64) -> Double {
    let samples = options.integer("gradient-samples")
    guard samples > 0 else { return .nan }
    let quotient = GradientQuotient(of: model, samples: samples)
    let workspace = quotient.makeWorkspace()
    var stream = Stream(book: bookSeed, run: seed, purpose: .probes(1))
    return (0..<4).reduce(0) { sum, _ in
      let (inputs, targets) = quotient.randomBatch(&stream)
      return sum + quotient(at: start, inputs: inputs, targets: targets, on: workspace).quotient / 4
    }
  }
}
