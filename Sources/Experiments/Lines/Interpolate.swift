import Autodiff
import Diagnostics
import Landscapes
import Specs
import Tables
import Tensors

/// Where a line may lead besides to another checkpoint.
let lineDirectionsCatalog = Catalog(
  "direction",
  [
    CatalogEntry(
      "random",
      options: RandomDirection.options,
      doc: "A standard normal direction, normalised piece by piece beside the point.",
      source: "Li et al. 2018, arXiv:1712.09913"),
    CatalogEntry(
      "towards",
      options: [Option("point", .list(.number(), count: 2...2), .required, "Where x = 1 is: [x, y].")],
      doc: "Another point of a function of the plane."),
  ])

/// `interpolate`: a loss along the line between two points of weight space, or along a direction.
public let interpolateKind = Kind(
  CatalogEntry(
    "interpolate", revision: 2,
    options: Surveyed.options(samples: "1000") + Surveyed.origin + [
      Option("to", .reference, .absent, "The checkpoint where x = 1 is; x = 0 is `from`."),
      Option("direction", .entry(lineDirectionsCatalog), .absent, "Where the line leads, instead of `to`."),
      Option(
        "range", .list(.number(), count: 2...2), .absent,
        "From and to along the line: [-0.5, 1.5] between checkpoints, else [-1, 1]."),
      Option("points", .integer(2...100_000), .yaml("41"), "Points of the line, at equal distances."),
      Option(
        "buffers", .choice(BufferMovement.allCases.map(\.rawValue)), .yaml("interpolate"),
        "Running statistics: interpolate as the parameters, recompute at every point from the first training samples, "
          + "or leave those of `from`."),
      SharedOption.seed, SharedOption.precision("float"),
    ],
    doc: "Loss and error on the straight line between two checkpoints, or along a direction, and the barrier between.",
    source: "Goodfellow, Vinyals & Saxe 2015, arXiv:1412.6544; Frankle et al. 2020, arXiv:1912.05671")
) { options, book, diagnostics in
  guard let line = Surveyed(options, book, &diagnostics).map(Interpolate.init) else { return nil }
  return line.unless(line.refusals, &diagnostics)
}

/// One line, checked.
struct Interpolate: Survey {
  let surveyed: Surveyed

  var isNetwork: Bool { if case .network = surveyed.subject { true } else { false } }
  var tables: [TableSchema] {
    [LineTables.runs, LineTables.line] + (isNetwork ? [LineTables.layers, WeightHistogram.table] : [])
  }
  func grid(of table: String) -> GridSize? {
    table == LineTables.line.name ? GridSize(x: options.integer("points")) : nil
  }
  var memory: Int {
    let isFloat = options.text("precision") == "float"
    return surveyed.memory(isFloat ? Float.self : Double.self, workers: 2)
      + 12 * surveyed.layout.count * (isFloat ? 4 : 8) + 1 << 24
  }

  /// Where the line is looked at.
  var positions: [Double] {
    let bounds = options["range"]?.asList.map(\.asNumber) ?? (options["to"] != nil ? [-0.5, 1.5] : [-1, 1])
    let width = bounds[1] - bounds[0]
    return linspace(bounds[0], bounds[1], count: options.integer("points")).map { place in
      // What rounding keeps off the ends is moved onto them.
      let nearest = place.rounded()
      return (nearest == 0 || nearest == 1) && abs(place - nearest) < 1e-12 * width ? nearest : place
    }
  }

  /// What the options ask for that cannot be.
  fileprivate var refusals: [Diagnostic] {
    var refusals: [Diagnostic] = []
    if let bounds = options["range"]?.asList.map(\.asNumber), bounds[0] >= bounds[1] {
      refusals.append(Diagnostic(at: options.place("range"), "the range must go up: [from, to]"))
    }
    let direction = options.optionalEntry("direction")
    switch (options["to"] != nil, direction) {
    case (true, _?): refusals.append(Diagnostic(at: options.place("direction"), twoEnds))
    case (true, nil):
      if !isNetwork { refusals.append(Diagnostic(at: options.place("to"), noCheckpoints)) }
      refusals += options.sameEnds
    case (false, nil): refusals.append(Diagnostic(at: options.place("points"), noEnd))
    case (false, let direction?):
      if (direction.name == "towards") == isNetwork {
        refusals.append(Diagnostic(at: options.place("direction"), isNetwork ? noPlane : noWeights))
      }
    }
    return refusals
  }

  func run(inputs: [String: [Input]], doors: Doors) throws -> Outcome {
    options.text("precision") == "float"
      ? try LineSurvey<Float>(self, inputs).run(doors) : try LineSurvey<Double>(self, inputs).run(doors)
  }
}

private let twoEnds = "a line leads to one place: give ‘to’ or ‘direction’, not both"
private let noEnd = "where does the line lead? give ‘to’, another checkpoint, or a ‘direction’"
private let noCheckpoints = "a function of the plane has no checkpoints; direction: {towards: {point: [1, 0]}}"
private let noWeights =
  "a function of the plane has no weights to draw a direction beside; direction: {towards: {point: [1, 0]}}"
private let noPlane = "‘towards’ is a point of a function of the plane; a model's is another checkpoint, ‘to’"
