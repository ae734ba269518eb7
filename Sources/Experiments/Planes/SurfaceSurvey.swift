import Autodiff
import Diagnostics
import Landscapes
import Specs
import Tables
import Tensors

/// The survey of one plane.
struct SurfaceSurvey<Element: Scalar> {
  private let surface: Surface
  private let loaded: Surveyed.Loaded<Element>
  private let plane: Plane<Element>
  /// The checkpoints to project, and those that span the plane.
  private let path: [Waypoint<Element>]
  private var options: Values { surface.options }

  init(_ surface: Surface, _ inputs: [String: [Input]], _ doors: Doors) throws {
    self.surface = surface
    loaded = try surface.surveyed.load(Element.self, inputs)
    let spanning = surface.waypointsOption.flatMap { inputs[$0] } ?? []
    let written = inputs["path"] ?? []
    plane = try surface.plane(
      loaded,
      waypoints: surface.surveyed.waypoints(spanning, Element.self, at: surface.options.place("directions")), doors)
    // A path of its own stands for the one that spans the plane; points are shown beside it, unless it passes them.
    let points = surface.directions == "points" ? spanning.filter { point in !written.contains { $0.isAt(point) } } : []
    path = try surface.surveyed.waypoints(
      surface.options["path"] == nil ? spanning : written + points, Element.self,
      at: surface.options.place(surface.options["path"] == nil ? "directions" : "path"))
  }

  func run(_ doors: Doors) throws -> Outcome {
    let places: PlaneCoordinates<Element>?
    do {
      places = plane.isFinite ? try PlaneCoordinates(loaded.point, plane.directions) : nil
    } catch let error as LandscapeError {
      throw error.at(options.place("directions"))
    }
    let projected = path.map { places?.place($0.point) ?? ([.nan, .nan], .nan) }
    let (xs, ys) = axes(projected.map(\.coordinates))
    let rows = try surveyed(xs, ys, doors)
    var tables = [runs(xs, ys, rows), surfaceTable(xs, ys, rows)]
    if surface.hasPath { tables.append(pathTable(projected)) }
    return Outcome(tables: tables)
  }

  /// The grid's coordinates: as written, or with a margin around all checkpoints and the origin, or -1 to 1.
  private func axes(_ points: [[Double]]) -> (x: [Double], y: [Double]) {
    let counts = surface.counts
    let isAutomatic = surface.directions == "trajectory" || surface.directions == "points"
    func ticks(_ name: String, _ axis: Int, _ count: Int) -> [Double] {
      if let bounds = options[name]?.asList.map(\.asNumber) { return linspace(bounds[0], bounds[1], count: count) }
      guard isAutomatic else { return linspace(-1, 1, count: count) }
      let values = points.map { $0[axis] }.filter(\.isFinite) + [0]
      guard values.max()! > values.min()! else { return linspace(-1, 1, count: count) }
      let margin = 0.25 * (values.max()! - values.min()!)
      return linspace(values.min()! - margin, values.max()! + margin, count: count)
    }
    return (ticks("x", 0, counts.0), ticks("y", 1, counts.1))
  }

  /// What is found at each grid point, row by row from the lowest y: loss, error and the measures.
  private func surveyed(_ xs: [Double], _ ys: [Double], _ doors: Doors) throws -> [[Double]] {
    let measures = surface.measures
    let slices = Pool { loaded.slice(loaded.point, plane.directions, bufferLines: bufferLines) }
    let objectives = Pool { loaded.objective() }
    return try doors.parts(ys.count) { row in
      let points = xs.map { Vector([Element($0), Element(ys[row])]) }
      let seen = slices.use { $0.values(at: points) }
      var values: [Double] = []
      for (x, seen) in zip(xs, seen) {
        values += [seen.value, loaded.error(seen.measures)]
        guard !measures.isEmpty else { continue }
        if doors.isCancelled() { return nil }
        let point = at(x, ys[row])
        objectives.use { objective in
          if measures.contains(.gradientNorm) {
            var gradient = Vector<Element>(zeros: point.count)
            _ = objective.gradient(at: point, into: &gradient)
            values.append(gradient.norm)
          }
          if measures.contains(.curvature) { values += curvature(of: objective, at: point, doors) }
        }
      }
      return values
    }
  }

  private var bufferLines: [Vector<Element>]? { plane.buffers.map { [loaded.buffers] + $0 } }

  private func at(_ x: Double, _ y: Double) -> Vector<Element> {
    var point = loaded.point
    point.add(x, times: plane.directions[0])
    point.add(y, times: plane.directions[1])
    return point
  }

  /// The largest and smallest eigenvalue at a point and how they compare; NaN where the loss has left the numbers.
  private func curvature(
    of objective: BatchedObjective<Element>, at point: Vector<Element>, _ doors: Doors
  ) -> [Double] {
    let hessian = LinearOperator.hessian(of: objective, at: point).stopping(when: doors.isCancelled)
    guard
      let found = try? eigenpairs(
        of: hessian, .ends(largest: 1, smallest: 1), tolerance: 1e-2, book: surface.book.seed,
        run: UInt64(options.integer("seed")))
    else { return [.nan, .nan, .nan] }
    let (largest, smallest) = (found.values[0], found.values[1])
    return [largest, smallest, smallest < 0 ? abs(smallest / largest) : 0]
  }

  private func surfaceTable(_ xs: [Double], _ ys: [Double], _ rows: [[Double]]) -> Table {
    let schema = SurfaceTables.surface(surface.measures)
    let names = schema.columns.dropFirst(2).map(\.name)
    var table = TableBuilder(schema)
    for (y, row) in zip(ys, rows) {
      for (index, x) in xs.enumerated() {
        var values: [String: TableBuilder.Value] = ["x": .number(x), "y": .number(y)]
        for (place, name) in names.enumerated() { values[name] = .number(row[index * names.count + place]) }
        table.append(values)
      }
    }
    return table.table()
  }

  private func pathTable(_ projected: [(coordinates: [Double], distance: Double)]) -> Table {
    var table = TableBuilder(SurfaceTables.path)
    let slice = loaded.slice(loaded.point, plane.directions, bufferLines: bufferLines)
    let objective = loaded.objective()
    for (waypoint, place) in zip(path, projected) {
      objective.buffers = waypoint.buffers
      table.append([
        "run": .text(waypoint.run), "epoch": .integer(waypoint.epoch), "x": .number(place.coordinates[0]),
        "y": .number(place.coordinates[1]), "distance": .number(place.distance),
        "loss": .number(objective.value(at: waypoint.point)),
        "loss-on-plane": .number(slice.value(at: Vector(place.coordinates.map { Element($0) }))),
      ])
    }
    return table.table()
  }

  private func runs(_ xs: [Double], _ ys: [Double], _ rows: [[Double]]) -> Table {
    let objective = loaded.objective()
    let loss = objective.value(at: loaded.point)
    let width = rows[0].count / xs.count
    let losses = rows.map { row in xs.indices.map { row[$0 * width] } }
    let finite = losses.joined().filter(\.isFinite)
    let (x, y) = (plane.directions[0], plane.directions[1])
    let low = lowRegion(losses, below: loss + options.number("rise"))
    let cell = (xs[1] - xs[0]) * (ys[1] - ys[0])
    var table = TableBuilder(SurfaceTables.runs)
    table.append([
      "parameters": .integer(loaded.point.count), "samples": .integer(surface.surveyed.samples),
      "loss": .number(loss), "error": .number(loaded.error(objective.measures)),
      "weight-norm": .number(loaded.point.norm), "lowest": .number(finite.min() ?? .nan),
      "highest": .number(finite.max() ?? .nan), "not-finite": .integer(xs.count * ys.count - finite.count),
      "x-norm": .number(x.norm), "y-norm": .number(y.norm), "cosine": .number(x.dot(y) / (x.norm * y.norm)),
      "x-explained": .number(plane.explained[0]), "y-explained": .number(plane.explained[1]),
      "x-eigenvalue": .number(plane.eigenvalues[0]), "y-eigenvalue": .number(plane.eigenvalues[1]),
      "radius": .number(loss.isFinite ? (Double(low.count) * cell / .pi).squareRoot() : .nan),
      "radius-is-bound": .integer(low.touchesEdge ? 1 : 0),
    ])
    return table.table()
  }
}

/// How many grid points are at most as high as a level, and whether one of them lies at the edge.
private func lowRegion(_ losses: [[Double]], below level: Double) -> (count: Int, touchesEdge: Bool) {
  var count = 0
  var touches = false
  for (j, row) in losses.enumerated() {
    for (i, loss) in row.enumerated() where loss <= level {
      count += 1
      touches = touches || j == 0 || i == 0 || j == losses.count - 1 || i == row.count - 1
    }
  }
  return (count, touches)
}

extension Input {
  /// Whether both are one checkpoint of one run, or two with the same numbers.
  fileprivate func isAt(_ other: Input) -> Bool {
    origin == other.origin && checkpoint?.arrays["parameters"] == other.checkpoint?.arrays["parameters"]
  }
}
