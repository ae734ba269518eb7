import Autodiff
import Diagnostics
import Landscapes
import Specs
import Tables
import Tensors

/// `taylor`: a loss along a line through a point beside its Taylor models of first and second order.
public let taylorKind = Kind(
  CatalogEntry(
    "taylor",
    options: Surveyed.options() + Surveyed.origin + [
      Option(
        "direction",
        .either([.choice(["gradient", "top", "bottom", "random"]), .list(.number(), count: 2...2)]), .yaml("gradient"),
        "The unit direction of the line: the gradient's, the eigenvector of the largest or of the smallest eigenvalue, a "
          + "random one; or [x, y] for a `function`."),
      Option("range", .list(.number(), count: 2...2), .yaml("[-1, 1]"), "From and to along the line."),
      Option("points", .integer(3...100_000), .yaml("101"), "Points on the line."),
      SharedOption.seed,
    ],
    doc:
      "Value, slope and curvature of a loss on a line through a point, the models that they give at the point, and how "
      + "fast these err; with negative curvature there, how far down it is certain to lead.",
    source: "Nocedal & Wright 2006, theorem 2.1")
) { options, book, diagnostics in
  guard let range = options.risingRange("range", &diagnostics), let surveyed = Surveyed(options, book, &diagnostics)
  else { return nil }
  if case .list(let numbers) = options["direction"]!.value {
    guard case .function = surveyed.subject else {
      diagnostics.append(Diagnostic(at: options.place("direction"), needsFunction))
      return nil
    }
    guard numbers.contains(where: { $0.asNumber != 0 }) else {
      diagnostics.append(Diagnostic(at: options.place("direction"), noDirection))
      return nil
    }
  }
  return TaylorStudy(surveyed: surveyed, range: range)
}

/// One line through one point.
struct TaylorStudy: Survey {
  let surveyed: Surveyed
  let range: ClosedRange<Double>

  private static let runs = TableSchema(
    "runs",
    [
      ColumnSchema("loss", doc: "The loss at the point."),
      ColumnSchema("gradient-norm", doc: "Length of the gradient there."),
      ColumnSchema("slope", doc: "Its product with the direction."),
      ColumnSchema("curvature", doc: "uᵀHu there, u the unit direction: an eigenvalue if u is an eigenvector."),
      ColumnSchema(
        "third", doc: "Largest third derivative on the line, M, by size; from differences of the curvature."),
      ColumnSchema(
        "safe-step",
        doc: "3|curvature|/M: how far at least the loss stays below the point's, if the slope is zero there and the "
          + "curvature negative; else NaN."),
      ColumnSchema("first-power", doc: "Power of the distance with which the first-order model's error falls."),
      ColumnSchema("second-power", doc: "The same of the second-order model; NaN where there is no error."),
    ])
  private static let line = TableSchema(
    "line",
    [
      ColumnSchema("x", doc: "Distance from the point along the direction."),
      ColumnSchema("loss", doc: "The loss there."),
      ColumnSchema("first-order", doc: "What the value and slope at the point say of it."),
      ColumnSchema("second-order", doc: "What value, slope and curvature say."),
      ColumnSchema("error", doc: "Loss minus second-order model."),
      ColumnSchema("slope", doc: "Derivative of the loss along the line."),
      ColumnSchema("curvature", doc: "Its second derivative."),
    ])
  private static let models = TableSchema(
    "models",
    [
      ColumnSchema("x", doc: "Distance from the point along the direction."),
      ColumnSchema("curve", .text, doc: "loss, first order or second order."),
      ColumnSchema("value", doc: "The loss or what the model says of it."),
    ])
  private static let errors = TableSchema(
    "errors",
    [
      ColumnSchema("size", doc: "|x|, halved each time."),
      ColumnSchema("model", .text, doc: "first order or second order."),
      ColumnSchema("error", doc: "The model's error, the larger of both sides."),
    ])
  private static let orders = ["first order", "second order"]

  var tables: [TableSchema] { [TaylorStudy.runs, TaylorStudy.line, TaylorStudy.models, TaylorStudy.errors] }
  func grid(of table: String) -> GridSize? {
    table == TaylorStudy.line.name ? GridSize(x: options.integer("points")) : nil
  }
  var memory: Int { surveyed.memory(Double.self, workers: 2) + 8 * 80 * surveyed.layout.count }

  func run(inputs: [String: [Input]], doors: Doors) throws -> Outcome {
    let loaded = try surveyed.load(Double.self, inputs)
    let objective = loaded.objective()
    var gradient = Vector<Double>(zeros: loaded.point.count)
    let loss = objective.gradient(at: loaded.point, into: &gradient)
    var runs = TableBuilder(TaylorStudy.runs)
    var (line, models) = (TableBuilder(TaylorStudy.line), TableBuilder(TaylorStudy.models))
    var errors = TableBuilder(TaylorStudy.errors)
    // Where the point has diverged there is no line, and the tables say so.
    guard loss.isFinite, gradient.norm.isFinite else {
      runs.append(["loss": .number(loss), "gradient-norm": .number(gradient.norm)])
      return Outcome(tables: [runs.table(), line.table(), models.table(), errors.table()])
    }
    let direction = try direction(of: objective, at: loaded.point, gradient, doors)
    let (section, errorSection) = try sections(loaded, along: direction, doors)
    for place in section.places {
      line.append([
        "x": .number(place.x), "loss": .number(place.value), "first-order": .number(section.model(1, at: place.x)),
        "second-order": .number(section.model(2, at: place.x)),
        "error": .number(place.value - section.model(2, at: place.x)), "slope": .number(place.slope),
        "curvature": .number(place.curvature),
      ])
    }
    for place in section.places {
      let values = [place.value] + [1, 2].map { section.model($0, at: place.x) }
      for (curve, value) in zip(["loss"] + TaylorStudy.orders, values) {
        models.append(["x": .number(place.x), "curve": .text(curve), "value": .number(value)])
      }
    }
    let falling = TaylorErrors(errorSection)
    for size in falling.sizes {
      for (model, error) in zip(TaylorStudy.orders, size.errors) {
        errors.append(["size": .number(size.size), "model": .text(model), "error": .number(error)])
      }
    }
    let third = section.largestThirdDerivative
    let curvature = section.origin.curvature
    let isCritical = gradient.norm <= 1e-6 * (1 + abs(loss)) && curvature < 0
    runs.append([
      "loss": .number(loss), "gradient-norm": .number(gradient.norm), "slope": .number(section.origin.slope),
      "curvature": .number(curvature), "third": .number(third),
      "safe-step": .number(isCritical ? -3 * curvature / third : .nan), "first-power": .number(falling.power(1)),
      "second-power": .number(falling.power(2)),
    ])
    return Outcome(tables: [runs.table(), line.table(), models.table(), errors.table()])
  }

  /// The line, and the places on it at which the models' errors are seen, one place a part.
  private func sections(
    _ loaded: Surveyed.Loaded<Double>, along direction: [Double], _ doors: Doors
  ) throws -> (line: LineSection, errors: LineSection) {
    let line = linspace(range.lowerBound, range.upperBound, count: options.integer("points"))
    let places = [0] + line + TaylorErrors.places(from: max(abs(range.lowerBound), abs(range.upperBound)))
    let objectives = Pool { loaded.objective() }
    let point = loaded.point.array
    let seen = try doors.parts(places.count) { part in
      objectives.use {
        let here = LineSection.Place(of: $0, through: point, along: direction, at: places[part])
        return [here.value, here.slope, here.curvature]
      }
    }
    let all = zip(places, seen).map { LineSection.Place(x: $0, value: $1[0], slope: $1[1], curvature: $1[2]) }
    return (
      LineSection(origin: all[0], places: Array(all[1...line.count])),
      LineSection(origin: all[0], places: Array(all[(line.count + 1)...]))
    )
  }

  /// Of length 1.
  private func direction(
    of objective: any Objective<Double>, at point: Vector<Double>, _ gradient: Vector<Double>, _ doors: Doors
  ) throws -> [Double] {
    func unit(_ vector: [Double]) -> [Double] {
      let length = vector.reduce(0) { $0 + $1 * $1 }.squareRoot()
      return vector.map { $0 / length }
    }
    if case .list(let numbers) = options["direction"]!.value { return unit(numbers.map(\.asNumber)) }
    let name = options.text("direction")
    switch name {
    case "gradient":
      guard gradient.norm > 0 else { throw DiagnosticError(at: options.place("direction"), noGradient) }
      return unit(gradient.array)
    case "random":
      var stream = Stream(book: book.seed, run: UInt64(options.integer("seed")), purpose: .probes(0))
      return unit(stream.normals(point.count))
    default:
      let hessian = LinearOperator<Double>.hessian(of: objective, at: point).stopping(when: doors.isCancelled)
      let part: SpectrumPart = name == "top" ? .largest(1) : .smallest(1)
      do {
        let found = try eigenpairs(
          of: hessian, part, book: book.seed, run: UInt64(options.integer("seed")))
        let vector = found.vectors[0].array
        // Either sign is an eigenvector: the one whose entry of greatest size is positive.
        let largest = vector.max { abs($0) < abs($1) } ?? 1
        return vector.map { largest < 0 ? -$0 : $0 }
      } catch let error as LandscapeError {
        if doors.isCancelled() { throw Cancelled() }
        throw error.at(options.place("direction"))
      }
    }
  }
}

private let needsFunction =
  "two numbers are a direction of a ‘function’ of the plane: for a model gradient, top, bottom or random"
private let noDirection = "[0, 0] is no direction"
private let noGradient =
  "the gradient is zero here, so it gives no direction: top, bottom, random or, for a function, [x, y]"
