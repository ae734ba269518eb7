import Autodiff
import Diagnostics
import Networks
import Specs
import Tables
import Tensors

/// `deep-linear`: gradient descent on a product of matrices, beside the closed form for its modes.
public let deepLinearKind = Kind(
  CatalogEntry(
    "deep-linear",
    options: [
      Option("depth", .integer(1...10_000), .yaml("2"), "Weight matrices."),
      Option("width", .integer(1...2000), .yaml("16"), "Width between them; at least as many as modes."),
      Option(
        "modes", .list(.number(atLeast: 0), count: 1...500), .yaml("[3, 2, 1]"),
        "Singular values of the map to learn, which is diagonal; inputs are white."),
      Option(
        "start", .number(above: 0), .absent,
        "Start with every mode at this strength, shared evenly by the matrices, instead of `init`."),
      Option("init", .entry(initializerCatalog.catalog), .yaml("orthogonal"), "How weights start."),
      Option(
        "rates", .list(.number(above: 0), count: 1...100), .yaml("[0.01]"),
        "Learning rates; the one that needs the fewest steps is kept."),
      Option("steps", .integer(1...10_000_000), .yaml("500"), "Steps taken, at most."),
      Option(
        "threshold", .number(above: 0, below: 1), .yaml("0.01"), "Learned when the loss has fallen to this share."),
      SharedOption.seed,
    ],
    doc:
      "Descends ½‖W…W₁ − M‖² with one learning rate for all matrices: the strength of each mode over time, and how many "
      + "steps a depth needs.",
    source: "Saxe, McClelland & Ganguli 2014, arXiv:1312.6120")
) { options, book, diagnostics in
  let modes = options.list("modes").count
  if options.integer("width") < modes {
    diagnostics.append(
      Diagnostic(
        at: options.place("width"), "\(modes) modes do not pass through a width of \(options.integer("width"))"))
    return nil
  }
  let study = DeepLinear(options: options, bookSeed: book.seed)
  guard options.checkInitializer(for: study.model, &diagnostics) else { return nil }
  return study
}

/// One depth, tried at several rates.
struct DeepLinear: Experiment {
  let options: Values
  let bookSeed: UInt64

  private static let step = ColumnSchema("step", .integer, doc: "Steps taken; 0 is the start.")
  private static let runs = TableSchema(
    "runs",
    [
      ColumnSchema("rate", doc: "The learning rate that needed the fewest steps; of several, the smallest."),
      ColumnSchema("steps-to-threshold", doc: "Steps until the loss had fallen to the threshold; NaN if it never did."),
      ColumnSchema("start-loss", doc: "Loss at the start."), ColumnSchema("loss", doc: "Loss at the end."),
    ])
  private static let rates = TableSchema(
    "rates",
    [
      ColumnSchema("rate", doc: "Learning rate."),
      ColumnSchema("steps-to-threshold", doc: "Steps until the loss had fallen to the threshold; NaN if it never did."),
    ])
  private static let steps = TableSchema("steps", [step, ColumnSchema("loss", doc: "½‖W…W₁ − M‖².")])
  private static let modes = TableSchema(
    "modes",
    [
      step, ColumnSchema("mode", .integer, doc: "Number of the mode, from 1."),
      ColumnSchema("strength", doc: "Diagonal entry of W…W₁."),
      ColumnSchema("theory", doc: "u of u′ = D·u^(2−2/D)·(s−u) at time rate·step, for a start that is shared evenly."),
    ])
  private static let times = TableSchema(
    "times",
    [
      ColumnSchema("mode", .integer, doc: "Number of the mode, from 1."),
      ColumnSchema("singular-value", doc: "What the mode has to reach, s."),
      ColumnSchema("steps-to-half", doc: "Steps until it was at s/2, interpolated; NaN if it never was."),
      ColumnSchema("steps-theory", doc: "The same by the closed form for two matrices; NaN for other depths."),
    ])

  var tables: [TableSchema] {
    [DeepLinear.runs, DeepLinear.rates, DeepLinear.steps, DeepLinear.modes, DeepLinear.times]
  }
  var moments: [Reference.Moment] { [] }
  var dataFiles: [String] { [] }
  var memory: Int { 8 * 12 * model.layout.count + options.integer("steps") * 400 + 1 << 22 }

  private var targets: [Double] { options.list("modes").map(\.asNumber) }

  /// The network that the matrices are the layers of.
  var model: Model {
    .perceptron(
      inputs: targets.count, hidden: Array(repeating: options.integer("width"), count: options.integer("depth") - 1),
      outputs: targets.count, activation: .identity, bias: false)
  }

  func run(inputs: [String: [Input]], doors: Doors) throws -> Outcome {
    let start = startingPoint()
    let function = TracedFunction(layout: model.layout) { [targets] arguments in
      let p = arguments.parameters
      let map = p.dropFirst().reduce(p[0]) { $1.product($0) }
      var wanted = [Double](repeating: 0, count: targets.count * targets.count)
      for (index, target) in targets.enumerated() { wanted[index * (targets.count + 1)] = target }
      let difference = map - map.trace.constant(wanted, shape: [targets.count, targets.count])
      return TracedFunction.Result(value: 0.5 * difference.squared.sum(), measures: [], outputs: map)
    }
    let objective = TracedObjective<Double>(function)
    var table = TableBuilder(DeepLinear.rates)
    var best: Descent?
    let rates = options.list("rates").map(\.asNumber)
    for (index, rate) in rates.enumerated() {
      doors.progress(Double(index) / Double(rates.count))
      let descent = try Descent(objective, from: start, rate: rate, plan: self, doors)
      table.append([
        "rate": .number(rate), "steps-to-threshold": .number(descent.reached.map(Double.init) ?? .nan),
      ])
      guard let kept = best else {
        best = descent
        continue
      }
      if (descent.reached ?? Int.max) < (kept.reached ?? Int.max) { best = descent }
    }
    return outcome(best!, rates: table.table())
  }

  private func outcome(_ descent: Descent, rates: Table) -> Outcome {
    var steps = TableBuilder(DeepLinear.steps)
    var modes = TableBuilder(DeepLinear.modes)
    var times = TableBuilder(DeepLinear.times)
    let depth = options.integer("depth")
    let law = options.optionalNumber("start").map { ModeLaw(depth: depth, start: $0) }
    // At most 300 rows a mode, evenly spaced.
    let stride = max(1, descent.losses.count / 300)
    for step in Swift.stride(from: 0, to: descent.losses.count, by: stride) {
      steps.append(["step": .integer(step), "loss": .number(descent.losses[step])])
    }
    for (mode, target) in targets.enumerated() {
      let course = descent.strengths.map { $0[mode] }
      let theory = law?.course(to: target, rate: descent.rate, steps: course.count - 1)
      for step in Swift.stride(from: 0, to: course.count, by: stride) {
        modes.append([
          "step": .integer(step), "mode": .integer(mode + 1), "strength": .number(course[step]),
          "theory": .number(theory?[step] ?? .nan),
        ])
      }
      times.append([
        "mode": .integer(mode + 1), "singular-value": .number(target),
        "steps-to-half": .number(crossing(course, target / 2)),
        "steps-theory": .number(law?.time(to: target / 2, of: target).map { $0 / descent.rate } ?? .nan),
      ])
    }
    var runs = TableBuilder(DeepLinear.runs)
    runs.append([
      "rate": .number(descent.rate), "steps-to-threshold": .number(descent.reached.map(Double.init) ?? .nan),
      "start-loss": .number(descent.losses[0]), "loss": .number(descent.losses[descent.losses.count - 1]),
    ])
    return Outcome(tables: [runs.table(), rates, steps.table(), modes.table(), times.table()])
  }

  private func startingPoint() -> [Double] {
    guard let strength = options.optionalNumber("start") else {
      return options.initializer.parameters(
        for: .init(model: model, bookSeed: bookSeed, seed: UInt64(options.integer("seed"))))
    }
    let share = exponential(logarithm(strength) / Double(options.integer("depth")))
    var start = [Double](repeating: 0, count: model.layout.count)
    for slice in model.layout.slices {
      for mode in 0..<targets.count { start[slice.offset + mode * slice.shape[1] + mode] = share }
    }
    return start
  }

  private func crossing(_ course: [Double], _ level: Double) -> Double {
    guard let after = course.firstIndex(where: { $0 >= level }), after > 0 else { return .nan }
    return Double(after - 1) + (level - course[after - 1]) / (course[after] - course[after - 1])
  }
}

/// Gradient descent at one rate, until the loss has fallen far enough.
private struct Descent {
  let rate: Double
  private(set) var losses: [Double] = []
  private(set) var strengths: [[Double]] = []
  /// The step at which the loss was at the threshold.
  private(set) var reached: Int?

  init(
    _ objective: TracedObjective<Double>, from start: [Double], rate: Double, plan: DeepLinear, _ doors: Doors
  ) throws {
    self.rate = rate
    var point = Vector(start)
    var slope = Vector<Double>(zeros: point.count)
    let modes = plan.options.list("modes").count
    var map = Vector<Double>(zeros: modes * modes)
    let threshold = plan.options.number("threshold")
    // A start that is shared evenly is watched to the end, others until they have learned.
    let isWatched = plan.options.optionalNumber("start") != nil
    for step in 0...plan.options.integer("steps") {
      if step % 256 == 0, doors.isCancelled() { throw Cancelled() }
      let loss = objective.gradient(at: point, into: &slope)
      objective.outputs(at: point, into: &map)
      losses.append(loss)
      strengths.append((0..<modes).map { map[$0 * (modes + 1)] })
      if reached == nil, loss <= threshold * losses[0] { reached = step }
      if !loss.isFinite || (reached != nil && !isWatched) { break }
      for index in point.indices { point[index] -= rate * slope[index] }
    }
  }
}
