import Autodiff
import Diagnostics
import Networks
import Specs
import Tables
import Tensors

/// `ntk`: the neural tangent kernel of perceptrons of growing width, at the start and after training.
public let ntkKind = Kind(
  CatalogEntry(
    "ntk",
    options: [
      Option("widths", .list(.integer(1...10_000), count: 2...100), .yaml("[64, 128, 256, 512]"), "Hidden widths."),
      Option("depth", .integer(1...100), .yaml("2"), "Hidden layers."),
      Option("activation", .choice(["relu", "tanh", "gelu", "identity"]), .yaml("relu"), "Between the layers."),
      Option("inputs", .integer(1...10_000), .yaml("10"), "Numbers in one sample."),
      Option("samples", .integer(2...500), .yaml("16"), "Samples: random directions, random targets."),
      Option("weight-variance", .number(above: 0), .yaml("2"), "σ²: weights have variance σ²/fan-in."),
      Option("lr", .number(above: 0), .yaml("0.2"), "Learning rate of the neural tangent parametrization."),
      Option("steps", .integer(0...1_000_000), .yaml("100"), "Steps of gradient descent on the mean squared error."),
      SharedOption.seed,
    ],
    doc:
      "The kernel J·Jᵀ of networks without biases in the neural tangent parametrization: its distance from the limit of "
      + "infinite width (ReLU), and what training changes of it and of the weights, by width.",
    source: "Jacot, Gabriel & Hongler 2018, arXiv:1806.07572; Lee et al. 2019, arXiv:1902.06720")
) { options, book, _ in KernelStudy(options: options, bookSeed: book.seed) }

/// One study over all its widths.
struct KernelStudy: Experiment {
  let options: Values
  let bookSeed: UInt64

  private static let runs = TableSchema(
    "runs",
    [
      ColumnSchema("kernel-error-slope", doc: "Power of the width with which kernel-error grows."),
      ColumnSchema("kernel-change-slope", doc: "Power of the width with which kernel-change grows."),
      ColumnSchema("smallest-eigenvalue", doc: "Smallest eigenvalue of the kernel, over all widths and moments."),
      ColumnSchema("asymmetry", doc: "Largest difference between the kernel and its transpose."),
    ])
  private static let widths = TableSchema(
    "widths",
    [
      ColumnSchema("width", .integer, doc: "Width of the hidden layers."),
      ColumnSchema("kernel-error", doc: "‖Θ − Θ∞‖ / ‖Θ∞‖ at the start, Frobenius norms; ReLU only."),
      ColumnSchema("kernel-change", doc: "‖Θ − Θ₀‖ / ‖Θ₀‖ after training, Frobenius norms."),
      ColumnSchema("start-loss", doc: "Mean squared error at the start."),
      ColumnSchema("loss", doc: "Mean squared error after training."),
    ])
  private static let layers = TableSchema(
    "layers",
    [
      ColumnSchema("width", .integer, doc: "Width of the hidden layers."),
      ColumnSchema("layer", .integer, doc: "1 is the layer at the input."),
      ColumnSchema("weight-change", doc: "‖W − W₀‖ / ‖W₀‖ after training, Frobenius norms."),
    ])
  private static let slopes = TableSchema(
    "slopes",
    [
      ColumnSchema("layer", .integer, doc: "1 is the layer at the input."),
      ColumnSchema("slope", doc: "Power of the width with which weight-change grows."),
    ])
  private static let entries = TableSchema(
    "kernel",
    [
      ColumnSchema("width", .integer, doc: "Width of the hidden layers."),
      ColumnSchema("angle", unit: "rad", doc: "Between the two inputs."),
      ColumnSchema("entry", doc: "Θᵢⱼ at the start, i ≤ j."),
      ColumnSchema("limit", doc: "The same at infinite width; ReLU only."),
    ])

  var tables: [TableSchema] {
    [KernelStudy.runs, KernelStudy.widths, KernelStudy.layers, KernelStudy.slopes, KernelStudy.entries]
  }
  var moments: [Reference.Moment] { [] }
  var dataFiles: [String] { [] }
  var memory: Int {
    let count = model(options.list("widths").map(\.asInteger).max()!).layout.count
    return 8 * 6 * count + 1 << 23
  }

  private func model(_ width: Int) -> Model {
    .perceptron(
      inputs: options.integer("inputs"), hidden: Array(repeating: width, count: options.integer("depth")), outputs: 1,
      activation: Activation(rawValue: options.text("activation"))!, bias: false)
  }

  func run(inputs: [String: [Input]], doors: Doors) throws -> Outcome {
    let (data, targets) = samples()
    let variance = options.number("weight-variance")
    let limit =
      options.text("activation") == "relu"
      ? analyticTangentKernel(
        inputs: data, width: options.integer("inputs"), hiddenLayers: options.integer("depth"),
        weightVariance: variance) : nil
    var widths = TableBuilder(KernelStudy.widths)
    var layers = TableBuilder(KernelStudy.layers)
    var entries = TableBuilder(KernelStudy.entries)
    var errors: [(x: Double, y: Double)] = []
    var changes: [(x: Double, y: Double)] = []
    var weightChanges = [[(x: Double, y: Double)]](repeating: [], count: options.integer("depth") + 1)
    var smallest = Double.infinity
    var asymmetry = 0.0
    let all = options.list("widths").map(\.asInteger)
    for (index, width) in all.enumerated() {
      if doors.isCancelled() { throw Cancelled() }
      doors.progress(Double(index) / Double(all.count))
      let result = try train(model(width), data, targets, doors)
      for kernel in [result.before, result.after] {
        smallest = min(smallest, kernel.symmetricEigen()?.values.first ?? .nan)
        asymmetry = max(asymmetry, distance(kernel, kernel.transposed))
      }
      let error = limit.map { distance(result.before, $0) / norm($0) } ?? .nan
      let change = distance(result.after, result.before) / norm(result.before)
      errors.append((Double(width), error))
      changes.append((Double(width), change))
      widths.append([
        "width": .integer(width), "kernel-error": .number(error), "kernel-change": .number(change),
        "start-loss": .number(result.losses.start), "loss": .number(result.losses.end),
      ])
      for (layer, change) in result.weightChanges.enumerated() {
        weightChanges[layer].append((Double(width), change))
        layers.append(["width": .integer(width), "layer": .integer(layer + 1), "weight-change": .number(change)])
      }
      for i in 0..<result.before.rows {
        for j in i..<result.before.rows {
          entries.append([
            "width": .integer(width), "angle": .number(angle(data, i, j)), "entry": .number(result.before[i, j]),
            "limit": .number(limit?[i, j] ?? .nan),
          ])
        }
      }
    }
    var slopes = TableBuilder(KernelStudy.slopes)
    for (layer, points) in weightChanges.enumerated() {
      slopes.append(["layer": .integer(layer + 1), "slope": .number(logLogSlope(points))])
    }
    var runs = TableBuilder(KernelStudy.runs)
    runs.append([
      "kernel-error-slope": .number(logLogSlope(errors)), "kernel-change-slope": .number(logLogSlope(changes)),
      "smallest-eigenvalue": .number(smallest), "asymmetry": .number(asymmetry),
    ])
    return Outcome(tables: [runs.table(), widths.table(), layers.table(), slopes.table(), entries.table()])
  }

  private struct Trained {
    var before: Matrix
    var after: Matrix
    var weightChanges: [Double]
    var losses: (start: Double, end: Double)
  }

  private func train(_ model: Model, _ data: [Double], _ targets: [Double], _ doors: Doors) throws -> Trained {
    let variance = options.number("weight-variance")
    let start = Initializer.varianceScaling(variance, over: .fanIn).parameters(
      for: .init(model: model, bookSeed: bookSeed, seed: UInt64(options.integer("seed"))))
    // Weights are σ/√fan-in times parameters of variance 1, so a rate of η for those is η·σ²/fan-in for the weights.
    let rates = model.layout.slices.map { variance / Double($0.fanIn) }
    let kernel = TangentKernel(model, rates: rates, inputs: data)
    let objective = TracedObjective<Double>(model.training(with: .meanSquaredError))
    objective.set([Vector(data), Vector(targets)], samples: targets.count)
    var point = Vector(start)
    let before = kernel(at: point)
    let startLoss = objective.value(at: point)
    var slope = Vector<Double>(zeros: point.count)
    let steps = options.integer("steps")
    for step in 0..<steps {
      if step % 64 == 0, doors.isCancelled() { throw Cancelled() }
      _ = objective.gradient(at: point, into: &slope)
      for (slice, rate) in zip(model.layout.slices, rates) {
        let factor = options.number("lr") * rate
        for index in slice.range { point[index] -= factor * slope[index] }
      }
    }
    let end = point.array
    return Trained(
      before: before, after: kernel(at: point),
      weightChanges: model.layout.slices.map { slice in
        let change = slice.range.reduce(0) { $0 + (end[$1] - start[$1]) * (end[$1] - start[$1]) }
        return (change / slice.range.reduce(0) { $0 + start[$1] * start[$1] }).squareRoot()
      }, losses: (startLoss, objective.value(at: point)))
  }

  /// Directions drawn evenly, of length √inputs, and standard normal targets.
  private func samples() -> (inputs: [Double], targets: [Double]) {
    var stream = Stream(book: bookSeed, run: UInt64(options.integer("seed")), purpose: .data("ntk"))
    let width = options.integer("inputs")
    let samples = options.integer("samples")
    var inputs = stream.normals(samples * width)
    for sample in 0..<samples {
      let row = sample * width..<(sample + 1) * width
      let length = row.reduce(0) { $0 + inputs[$1] * inputs[$1] }.squareRoot()
      for index in row { inputs[index] *= Double(width).squareRoot() / length }
    }
    return (inputs, stream.normals(samples))
  }

  private func angle(_ data: [Double], _ i: Int, _ j: Int) -> Double {
    guard i != j else { return 0 }
    let width = options.integer("inputs")
    let product = (0..<width).reduce(0) { $0 + data[i * width + $1] * data[j * width + $1] }
    return arccosine(product / Double(width))
  }

  private func norm(_ a: Matrix) -> Double { a.elements.reduce(0) { $0 + $1 * $1 }.squareRoot() }
  private func distance(_ a: Matrix, _ b: Matrix) -> Double {
    zip(a.elements, b.elements).reduce(0) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) }.squareRoot()
  }
}
