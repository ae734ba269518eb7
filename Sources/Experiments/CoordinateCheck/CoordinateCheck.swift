import Autodiff
import Diagnostics
import Networks
import Optimizers
import Specs
import Tables
import Tensors

/// `coordinate-check`: how far a few steps move each layer's activations, by width.
public let coordinateCheckKind = Kind(
  CatalogEntry(
    "coordinate-check",
    options: [
      Option("widths", .list(.integer(1...100_000), count: 2...100), .yaml("[64, 128, 256, 512]"), "Hidden widths."),
      Option("depth", .integer(1...1000), .yaml("3"), "Hidden layers."),
      Option("activation", .choice(Activation.allCases.map(\.rawValue)), .yaml("relu"), "Between the layers."),
      Option("inputs", .integer(1...100_000), .yaml("32"), "Numbers in one sample."),
      Option("outputs", .integer(2...10_000), .yaml("10"), "Classes."),
      Option("samples", .integer(1...100_000), .yaml("64"), "Random inputs, learned and looked at in every step."),
      Option("steps", .integer(1...10_000), .yaml("4"), "Steps taken."), SharedOption.optimizer,
      Option("init", .entry(initializerCatalog.catalog), .yaml("kaiming-normal"), "How weights start."),
      Option(
        "parametrization", .choice(["standard", "mup"]), .yaml("standard"),
        "mup: output weights and learning rates depend on the width so that activations move alike at every width."),
      Option("base-width", .integer(1...100_000), .yaml("64"), "The width at which mup is the standard one."),
      SharedOption.seed, SharedOption.precision("double"),
    ],
    doc:
      "Trains perceptrons of several widths on one random batch with random labels and records how far every layer's "
      + "activations have moved.",
    source: "Yang et al. 2022, arXiv:2203.03466, appendix D")
) { options, book, diagnostics in
  let check = CoordinateCheck(options: options, bookSeed: book.seed)
  guard options.checkInitializer(for: check.model(options.list("widths")[0].asInteger), &diagnostics) else {
    return nil
  }
  return check
}

/// One check over all its widths.
struct CoordinateCheck: Experiment {
  let options: Values
  let bookSeed: UInt64

  private static let slope = ColumnSchema(
    "slope", doc: "Power of the width with which the change of the layer's activations grows, after the last step.")
  private static let runs = TableSchema(
    "runs",
    [
      ColumnSchema("output-slope", doc: "Power of the width with which the change of the outputs grows."),
      ColumnSchema("largest-slope", doc: "The largest such power over all layers."),
    ])
  private static let slopes = TableSchema(
    "slopes", [ColumnSchema("layer", .integer, doc: "1 is the layer at the input."), slope])
  private static let layers = TableSchema(
    "layers",
    [
      ColumnSchema("width", .integer, doc: "Width of the hidden layers."),
      ColumnSchema("step", .integer, doc: "Steps taken; 0 is the start."),
      ColumnSchema("layer", .integer, doc: "1 is the layer at the input."),
      ColumnSchema("size", doc: "Root mean square of what the layer gives before its activation."),
      ColumnSchema("change", doc: "Root mean square of its change since the start."),
    ])
  private static let losses = TableSchema(
    "losses",
    [
      ColumnSchema("width", .integer, doc: "Width of the hidden layers."),
      ColumnSchema("step", .integer, doc: "Steps taken; 0 is the start."),
      ColumnSchema("loss", unit: "nats", doc: "Cross-entropy on the batch."),
    ])

  var tables: [TableSchema] {
    [CoordinateCheck.runs, CoordinateCheck.slopes, CoordinateCheck.layers, CoordinateCheck.losses]
  }
  var moments: [Reference.Moment] { [] }
  var dataFiles: [String] { [] }
  var memory: Int {
    let largest = model(options.list("widths").map(\.asInteger).max()!)
    let widths = largest.layout.weights.reduce(0) { $0 + $1.shape[0] }
    return 8 * (8 * largest.layout.count + 8 * options.integer("samples") * widths) + 1 << 22
  }

  func model(_ width: Int) -> Model {
    .perceptron(
      inputs: options.integer("inputs"), hidden: Array(repeating: width, count: options.integer("depth")),
      outputs: options.integer("outputs"), activation: Activation(rawValue: options.text("activation"))!)
  }

  func run(inputs: [String: [Input]], doors: Doors) throws -> Outcome {
    options.text("precision") == "float" ? try run(Float.self, doors) : try run(Double.self, doors)
  }

  private func run<Element: Scalar>(_ type: Element.Type, _ doors: Doors) throws -> Outcome {
    var layers = TableBuilder(CoordinateCheck.layers)
    var losses = TableBuilder(CoordinateCheck.losses)
    let widths = options.list("widths").map(\.asInteger)
    var changes = [[(x: Double, y: Double)]](repeating: [], count: options.integer("depth") + 1)
    for (index, width) in widths.enumerated() {
      if doors.isCancelled() { throw Cancelled() }
      doors.progress(Double(index) / Double(widths.count))
      let course = course(of: model(width), type)
      for (step, moment) in course.enumerated() {
        losses.append(["width": .integer(width), "step": .integer(step), "loss": .number(moment.loss)])
        for (layer, signal) in moment.signals.enumerated() {
          layers.append([
            "width": .integer(width), "step": .integer(step), "layer": .integer(layer + 1),
            "size": .number(rootMeanSquare(signal)),
            "change": .number(rootMeanSquare(zip(signal, course[0].signals[layer]).map { $0 - $1 })),
          ])
        }
      }
      for (layer, signal) in course[course.count - 1].signals.enumerated() {
        let change = rootMeanSquare(zip(signal, course[0].signals[layer]).map { $0 - $1 })
        changes[layer].append((Double(width), change))
      }
    }
    var slopes = TableBuilder(CoordinateCheck.slopes)
    let powers = changes.map(logLogSlope)
    for (layer, power) in powers.enumerated() {
      slopes.append(["layer": .integer(layer + 1), "slope": .number(power)])
    }
    var runs = TableBuilder(CoordinateCheck.runs)
    runs.append([
      "output-slope": .number(powers[powers.count - 1]), "largest-slope": .number(powers.max() ?? .nan),
    ])
    return Outcome(tables: [runs.table(), slopes.table(), layers.table(), losses.table()])
  }

  private struct Moment {
    var loss: Double
    var signals: [[Double]]
  }

  /// The signals of one width at the start and after every step.
  private func course<Element: Scalar>(of model: Model, _ type: Element.Type) -> [Moment] {
    let seed = UInt64(options.integer("seed"))
    let samples = options.integer("samples")
    let parametrization: Parametrization =
      options.text("parametrization") == "mup"
      ? .maximalUpdate(base: self.model(options.integer("base-width")).layout) : .standard
    var stream = Stream(book: bookSeed, run: seed, purpose: .data("coordinate-check"))
    let inputs = stream.normals(samples * model.inputs)
    let labels = (0..<samples).map { _ in Element(stream.integer(below: UInt32(model.outputs))) }
    let start = options.initializer.scaled(for: parametrization).parameters(
      for: .init(model: model, bookSeed: bookSeed, seed: seed) { Array(inputs.prefix($0 * model.inputs)) })
    let selection = options.entry("optimizer")
    let rule = optimizerCatalog.maker(of: selection)(selection.values).scaled(
      for: parametrization, answer: parametrizationAnswers[selection.name] ?? .normalized)
    let optimizer = rule.makeOptimizer(for: model.layout, precision: type)
    let objective = TracedObjective<Element>(model.training(with: .crossEntropy))
    let batch = Vector(inputs.map { Element($0) })
    objective.set([batch, Vector(labels)], samples: samples)
    var point = Vector(start.map { Element($0) })
    var state = optimizer.start(at: point)
    let watch = SignalWatch<Element>(model, inputs: batch, samples: samples)
    var course: [Moment] = []
    for step in 0...options.integer("steps") {
      course.append(Moment(loss: objective.value(at: point), signals: watch.signals(at: point)))
      if step < options.integer("steps") {
        _ = optimizer.step(&point, &state, on: objective, rateFactor: 1)
      }
    }
    return course
  }

  private func rootMeanSquare(_ values: [Double]) -> Double {
    (values.reduce(0) { $0 + $1 * $1 } / Double(max(1, values.count))).squareRoot()
  }
}

/// What every layer of a model gives for a fixed batch, at one point after another.
final class SignalWatch<Element: Scalar> {
  private let program: Program
  private let workspace: Workspace<Element>
  private let ranges: [Range<Int>]

  init(_ model: Model, inputs: Vector<Element>, samples: Int) {
    let trace = Trace()
    let parameters = model.layout.slices.map { trace.input(slot: 1, offset: $0.offset, shape: $0.shape) }
    let signals = model.pass(parameters, trace.input(slot: 2, shape: [samples, model.inputs])).signals
    var end = 0
    var ranges: [Range<Int>] = []
    for signal in signals {
      ranges.append(end..<end + signal.shape.count)
      end += signal.shape.count
    }
    self.ranges = ranges
    program = Program(zip(signals, ranges).map { Program.Output($0, slot: 3, offset: $1.lowerBound) })
    workspace = program.makeWorkspace()
    workspace.slots[2] = inputs
    workspace.slots[3] = Vector(zeros: end)
  }

  func signals(at point: Vector<Element>) -> [[Double]] {
    workspace.slots[1] = point
    program.run(workspace)
    workspace.slots[1] = Vector(zeros: 0)
    return ranges.map { workspace.slots[3][$0].map { Double($0) } }
  }
}
