import Autodiff
import Diagnostics
import Landscapes
import Specs
import Tensors

/// Ways to span a plane through a point.
let directionsCatalog = Catalog(
  "directions",
  [
    CatalogEntry(
      "random",
      options: RandomDirection.options,
      doc: "Two standard normal directions, normalised piece by piece beside the point.",
      source: "Li et al. 2018, arXiv:1712.09913; Im, Tao & Branson 2016, arXiv:1612.04010"),
    CatalogEntry(
      "hessian",
      options: [
        Option(
          "vectors", .list(.integer(-100...100), count: 2...2), .yaml("[1, 2]"),
          "Which two eigenvectors: 1 is of the largest eigenvalue, -1 of the smallest."),
        Option(
          "tolerance", .number(above: 0, below: 1), .yaml("1e-3"),
          "The residual ‖Hv − λv‖ let stand, over the largest |λ|."),
      ],
      doc: "Two unit eigenvectors of the loss's Hessian at the point.", source: "Yao et al. 2020, arXiv:1912.07145"),
    CatalogEntry(
      "trajectory",
      options: [
        Option(
          "from", .list(.reference, count: 1...1000), .required,
          "The checkpoints of a path, such as `[run@epochs]`: at least three."),
        Option(
          "centre", .choice(["last", "mean"]), .yaml("last"),
          "What is taken off every checkpoint first: the last one, as the paper does, or their mean, as statistics does."
        ),
      ],
      doc: "The two directions in which a path of checkpoints varies most: its principal components.",
      source: "Li et al. 2018, arXiv:1712.09913, section 7"),
    CatalogEntry(
      "points", revision: 2,
      options: [
        Option("to", .list(.reference, count: 2...2), .required, "Two checkpoints of the same model.")
      ],
      doc: "The plane through the point and two more: x towards the first, y at a right angle, towards the second.",
      source: "Garipov et al. 2018, arXiv:1802.10026"),
    CatalogEntry("coordinates", doc: "The two coordinates of a function of the plane."),
  ])

/// Two directions from a point, and what is known of them.
struct Plane<Element: Scalar>: Sendable {
  var directions: [Vector<Element>]
  /// How running statistics move along each; `nil` where they stay.
  var buffers: [Vector<Element>]?
  /// Shares of a trajectory's variation, or eigenvalues; NaN where there are none.
  var explained = [Double.nan, .nan]
  var eigenvalues = [Double.nan, .nan]

  /// Where a point has left the numbers: there is no plane, and everything seen on it is NaN.
  static func none(_ dimension: Int) -> Plane {
    let direction = Vector(Array(repeating: Element.nan, count: dimension))
    return Plane(directions: [direction, direction])
  }
  var isFinite: Bool { directions.allSatisfy { $0.norm.isFinite } }
}

extension Surface {
  /// The option of the chosen directions that holds references, as inputs name it.
  var waypointsOption: String? {
    switch directions {
    case "trajectory": "directions.trajectory.from"
    case "points": "directions.points.to"
    default: nil
    }
  }

  /// Finds the plane.
  func plane<Element: Scalar>(
    _ loaded: Surveyed.Loaded<Element>, waypoints: [Waypoint<Element>], _ doors: Doors
  ) throws -> Plane<Element> {
    let directions = options.entry("directions")
    let place = options.place("directions")
    func failure(_ error: LandscapeError) -> any Error {
      doors.isCancelled() ? Cancelled() : error.at(place)
    }
    guard loaded.point.norm.isFinite else { return .none(loaded.point.count) }
    switch self.directions {
    case "random":
      let seed = UInt64(options.integer("seed"))
      return Plane(
        directions: (0..<2).map { axis in
          var stream = Stream(book: book.seed, run: seed, purpose: .probes(axis))
          return RandomDirection.drawn(directions.values, from: loaded.point, surveyed.layout, &stream)
        })
    case "hessian":
      let wanted = directions.values.list("vectors").map(\.asInteger)
      let objective = loaded.objective()
      var gradient = Vector<Element>(zeros: loaded.point.count)
      guard objective.gradient(at: loaded.point, into: &gradient).isFinite, gradient.norm.isFinite else {
        return .none(loaded.point.count)
      }
      let hessian = LinearOperator.hessian(of: objective, at: loaded.point).stopping(when: doors.isCancelled)
      do {
        let top = max(0, wanted.max()!)
        let found = try eigenpairs(
          of: hessian, .ends(largest: top, smallest: max(0, -wanted.min()!)),
          tolerance: directions.values.number("tolerance"), book: book.seed, run: UInt64(options.integer("seed")))
        let places = wanted.map { $0 > 0 ? $0 - 1 : top - $0 - 1 }
        return Plane(
          directions: places.map { found.vectors[$0].signed }, eigenvalues: places.map { found.values[$0] })
      } catch let error as LandscapeError { throw failure(error) }
    case "trajectory":
      do {
        // What has left the numbers says nothing of where the path leads.
        let rows = waypoints.map(\.point).filter { $0.norm.isFinite }
        guard rows.count >= 3 else {
          throw DiagnosticError(
            at: directions.values.place("from"), tooFewFinite(rows.count, of: waypoints.count))
        }
        let matrix = Matrix(
          rows: rows.count, columns: loaded.point.count, rows.flatMap { $0.array.map(Double.init) })
        let components = try PrincipalComponents(
          matrix, count: 2, centring: directions.values.text("centre") == "mean" ? .mean : .row(rows.count - 1))
        let width = loaded.point.count
        return Plane(
          directions: (0..<2).map { row in
            Vector(components.directions.elements[row * width..<(row + 1) * width].map { Element($0) })
          }, explained: Array(components.shares.prefix(2)))
      } catch let error as LandscapeError { throw failure(error) }
    case "points":
      guard waypoints.allSatisfy({ $0.point.norm.isFinite }) else { return .none(loaded.point.count) }
      var x = waypoints[0].point
      x.add(-1, times: loaded.point)
      let length = x.norm
      x.scale(by: 1 / length)
      var y = waypoints[1].point
      y.add(-1, times: loaded.point)
      let along = x.dot(y)
      y.add(-along, times: x)
      let height = y.norm
      guard length > 0, height > 1e-6 * (height + abs(along)) else {
        throw DiagnosticError(at: place, onOneLine)
      }
      y.scale(by: 1 / height)
      // Running statistics take the same steps as the parameters: from point to point they are interpolated.
      var buffers: [Vector<Element>]?
      if loaded.buffers.count > 0 {
        var bx = waypoints[0].buffers
        bx.add(-1, times: loaded.buffers)
        var by = waypoints[1].buffers
        by.add(-1, times: loaded.buffers)
        bx.scale(by: 1 / length)
        by.add(-along, times: bx)
        by.scale(by: 1 / height)
        buffers = [bx, by]
      }
      return Plane(directions: [x, y], buffers: buffers)
    default:
      return Plane(directions: (0..<2).map { axis in Vector((0..<2).map { $0 == axis ? 1 : 0 }) })
    }
  }
}

extension Vector {
  /// Of this and its opposite the one whose element of greatest size is positive.
  fileprivate var signed: Vector {
    let greatest = indices.reduce(0) { abs(Double(self[$1])) > abs(Double(self[$0])) ? $1 : $0 }
    var result = self
    if self[greatest] < 0 { result.scale(by: -1) }
    return result
  }
}

private func tooFewFinite(_ count: Int, of all: Int) -> String {
  "of \(all) checkpoints only \(count) \(count == 1 ? "has" : "have") finite numbers, and so few span no plane"
}
private let onOneLine = "the three points lie on one line, and span no plane"
