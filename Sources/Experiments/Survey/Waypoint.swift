import Autodiff
import Diagnostics
import Specs
import Tensors

/// A checkpoint that a survey passes: of which run, when, and where.
struct Waypoint<Element: Scalar>: Sendable {
  /// What tells its run apart from the others', in short: `relu, 1`.
  var run: String
  var epoch: Int
  var point: Vector<Element>
  var buffers: Vector<Element>
}

extension Surveyed {
  /// The checkpoints that a list of references gives, in its order.
  func waypoints<Element: Scalar>(_ inputs: [Input], _ type: Element.Type, at place: Place) throws -> [Waypoint<
    Element
  >] {
    guard case .network(let network) = subject else { return [] }
    let names = runNames(inputs.map(\.origin))
    return try zip(inputs, names).map { input, name in
      let start = try Start(input.checkpoint, of: network.model, from: place)
      return Waypoint(
        run: name, epoch: input.checkpoint?.counters["epoch"] ?? 0,
        point: Vector(start.parameters.map { Element($0) }), buffers: Vector(start.buffers.map { Element($0) }))
    }
  }
}

/// Short names of runs: what differs among them, the experiment's id only where there are several.
func runNames(_ origins: [Input.Origin?]) -> [String] {
  let known = origins.compactMap(\.self)
  let showsID = Set(known.map(\.id)).count > 1
  return origins.map { origin in
    guard let origin else { return "" }
    let differing = origin.labels.filter { label in
      known.contains { other in
        other.id == origin.id && other.labels.first { $0.axis == label.axis }?.value != label.value
      }
    }
    return ((showsID ? [origin.id] : []) + differing.map(\.value)).joined(separator: ", ")
  }
}
