import Autodiff
import Diagnostics
import Landscapes
import Specs
import Tables
import Tensors

/// `surface`: a loss over a grid of a plane through a point.
public let surfaceKind = Kind(
  CatalogEntry(
    "surface",
    options: Surveyed.options() + Surveyed.origin + [
      Option(
        "directions", .entry(directionsCatalog), .yaml("random"),
        "What spans the plane; of a function its two coordinates, or `hessian`."),
      Option(
        "x", .list(.number(), count: 2...2), .absent,
        "From and to along the first direction: [-1, 1], or what shows all checkpoints."),
      Option("y", .list(.number(), count: 2...2), .absent, "From and to along the second."),
      Option(
        "points", .either([.integer(2...2000), .list(.integer(2...2000), count: 2...2)]), .yaml("41"),
        "Grid points along each axis."),
      Option(
        "measure", .list(.choice(SurfaceMeasure.allCases.map(\.rawValue))), .yaml("[]"),
        "What is found at every point besides loss and error; both take many times longer than these."),
      Option(
        "path", .list(.reference), .absent, "Checkpoints that are projected onto the plane, such as `[run@epochs]`."),
      Option("rise", .number(above: 0), .yaml("1"), "How far above the origin's loss `radius` looks."),
      SharedOption.seed, SharedOption.precision("float"),
    ],
    doc: "Loss and error over a grid of a plane through a point, with the paths of optimizers projected onto it.",
    source: "Li et al. 2018, arXiv:1712.09913")
) { options, book, diagnostics in
  guard let surface = Surveyed(options, book, &diagnostics).map(Surface.init) else { return nil }
  return surface.unless(surface.refusals, &diagnostics)
}

/// One survey of a plane, checked.
struct Surface: Survey {
  let surveyed: Surveyed

  var measures: [SurfaceMeasure] {
    let wanted = Set(options.list("measure").map(\.asText))
    return SurfaceMeasure.allCases.filter { wanted.contains($0.rawValue) }
  }
  /// What spans the plane.
  var directions: String {
    if case .function = surveyed.subject, !options["directions"]!.isWritten { return "coordinates" }
    return options.entry("directions").name
  }
  var hasPath: Bool { options["path"] != nil || waypointsOption != nil }
  var tables: [TableSchema] {
    [SurfaceTables.runs, SurfaceTables.surface(measures)] + (hasPath ? [SurfaceTables.path] : [])
  }
  func refusals(of inputs: [String: Int]) -> [Diagnostic] {
    guard let option = waypointsOption, let count = inputs[option] else { return [] }
    let place = options.entry("directions").values.place(directions == "trajectory" ? "from" : "to")
    switch directions {
    case "trajectory" where count < 3: return [Diagnostic(at: place, tooShort(count))]
    case "points" where count != 2: return [Diagnostic(at: place, notTwo(count))]
    default: return []
    }
  }
  func grid(of table: String) -> GridSize? {
    table == SurfaceTables.surface([]).name ? GridSize(x: counts.0, y: counts.1) : nil
  }
  var memory: Int {
    let isFloat = options.text("precision") == "float"
    let type: any Scalar.Type = isFloat ? Float.self : Double.self
    let vectors = 8 + (measures.contains(.curvature) ? 80 : 0)
    return surveyed.memory(type, workers: 2) + vectors * surveyed.layout.count * (isFloat ? 4 : 8)
      + counts.0 * counts.1 * 100 + 1 << 24
  }

  /// Grid points along x and y.
  var counts: (Int, Int) {
    let points = options["points"]!
    guard case .list(let both) = points.value else { return (points.asInteger, points.asInteger) }
    return (both[0].asInteger, both[1].asInteger)
  }

  /// What the options ask for that cannot be.
  fileprivate var refusals: [Diagnostic] {
    var refusals: [Diagnostic] = []
    for axis in ["x", "y"] {
      if let bounds = options[axis]?.asList.map(\.asNumber), bounds[0] >= bounds[1] {
        refusals.append(Diagnostic(at: options.place(axis), "the range of \(axis) must go up: [from, to]"))
      }
    }
    let chosen = options.entry("directions")
    switch surveyed.subject {
    case .function:
      if options["path"] != nil { refusals.append(Diagnostic(at: options.place("path"), noCheckpoints)) }
      if waypointsOption != nil { refusals.append(Diagnostic(at: options.place("directions"), noCheckpoints)) }
      if directions == "random" { refusals.append(Diagnostic(at: options.place("directions"), noWeights)) }
    case .network:
      if directions == "coordinates" { refusals.append(Diagnostic(at: options.place("directions"), noCoordinates)) }
    }
    if directions == "points" {
      let ends = ["from"].compactMap { options[$0] } + chosen.values.list("to")
      if let again = ends.firstRepeated { refusals.append(Diagnostic(at: again.place, twice(again.asReference))) }
    }
    if chosen.name == "hessian" {
      let vectors = chosen.values.list("vectors").map(\.asInteger)
      let place = chosen.values.place("vectors")
      let count = surveyed.layout.count
      if vectors.contains(0) || vectors[0] == vectors[1] {
        refusals.append(Diagnostic(at: place, whichVectors))
      } else if max(0, vectors.max()!) - min(0, vectors.min()!) > count {
        refusals.append(Diagnostic(at: place, tooFewEigenvectors(count)))
      }
    }
    return refusals
  }

  func run(inputs: [String: [Input]], doors: Doors) throws -> Outcome {
    options.text("precision") == "float"
      ? try SurfaceSurvey<Float>(self, inputs, doors).run(doors)
      : try SurfaceSurvey<Double>(self, inputs, doors).run(doors)
  }
}

private let noCheckpoints = "a function of the plane has no checkpoints: this is for models"
private let noWeights =
  "a function of the plane has no weights to draw directions beside: leave ‘directions’ out for its coordinates, or hessian"
private func twice(_ reference: Reference) -> String {
  "‘\(reference.description)’ stands here twice, and a plane goes through three different points"
}
private let noCoordinates =
  "‘coordinates’ span a function of the plane; a model has too many: random, hessian, trajectory or points"
private let whichVectors =
  "two different eigenvectors: 1 is of the largest eigenvalue, -1 of the smallest; there is no 0"
private func tooFewEigenvectors(_ count: Int) -> String { "there are only \(count) eigenvectors, one a parameter" }
private func tooShort(_ count: Int) -> String {
  "a path of \(count) checkpoint\(count == 1 ? "" : "s") spans no plane: three or more, such as [run@epochs] of a run that keeps its epochs"
}
private func notTwo(_ count: Int) -> String {
  "these are \(count) checkpoints: a plane goes through the survey's point and two more"
}
