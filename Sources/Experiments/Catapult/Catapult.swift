import Autodiff
import Optimizers
import Specs
import Tables
import Tensors

/// `catapult`: gradient descent on the smallest model in which large learning rates do something of their own.
public let catapultKind = Kind(
  CatalogEntry(
    "catapult",
    options: [
      Option("width", .integer(1...1_000_000), .yaml("100"), "Hidden units n."),
      Option(
        "rate", .number(above: 0), .yaml("1"),
        "The learning rate times the curvature at the start, η·λ₀: lazy below 2, a catapult up to 4, beyond that lost."),
      Option("steps", .integer(1...1_000_000), .yaml("200"), "Steps taken, unless the output leaves the numbers."),
      SharedOption.seed,
    ],
    doc:
      "Descends ½f² for f = u·v/√n, the linear network of one hidden layer and one sample with target 0, beside the map of "
      + "two numbers that it obeys.",
    source: "Lewkowycz et al. 2020, arXiv:2003.02218")
) { options, book, _ in Catapult(options: options, bookSeed: book.seed) }

/// One descent.
struct Catapult: Experiment {
  let options: Values
  let bookSeed: UInt64

  private static let runs = TableSchema(
    "runs",
    [
      ColumnSchema("start-curvature", doc: "λ₀."), ColumnSchema("learning-rate", doc: "η = rate/λ₀."),
      ColumnSchema("start-loss", doc: "Loss at the start."), ColumnSchema("peak-loss", doc: "The largest on the way."),
      ColumnSchema("loss", doc: "Loss at the end."), ColumnSchema("curvature", doc: "λ at the end."),
      ColumnSchema("product", doc: "η·λ at the end."), ColumnSchema("steps", .integer, doc: "Steps taken."),
      ColumnSchema("diverged", .integer, doc: "1 if the output left the numbers."),
      ColumnSchema(
        "map-error",
        doc: "Largest error of one step of the map from where the descent stood, over the larger of |f| and λ."),
    ])
  private static let steps = TableSchema(
    "steps",
    [
      ColumnSchema("step", .integer, doc: "Steps taken; 0 is the start."), ColumnSchema("output", doc: "f."),
      ColumnSchema("loss", doc: "½f²."),
      ColumnSchema(
        "curvature",
        doc:
          "λ = (|u|² + |v|²)/n: the tangent kernel, and where f = 0 the only eigenvalue of the Hessian that is not 0."),
      ColumnSchema("product", doc: "η·λ."),
      ColumnSchema("map-output", doc: "f by the map from the step before."),
      ColumnSchema("map-curvature", doc: "λ by the map from the step before."),
    ])

  var tables: [TableSchema] { [Catapult.runs, Catapult.steps] }
  var moments: [Reference.Moment] { [] }
  var dataFiles: [String] { [] }
  var memory: Int { 200 * options.integer("width") + 200 * options.integer("steps") + 1 << 20 }

  /// What one step of gradient descent makes of output and curvature, exactly.
  static func map(output f: Double, curvature: Double, rate: Double, width: Double) -> (Double, Double) {
    let square = rate * f * f / width
    return ((1 - rate * curvature + rate * square) * f, curvature + square * (rate * curvature - 4))
  }

  func run(inputs: [String: [Input]], doors: Doors) throws -> Outcome {
    let n = options.integer("width")
    var layout = ParameterLayout()
    layout.append("u", [n], role: .coordinate, layer: 1)
    layout.append("v", [n], role: .coordinate, layer: 2)
    let objective = TracedObjective<Double>(
      TracedFunction(layout: layout) { arguments in
        let p = arguments.parameters
        let f = (p[0] * p[1]).sum() * (1 / Double(n).squareRoot())
        return TracedFunction.Result(value: 0.5 * f.squared, measures: [f])
      })
    var stream = Stream(book: bookSeed, run: UInt64(options.integer("seed")), purpose: .weights("catapult"))
    var point = Vector(stream.normals(2 * n))
    let start = point.dot(point) / Double(n)
    let rate = options.number("rate") / start
    let optimizer = SGD(learningRate: rate).makeOptimizer(for: layout, precision: Double.self)
    var state = optimizer.start(at: point)

    var steps = TableBuilder(Catapult.steps)
    var map = (Double.nan, Double.nan)
    var (error, startLoss, peak, loss, curvature) = (0.0, 0.0, 0.0, 0.0, start)
    var (taken, diverged) = (0, false)
    for step in 0...options.integer("steps") {
      if step % 1000 == 0 {
        if doors.isCancelled() { throw Cancelled() }
        doors.progress(Double(step) / Double(options.integer("steps")))
      }
      loss = objective.value(at: point)
      let f = objective.measures[0]
      curvature = point.dot(point) / Double(n)
      if step == 0 {
        startLoss = loss
      } else {
        error = max(error, max(abs(f - map.0), abs(curvature - map.1)) / max(abs(f), curvature))
      }
      peak = max(peak, loss)
      taken = step
      steps.append([
        "step": .integer(step), "output": .number(f), "loss": .number(loss), "curvature": .number(curvature),
        "product": .number(rate * curvature), "map-output": .number(map.0), "map-curvature": .number(map.1),
      ])
      // Far beyond any return: λ grows by η·f²/n·(ηλ − 4).
      diverged = !(abs(f) < 1e30)
      if diverged || step == options.integer("steps") { break }
      map = Catapult.map(output: f, curvature: curvature, rate: rate, width: Double(n))
      _ = optimizer.step(&point, &state, on: objective, rateFactor: 1)
    }
    var runs = TableBuilder(Catapult.runs)
    runs.append([
      "start-curvature": .number(start), "learning-rate": .number(rate), "start-loss": .number(startLoss),
      "peak-loss": .number(peak), "loss": .number(loss), "curvature": .number(curvature),
      "product": .number(rate * curvature), "steps": .integer(taken), "diverged": .integer(diverged ? 1 : 0),
      "map-error": .number(error),
    ])
    return Outcome(tables: [runs.table(), steps.table()])
  }
}
