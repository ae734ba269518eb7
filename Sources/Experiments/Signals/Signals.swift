import Autodiff
import Datasets
import Diagnostics
import Networks
import Specs
import Tables
import Tensors

/// `signals`: what becomes of inputs and derivatives on their way through a network that nobody has trained.
public let signalsKind = Kind(
  CatalogEntry(
    "signals",
    options: [
      SharedOption.model, SharedOption.initializer,
      Option(
        "data", .entry(datasetCatalog.catalog), .absent,
        "Where inputs come from; standard normal numbers when left out."),
      Option("inputs", .integer(1...10_000_000), .yaml("128"), "Numbers in one sample, without data."),
      Option("outputs", .integer(1...10_000_000), .yaml("10"), "Outputs of the network, without data."),
      Option("samples", .integer(2...100_000), .yaml("256"), "Inputs that signals are averaged over."),
      Option(
        "correlation", .number(atLeast: -1, atMost: 1), .yaml("0.5"),
        "Correlation of each random input with its partner; with data, the partner is another sample."),
      Option(
        "jacobian", .integer(0...1000), .yaml("0"),
        "Inputs at which the singular values of the Jacobian of outputs by inputs are taken."),
      SharedOption.seed, SharedOption.precision("double"),
    ],
    doc:
      "Size and correlation of signals forward, size of derivatives backward, layer by layer, beside mean-field theory; "
      + "singular values of the input-output Jacobian.",
    source: "Poole et al. 2016, arXiv:1606.05340; Schoenholz et al. 2017, arXiv:1611.01232")
) { options, book, diagnostics in
  var source: (any DataSource)?
  if options["data"] != nil {
    source = options.dataSource(book, into: &diagnostics)
    guard source != nil else { return nil }
  }
  guard
    let model = model(
      options, input: source?.facts.inputShape ?? [options.integer("inputs")],
      outputs: source?.facts.outputCount ?? options.integer("outputs"), &diagnostics)
  else { return nil }
  guard options.checkInitializer(for: model, &diagnostics) else { return nil }
  return Signals(options: options, book: book, source: source, model: model)
}

/// One network, sounded.
struct Signals: Experiment {
  let options: Values
  let book: Surroundings
  let source: (any DataSource)?
  let model: Model

  private static let runs = TableSchema(
    "runs",
    [
      ColumnSchema("layers", .integer, doc: "Layers with weights."),
      ColumnSchema("forward-rate", doc: "Factor on the signal's mean square from layer to layer, geometric mean."),
      ColumnSchema("backward-rate", doc: "Factor on the derivative's mean square from layer to layer, backward."),
      ColumnSchema("jacobian-largest", doc: "Largest singular value of the Jacobian, mean over inputs."),
      ColumnSchema("jacobian-smallest", doc: "Smallest singular value of the Jacobian, mean over inputs."),
      ColumnSchema("jacobian-mean-square", doc: "Mean square of the Jacobian's singular values."),
      ColumnSchema("jacobian-frobenius", doc: "Frobenius norm of the Jacobian, mean over inputs."),
    ])
  private static let layers = TableSchema(
    "layers",
    [
      ColumnSchema("layer", .integer, doc: "1 is the layer at the input."),
      ColumnSchema("forward-moment", doc: "Mean square of what the layer gives before its activation."),
      ColumnSchema("forward-theory", doc: "The same by mean-field theory, from the weights' mean squares."),
      ColumnSchema("forward-variance", doc: "Variance of what the layer gives before its activation."),
      ColumnSchema("backward-moment", doc: "Mean square of the derivative of Σ u·output by that, u standard normal."),
      ColumnSchema("backward-theory", doc: "The same by mean-field theory."),
      ColumnSchema("weight-gradient", doc: "Root mean square of the derivative of Σ u·output by the layer's weights."),
      ColumnSchema("correlation", doc: "Σ z·z′ / √(Σ z² Σ z′²) over pairs of inputs and units."),
      ColumnSchema("correlation-theory", doc: "The same by mean-field theory."),
    ])
  private static let singularValues = TableSchema(
    "singular-values",
    [
      ColumnSchema("input", .integer, doc: "Number of the input, from 1."),
      ColumnSchema("index", .integer, doc: "1 is the largest."),
      ColumnSchema("singular-value", doc: "Singular value of the Jacobian of outputs by inputs."),
    ])

  var tables: [TableSchema] { [Signals.runs, Signals.layers, Signals.singularValues] }
  var moments: [Reference.Moment] { [.start] }
  var dataFiles: [String] { source?.files ?? [] }
  var memory: Int {
    let samples = max(options.integer("samples"), options.integer("jacobian") > 0 ? model.outputs : 0)
    return (source?.facts.bytes ?? 0) + 8 * (4 * model.layout.count + 6 * samples * (model.activations + model.inputs))
      + 1 << 23
  }

  func run(inputs: [String: [Input]], doors: Doors) throws -> Outcome {
    options.text("precision") == "float" ? try run(Float.self, doors) : try run(Double.self, doors)
  }

  private func run<Element: Scalar>(_ type: Element.Type, _ doors: Doors) throws -> Outcome {
    let seed = UInt64(options.integer("seed"))
    let (first, second) = try pairs(seed)
    let start = options.initializer.parameters(
      for: .init(model: model, bookSeed: book.seed, seed: seed) { [first, model] in
        Array(first.prefix($0 * model.inputs))
      })
    if doors.isCancelled() { throw Cancelled() }
    let samples = first.count / model.inputs
    let pass = SignalPass<Element>(model, samples: samples)
    let measured = pass(
      at: start, first, second, probes: Stream(book: book.seed, run: seed, purpose: .probes(0)))
    let theory = SignalTheory(model, at: start)?.layers(
      inputMoment: mean(first, first),
      correlation: mean(first, second) / (mean(first, first) * mean(second, second)).squareRoot())

    var layers = TableBuilder(Signals.layers)
    for (index, layer) in measured.enumerated() {
      var row: [String: TableBuilder.Value] = [
        "layer": .integer(index + 1), "forward-moment": .number(layer.forward),
        "forward-variance": .number(layer.forward - layer.mean * layer.mean),
        "backward-moment": .number(layer.backward), "correlation": .number(layer.correlation),
        "weight-gradient": .number(layer.weightGradient),
      ]
      if let theory {
        row["forward-theory"] = .number(theory[index].forward)
        row["backward-theory"] = .number(theory[index].backward)
        row["correlation-theory"] = .number(theory[index].correlation)
      }
      layers.append(row)
    }
    if doors.isCancelled() { throw Cancelled() }
    let spectra = jacobianSpectra(type, start, inputs: first)
    var singularValues = TableBuilder(Signals.singularValues)
    for (input, spectrum) in spectra.enumerated() {
      for (index, value) in spectrum.enumerated() {
        singularValues.append([
          "input": .integer(input + 1), "index": .integer(index + 1), "singular-value": .number(value),
        ])
      }
    }
    var runs = TableBuilder(Signals.runs)
    runs.append(summary(measured, spectra))
    return Outcome(
      tables: [runs.table(), layers.table(), singularValues.table()],
      checkpoints: [.start(of: model.layout, parameters: start)])
  }

  private func summary<Element: Scalar>(
    _ layers: [SignalPass<Element>.Layer], _ spectra: [[Double]]
  ) -> [String: TableBuilder.Value] {
    let steps = Double(max(1, layers.count - 1))
    func rate(_ ratio: Double) -> TableBuilder.Value {
      .number(layers.count > 1 ? exponential(logarithm(ratio) / steps) : .nan)
    }
    func average(_ value: ([Double]) -> Double) -> TableBuilder.Value {
      .number(spectra.isEmpty ? .nan : spectra.reduce(0) { $0 + value($1) } / Double(spectra.count))
    }
    func squares(_ s: [Double]) -> Double { s.reduce(0) { $0 + $1 * $1 } }
    return [
      "layers": .integer(layers.count), "forward-rate": rate(layers[layers.count - 1].forward / layers[0].forward),
      "backward-rate": rate(layers[0].backward / layers[layers.count - 1].backward),
      "jacobian-largest": average { $0[0] }, "jacobian-smallest": average { $0[$0.count - 1] },
      "jacobian-mean-square": average { squares($0) / Double($0.count) },
      "jacobian-frobenius": average { squares($0).squareRoot() },
    ]
  }

  /// Inputs and their partners, row-major.
  private func pairs(_ seed: UInt64) throws -> ([Double], [Double]) {
    let samples = options.integer("samples")
    guard let source else {
      let c = options.number("correlation")
      let rest = (1 - c * c).squareRoot()
      var stream = Stream(book: book.seed, run: seed, purpose: .data("signals"))
      let first = stream.normals(samples * model.inputs)
      let other = stream.normals(samples * model.inputs)
      return (first, zip(first, other).map { c * $0 + rest * $1 })
    }
    do throws(DataError) {
      let key = "\(book.seed) \(source.files) \(options["data"]!.canonical)"
      let both = try LoadedData.dataset(source, key: key).train.firstInputs(2 * samples)
      let half = both.count / model.inputs / 2 * model.inputs
      return (Array(both[..<half]), Array(both[half..<2 * half]))
    } catch {
      throw DiagnosticError([error.diagnostic(at: options.place("data"))])
    }
  }

  private func jacobianSpectra<Element: Scalar>(
    _ type: Element.Type, _ parameters: [Double], inputs: [Double]
  ) -> [[Double]] {
    let count = min(options.integer("jacobian"), inputs.count / model.inputs)
    guard count > 0 else { return [] }
    let jacobian = Jacobian<Element>(model)
    return (0..<count).map { index in
      jacobian(at: parameters, input: Array(inputs[index * model.inputs..<(index + 1) * model.inputs])).singularValues()
    }
  }

  private func mean(_ a: [Double], _ b: [Double]) -> Double {
    zip(a, b).reduce(0) { $0 + $1.0 * $1.1 } / Double(a.count)
  }
}
