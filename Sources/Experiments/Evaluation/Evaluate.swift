import Autodiff
import Datasets
import Diagnostics
import Networks
import Specs
import Tables
import Tensors

/// `evaluate`: a model with given parameters on the test samples, without any training.
public let evaluateKind = Kind(
  CatalogEntry(
    "evaluate",
    options: [
      SharedOption.data("Whose test samples the model is judged by."), SharedOption.model, ParameterFile.option,
      Option("from", .reference, .absent, "Another run's checkpoint, instead of `parameters`."), Loss.option,
      Rescaling.option, Pruning.option,
      SharedOption.precision("float"),
    ],
    doc: "Loss and error of a model on test samples, by class too; its parameters come from a file or a checkpoint.")
) { options, book, diagnostics in
  guard let source = options.dataSource(book, into: &diagnostics),
    let model = model(options, input: source.facts.inputShape, outputs: source.facts.outputCount, &diagnostics),
    let loss = Loss.chosen(options, for: source.facts, into: &diagnostics),
    let file = ParameterFile.find(options, book, for: model, into: &diagnostics),
    Rescaling.check(options, for: model, &diagnostics),
    let pruning = Pruning.read(options, for: model, source.facts, &diagnostics)
  else { return nil }
  guard file != nil || options["from"] != nil else {
    diagnostics.append(Diagnostic(at: options.place("parameters"), needsParameters))
    return nil
  }
  guard source.facts.testCount > 0 else {
    diagnostics.append(Diagnostic(at: options.place("data"), nothingToTest(source.facts.name)))
    return nil
  }
  return Evaluate(options: options, book: book, source: source, model: model, loss: loss, file: file, pruning: pruning)
}

/// One evaluation, checked.
struct Evaluate: Experiment {
  let options: Values
  let book: Surroundings
  let source: any DataSource
  let model: Model
  let loss: Loss
  let file: ParameterFile?
  let pruning: Pruning?

  private static let runs = TableSchema(
    "runs",
    [
      ColumnSchema("parameters", .integer, doc: "Numbers that training would change."),
      ColumnSchema("samples", .integer, doc: "Test samples."),
      ColumnSchema("test-loss", doc: "Mean loss on the test samples."),
      ColumnSchema("test-error", doc: "Share of test samples misclassified."),
      ColumnSchema("test-accuracy", doc: "1 − test-error."),
    ])
  private static let classes = TableSchema(
    "classes",
    [
      ColumnSchema("class", .text, doc: "What the samples are."),
      ColumnSchema("samples", .integer, doc: "Test samples of the class."),
      ColumnSchema("error", doc: "Share of them taken for another class."),
    ])
  private static let confusion = TableSchema(
    "confusion",
    [
      ColumnSchema("class", .text, doc: "What the samples are."),
      ColumnSchema("predicted", .text, doc: "What they are taken for."),
      ColumnSchema("samples", .integer, doc: "How many."),
    ])
  private static let parameters = TableSchema(
    "parameters",
    [
      ColumnSchema("parameter", .text, doc: "Its name in the model."),
      ColumnSchema("tensor", .text, doc: "Its name in the file."),
      ColumnSchema("shape", .text, doc: "Its shape."),
      ColumnSchema("matched-by", .text, doc: "What says that the two are one: map, name or order."),
    ])

  private var classNames: [String]? {
    if case .classification(let classes) = source.facts.task { classes } else { nil }
  }

  var tables: [TableSchema] {
    [runs] + (classNames == nil ? [] : [Evaluate.classes, Evaluate.confusion])
      + (file == nil ? [] : [Evaluate.parameters]) + (pruning == nil ? [] : [Pruning.table])
  }
  private var runs: TableSchema {
    pruning == nil ? Evaluate.runs : TableSchema("runs", Evaluate.runs.columns + [Pruning.sparsity])
  }
  /// The parameters as they are judged, so that others can start from them.
  var moments: [Reference.Moment] { [.end] }
  var layouts: [String: ParameterLayout] { ["parameters": model.layout, "buffers": model.buffers] }
  func refusal(of upstream: any Experiment, option: String) -> String? { misfit(with: upstream) }
  var dataFiles: [String] { source.files + (file.map { [$0.path] } ?? []) }
  var memory: Int {
    let number = options.text("precision") == "float" ? 4 : 8
    // Pruning may take a gradient and ranks numbers beside their places.
    let (passes, vectors) = pruning == nil ? (2, 4) : (3, 16)
    let working = model.evaluationBatch * (model.inputs + model.activations) * passes + model.layout.count * vectors
    return source.facts.bytes + number * working + 1 << 24
  }

  func run(inputs: [String: [Input]], doors: Doors) throws -> Outcome {
    let given = try file?.load() ?? Start(inputs["from"]?.first?.checkpoint, of: model, from: options.place("from"))
    let start = given.rescaled(options, of: model)
    let dataset = try options.dataset(from: source, book)
    return options.text("precision") == "float"
      ? try run(Float.self, start, dataset, doors) : try run(Double.self, start, dataset, doors)
  }

  private func run<Element: Scalar>(
    _ type: Element.Type, _ start: Start, _ dataset: Dataset, _ doors: Doors
  ) throws -> Outcome {
    let samples = dataset.test
    var start = start
    let objective = TracedObjective(
      model.training(with: loss), buffers: Vector(start.buffers.map { Element($0) }))
    let mask = try pruning?.mask(start.parameters, model.layout) {
      try gradient(of: objective, at: start.parameters, on: dataset.train, doors)
    }
    mask?.apply(to: &start.parameters)
    let point = Vector(start.parameters.map { Element($0) })
    let outputCount = model.outputs
    var confusion = [Int](repeating: 0, count: outputCount * outputCount)
    var lossSum = 0.0
    for batch in Batches(count: samples.count, size: model.evaluationBatch) {
      if doors.isCancelled() { throw Cancelled() }
      load(samples, batch, into: objective)
      lossSum += objective.value(at: point) * Double(batch.count)
      guard case .labels(let labels) = samples.targets else { continue }
      var outputs = Vector<Element>(zeros: batch.count * outputCount)
      objective.outputs(at: point, into: &outputs)
      for (row, index) in batch.enumerated() {
        let scores = outputs[row * outputCount..<(row + 1) * outputCount]
        let predicted = scores.indices.reduce(0) { scores[$1] > scores[$0] ? $1 : $0 }
        confusion[Int(labels[index]) * outputCount + predicted] += 1
      }
    }
    return outcome(lossSum / Double(samples.count), confusion, samples.count, start, mask)
  }

  /// The gradient of the mean loss on samples, in eval mode.
  private func gradient<Element: Scalar>(
    of objective: TracedObjective<Element>, at parameters: [Double], on samples: Samples, _ doors: Doors
  ) throws -> [Double] {
    let point = Vector(parameters.map { Element($0) })
    var slope = Vector<Element>(zeros: parameters.count)
    var sum = [Double](repeating: 0, count: parameters.count)
    for batch in Batches(count: samples.count, size: model.evaluationBatch) {
      if doors.isCancelled() { throw Cancelled() }
      load(samples, batch, into: objective)
      _ = objective.gradient(at: point, into: &slope)
      let share = Double(batch.count) / Double(samples.count)
      for index in sum.indices { sum[index] += share * Double(slope[index]) }
    }
    return sum
  }

  private func load<Element: Scalar>(
    _ samples: Samples, _ batch: ArraySlice<Int>, into objective: TracedObjective<Element>
  ) {
    objective.refill(
      counts: [batch.count * samples.inputWidth, batch.count * samples.targetWidth], samples: batch.count
    ) { data in
      samples.copyInputs(batch, into: &data[0])
      samples.copyTargets(batch, into: &data[1])
    }
  }

  private func outcome(
    _ loss: Double, _ confusion: [Int], _ count: Int, _ start: Start, _ mask: PruningMask?
  ) -> Outcome {
    let outputs = model.outputs
    var runs = TableBuilder(self.runs)
    var row: [String: TableBuilder.Value] = [
      "parameters": .integer(model.layout.count), "samples": .integer(count), "test-loss": .number(loss),
    ]
    var tables: [Table] = []
    if let names = classNames {
      let correct = (0..<outputs).reduce(0) { $0 + confusion[$1 * outputs + $1] }
      row["test-error"] = .number(1 - Double(correct) / Double(count))
      row["test-accuracy"] = .number(Double(correct) / Double(count))
      var classes = TableBuilder(Evaluate.classes)
      var pairs = TableBuilder(Evaluate.confusion)
      for (number, name) in names.enumerated() {
        let taken = confusion[number * outputs..<(number + 1) * outputs]
        let all = taken.reduce(0, +)
        let right = confusion[number * outputs + number]
        classes.append([
          "class": .text(name), "samples": .integer(all), "error": .number(1 - Double(right) / Double(all)),
        ])
        for (samples, predicted) in zip(taken, names) {
          pairs.append(["class": .text(name), "predicted": .text(predicted), "samples": .integer(samples)])
        }
      }
      tables = [classes.table(), pairs.table()]
    }
    let weights = model.layout.weights
    if let mask {
      let (pruned, all) = weights.reduce((0, 0)) { ($0.0 + mask.count(leftOutOf: $1), $0.1 + $1.shape.count) }
      row["sparsity"] = .number(Double(pruned) / Double(all))
    }
    runs.append(row)
    if let file {
      var parameters = TableBuilder(Evaluate.parameters)
      for match in file.matching.matches {
        parameters.append([
          "parameter": .text(match.slice.name), "tensor": .text(match.entry.name),
          "shape": .text(described(match.entry.shape)), "matched-by": .text(file.matching.way.rawValue),
        ])
      }
      tables.append(parameters.table())
    }
    if let mask {
      var layers = TableBuilder(Pruning.table)
      for slice in weights {
        let (pruned, all) = (mask.count(leftOutOf: slice), slice.shape.count)
        layers.append([
          "layer": .integer(slice.layer), "parameter": .text(slice.name), "weights": .integer(all),
          "pruned": .integer(pruned), "sparsity": .number(Double(pruned) / Double(all)),
        ])
      }
      tables.append(layers.table())
    }
    var checkpoint = Checkpoint.start(of: model.layout, parameters: start.parameters, buffers: start.buffers)
    checkpoint.moment = .end
    return Outcome(tables: [runs.table()] + tables, checkpoints: [checkpoint])
  }
}

private let needsParameters = "an evaluation needs ‘parameters’, a file, or ‘from’, another run's checkpoint"
private func nothingToTest(_ name: String) -> String { "‘\(name)’ has no test samples to judge the model by" }
