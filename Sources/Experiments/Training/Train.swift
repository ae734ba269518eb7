import Autodiff
import Datasets
import Diagnostics
import Networks
import Optimizers
import Specs
import Tables
import Tensors

/// `train`: a model on data, by an optimizer, epoch by epoch.
public let trainKind = Kind(
  CatalogEntry(
    "train",
    options: [
      SharedOption.data("What is learned from."), SharedOption.model,
      SharedOption.optimizer, ScheduledRate.option, ClipOption.option, SharedOption.initializer, Loss.option,
    ] + ParametrizationOption.options + [
      Option("epochs", .integer(1...1_000_000), .yaml("1"), "Passes over the training samples."),
      Option(
        "batch", .either([.integer(1...Int.max), .choice(["full"])]), .yaml("128"),
        "Samples a step, or full; the last batch of an epoch holds what remains."),
      Option(
        "measure", .list(.choice(StartMeasure.allCases.map(\.name))), .yaml("[]"),
        "What is measured of the network before the first step, on the first training samples where it needs any."),
      MonitorOption.option, Augmentation.option, Checkpointing.option,
      Option("checkpoints", .list(.text), .yaml("[start, end]"), "Moments to keep: start, end, epoch=N, epochs (all)."),
      Option("from", .reference, .absent, "Start from another run's checkpoint instead of `init`."),
      ParameterFile.option,
      Option(
        "shards", .integer(1...1024), .yaml("1"),
        "Parts that every batch is split into, for several workers; not with batch normalization."),
      SharedOption.seed, SharedOption.precision("float"),
    ],
    doc: "Trains a model and records losses, errors and norms by run, epoch and step.")
) { options, book, diagnostics in
  guard let source = options.dataSource(book, into: &diagnostics),
    let model = model(options, input: source.facts.inputShape, outputs: source.facts.outputCount, &diagnostics),
    let loss = Loss.chosen(options, for: source.facts, into: &diagnostics),
    let file = ParameterFile.find(options, book, for: model, into: &diagnostics)
  else { return nil }
  if options["augment"] != nil, !source.facts.isPictures {
    diagnostics.append(Diagnostic(at: options.place("augment"), needsPictures(source.facts.name)))
    return nil
  }
  let written = options["batch"]!
  let batch = written.value == .text("full") ? max(1, source.facts.trainCount) : written.asInteger
  let offer = Offer(
    layout: model.layout,
    access: options.integer("shards") > 1 ? .derivatives : loss == .crossEntropy ? .labels : .outputs,
    description: options.integer("shards") > 1
      ? "the shards of a batch do not give theirs" : "this data has numbers as targets")
  guard let moments = keptMoments(options, &diagnostics), options.optimizer(suits: offer, &diagnostics),
    options.checkInitializer(for: model, &diagnostics),
    let rate = ScheduledRate(
      options, epochs: options.integer("epochs"), stepsPerEpoch: (source.facts.trainCount + batch - 1) / batch,
      hasTests: source.facts.testCount > 0, &diagnostics),
    let clip = ClipOption.read(options, &diagnostics),
    let parametrization = ParametrizationOption.read(options, for: model, &diagnostics),
    let monitors = MonitorOption.read(options, &diagnostics)
  else { return nil }
  let shards = options.integer("shards")
  if shards > 1, shards > batch || model.mixesSamples {
    diagnostics.append(
      Diagnostic(at: options.place("shards"), model.mixesSamples ? mixesSamples : tooManyShards(shards, batch)))
    return nil
  }
  let train = Train(
    options: options, book: book, source: source, model: model, loss: loss, file: file, rate: rate, clip: clip,
    parametrization: parametrization, batch: batch, moments: moments,
    measures: options.list("measure").compactMap { item in StartMeasure.allCases.first { $0.name == item.asText } },
    monitors: monitors)
  return MonitorOption.suit(train, &diagnostics) ? train : nil
}

extension Model {
  /// Samples judged at once: fewer of those that leave much behind.
  var evaluationBatch: Int { max(16, min(1000, 20_000_000 / max(1, activations))) }
}

/// One training run, checked.
struct Train: Experiment {
  let options: Values
  let book: Surroundings
  let source: any DataSource
  let model: Model
  let loss: Loss
  let file: ParameterFile?
  let rate: ScheduledRate
  let clip: Clip?
  let parametrization: Parametrization
  let batch: Int
  let moments: [Reference.Moment]
  let measures: [StartMeasure]
  let monitors: [any Monitor]

  var tables: [TableSchema] {
    [
      TrainTables.runs(measures, monitors), TrainTables.epochs(monitors), TrainTables.steps(monitors),
      TrainTables.layers(measures),
    ] + monitors.flatMap(\.tables)
  }
  var layouts: [String: ParameterLayout] { ["parameters": model.layout, "buffers": model.buffers] }
  func refusal(of upstream: any Experiment, option: String) -> String? { misfit(with: upstream) }
  var dataFiles: [String] { source.files + (file.map { [$0.path] } ?? []) }

  var memory: Int {
    let number = options.text("precision") == "float" ? 4 : 8
    let shards = options.integer("shards")
    let working =
      max(3 * min(batch, source.facts.trainCount), model.evaluationBatch) * (model.inputs + model.activations)
      + model.layout.count * (7 + moments.count + (shards > 1 ? shards : 0) + (monitors.isEmpty ? 0 : 1))
      + monitors.reduce(0) { $0 + $1.numbers(watching: self) }
    // A dense matrix stands beside its eigenvectors and LAPACK's two.
    let matrices = 4 * options.optimizerDemands(for: model.layout).matrixBytes
    return source.facts.bytes + number * working + matrices + 1 << 24
  }

  var stepsPerEpoch: Int { (source.facts.trainCount + batch - 1) / batch }

  /// What moves the point.
  var rule: any Rule {
    let selection = options.entry("optimizer")
    return optimizerCatalog.maker(of: selection)(selection.values).scaled(
      for: parametrization, answer: parametrizationAnswers[selection.name] ?? .normalized)
  }

  func run(inputs: [String: [Input]], doors: Doors) throws -> Outcome {
    let dataset = try options.dataset(from: source, book)
    let start = try startingPoint(inputs, dataset)
    return options.text("precision") == "float"
      ? try Training<Float>(self, dataset, start: start, doors).run(doors)
      : try Training<Double>(self, dataset, start: start, doors).run(doors)
  }

  /// Where training starts.
  func startingPoint(_ inputs: [String: [Input]], _ dataset: Dataset) throws -> Start {
    try Start(
      of: model, options, file: file, inputs, dataset, loss: loss, bookSeed: book.seed, parametrization: parametrization
    )
  }
}

/// The moments that `checkpoints` names; `nil` after saying which it does not understand.
private func keptMoments(_ options: Values, _ diagnostics: inout [Diagnostic]) -> [Reference.Moment]? {
  var moments: [Reference.Moment] = []
  let epochs = options.integer("epochs")
  for item in options.list("checkpoints") {
    let text = item.asText
    if text == "epochs" {
      moments += (1...epochs).map { .epoch($0) }
      continue
    }
    guard case .success(let reference) = Reference.parse("run@\(text)", at: item.place), let moment = reference.moment
    else {
      diagnostics.append(Diagnostic(at: item.place, notAMoment(text)))
      return nil
    }
    switch moment {
    case .epoch(let epoch) where epoch > epochs || epoch < 1:
      diagnostics.append(Diagnostic(at: item.place, noSuchEpoch(epoch, epochs)))
      return nil
    case .step:
      diagnostics.append(Diagnostic(at: item.place, notAMoment(text)))
      return nil
    default: moments.append(moment)
    }
  }
  return moments
}

private let mixesSamples =
  "batch normalization looks at a whole batch, so a model with it cannot be trained in shards"
private func tooManyShards(_ shards: Int, _ batch: Int) -> String {
  "a batch of \(batch) cannot be split into \(shards) shards"
}
private func needsPictures(_ name: String) -> String {
  "only pictures (a byte a pixel, in rows and columns) are augmented; ‘\(name)’ holds none"
}
private func notAMoment(_ text: String) -> String {
  "‘\(text)’ is not a moment that training can keep: start, end, epoch=N or epochs"
}
private func noSuchEpoch(_ epoch: Int, _ epochs: Int) -> String {
  "there is no epoch \(epoch): training takes \(epochs)"
}
