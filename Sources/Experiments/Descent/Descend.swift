import Autodiff
import Diagnostics
import Optimizers
import Specs
import Tables
import Tensors

/// `descend`: an optimizer on an analytic function of the plane, step by step.
public let descendKind = Kind(
  CatalogEntry(
    "descend", revision: 2,
    options: [
      DescendedFunction.option, SharedOption.optimizer, ScheduledRate.option, ClipOption.option,
      Option("start", .list(.number(), count: 2...2), .required, "The first point, [x, y]."),
      Option("steps", .integer(1...10_000_000), .yaml("100"), "How many steps are taken."),
      Option(
        "surface",
        .options([
          Option("x", .list(.number(), count: 2...2), .yaml("[-2, 2]"), "From and to."),
          Option("y", .list(.number(), count: 2...2), .yaml("[-2, 2]"), "From and to."),
          Option("points", .integer(2...2000), .yaml("81"), "Grid points along each axis."),
        ]), .yaml("{}"), "The grid of the `surface` table, for contours under the path."),
      SharedOption.seed, SharedOption.precision("double"),
    ],
    doc: "Runs an optimizer on a function of two variables and records every point of its path.")
) { options, book, diagnostics in
  let surface = options["surface"]!.asOptions
  for axis in ["x", "y"] {
    let bounds = surface.list(axis).map(\.asNumber)
    if bounds[0] >= bounds[1] {
      diagnostics.append(Diagnostic(at: surface.place(axis), "the range of \(axis) must go up: [from, to]"))
      return nil
    }
  }
  let offer = Offer(
    layout: planeLayout, access: .derivatives, description: "a function of the plane has nothing but its value")
  guard options.optimizer(suits: offer, &diagnostics),
    let rate = ScheduledRate(
      options, epochs: nil, stepsPerEpoch: options.integer("steps"), hasTests: false, &diagnostics),
    let clip = ClipOption.read(options, &diagnostics)
  else { return nil }
  return Descend(
    options: options, seeds: Seeds(book: book.seed, run: UInt64(options.integer("seed"))), rate: rate, clip: clip)
}

/// One descent.
struct Descend: Experiment {
  let options: Values
  let seeds: Seeds
  let rate: ScheduledRate
  let clip: Clip?

  private static let position = [
    ColumnSchema("x", doc: "First coordinate."), ColumnSchema("y", doc: "Second coordinate."),
    ColumnSchema("loss", doc: "The function's value."),
  ]
  private static let runs = TableSchema(
    "runs",
    position + [
      ColumnSchema("gradient-norm", doc: "Length of the gradient."),
      ColumnSchema("steps", .integer, doc: "Steps taken before the end, or before the values stopped being finite."),
      ColumnSchema("clipped", doc: "Share of steps whose gradient was clipped."),
      ColumnSchema("diverged", .integer, doc: "1 if a value stopped being finite."),
    ])
  private static let steps = TableSchema(
    "steps",
    [ColumnSchema("step", .integer, doc: "0 is the start.")] + position + [
      ColumnSchema("gradient-norm", doc: "Length of the gradient."),
      ColumnSchema("update-norm", doc: "Length of the step that led here; 0 at the start."),
      ColumnSchema("learning-rate", doc: "Learning rate of that step."),
      ColumnSchema("clipped", .integer, doc: "1 if the gradient of that step was clipped."),
    ])
  private static let surface = TableSchema("surface", position)

  var tables: [TableSchema] { [Descend.runs, Descend.steps, Descend.surface] }
  var moments: [Reference.Moment] { [] }
  var dataFiles: [String] { [] }
  var memory: Int { options.integer("steps") * 200 + 1 << 20 }
  func refusal(of upstream: any Experiment, option: String) -> String? { DescendedFunction.refusal(of: upstream) }
  func grid(of table: String) -> GridSize? {
    let points = options["surface"]!.asOptions.integer("points")
    return table == Descend.surface.name ? GridSize(x: points, y: points) : nil
  }

  func run(inputs: [String: [Input]], doors: Doors) throws -> Outcome {
    let function = traced(try DescendedFunction.make(options, inputs: inputs))
    return options.text("precision") == "float"
      ? try run(Float.self, function, doors: doors) : try run(Double.self, function, doors: doors)
  }

  private func run<Element: Scalar>(_ type: Element.Type, _ function: TracedFunction, doors: Doors) throws -> Outcome {
    let objective = TracedObjective<Element>(function)
    let rule = options.entry("optimizer")
    let optimizer = optimizerCatalog.maker(of: rule)(rule.values).makeOptimizer(
      for: function.layout, precision: Element.self, seeds: seeds)
    let clipped = clip.map { ClippedObjective(objective, $0) }
    var point = Vector(options.list("start").map { Element($0.asNumber) })
    var state = optimizer.start(at: point)
    var gradient = Vector<Element>(zeros: 2)
    var steps = TableBuilder(Descend.steps)

    let count = options.integer("steps")
    var update = 0.0
    var schedule = self.rate
    var rate = optimizer.learningRate(rateFactor: schedule.factor(epoch: 1, step: 1))
    var clippedSteps = 0
    var taken = 0
    var diverged = false
    for step in 0...count {
      if step % 1000 == 0 {
        if doors.isCancelled() { throw Cancelled() }
        doors.progress(Double(step) / Double(count))
      }
      let here = optimizer.evaluationPoint(point, state)
      var loss = objective.gradient(at: here, into: &gradient)
      let norm = (Double(gradient[0] * gradient[0]) + Double(gradient[1] * gradient[1])).squareRoot()
      diverged = !(loss.isFinite && norm.isFinite && here[0].isFinite && here[1].isFinite)
      // Where the gradient has left the numbers, a loss that has not yet is no result.
      if diverged && loss.isFinite { loss = .nan }
      steps.append([
        "step": .integer(step), "x": .number(Double(here[0])), "y": .number(Double(here[1])), "loss": .number(loss),
        "gradient-norm": .number(norm), "update-norm": .number(update), "learning-rate": .number(rate),
        "clipped": .integer(step > 0 && clipped?.hasClipped == true ? 1 : 0),
      ])
      if schedule.observes {
        let length = (Double(here[0] * here[0]) + Double(here[1] * here[1])).squareRoot()
        schedule.observe(Seen(time: step, trainLoss: loss, testLoss: loss, norm: length))
      }
      taken = step
      if diverged { break }
      guard step < count else { break }
      let factor = schedule.factor(epoch: 1, step: step + 1)
      clipped?.begin()
      update = optimizer.step(&point, &state, on: clipped ?? objective, rateFactor: factor).updateNorm
      rate = optimizer.learningRate(rateFactor: factor)
      clippedSteps += clipped?.hasClipped == true ? 1 : 0
    }
    let path = steps.table()
    let last = path.rowCount - 1
    var runs = TableBuilder(Descend.runs)
    runs.append([
      "x": .number(path["x"]!.number(last)!), "y": .number(path["y"]!.number(last)!),
      "loss": .number(path["loss"]!.number(last)!), "gradient-norm": .number(path["gradient-norm"]!.number(last)!),
      "steps": .integer(taken), "diverged": .integer(diverged ? 1 : 0),
      "clipped": .number(taken == 0 ? 0 : Double(clippedSteps) / Double(taken)),
    ])
    return Outcome(tables: [runs.table(), path, surface(objective)])
  }

  /// The function over its grid, row by row from the lowest y.
  private func surface<Element: Scalar>(_ objective: TracedObjective<Element>) -> Table {
    let grid = options["surface"]!.asOptions
    let count = grid.integer("points")
    func ticks(_ axis: String) -> [Double] {
      let bounds = grid.list(axis).map(\.asNumber)
      return (0..<count).map { bounds[0] + (bounds[1] - bounds[0]) * Double($0) / Double(count - 1) }
    }
    var table = TableBuilder(Descend.surface)
    var point = Vector<Element>(zeros: 2)
    for y in ticks("y") {
      for x in ticks("x") {
        point[0] = Element(x)
        point[1] = Element(y)
        table.append(["x": .number(x), "y": .number(y), "loss": .number(objective.value(at: point))])
      }
    }
    return table.table()
  }
}
