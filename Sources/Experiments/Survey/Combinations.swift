import Autodiff
import Tensors

/// How running statistics follow parameters to points that nobody trained.
enum BufferMovement: String, CaseIterable, Sendable {
  /// As the parameters do.
  case interpolate
  /// Computed again at every point, from training samples.
  case recompute
  /// They stay those of the first point.
  case from
}

/// The losses of a model at combinations of checkpoints: points of a line, of a curve.
struct Combinations<Element: Scalar>: Sendable {
  /// The samples that the loss is taken on.
  let loaded: Surveyed.Loaded<Element>
  let origin: Vector<Element>
  let directions: [Vector<Element>]
  /// Running statistics at the origin, and how they move along each direction; `nil` where they stay.
  private let bufferLines: [Vector<Element>]?
  /// Where running statistics are computed again, the samples that they are computed from.
  private let statistics: [BatchedObjective<Element>.Batch]?

  /// - Parameters:
  ///   - buffers: the origin's running statistics and how they move along each direction.
  ///   - training: training samples, for statistics that are computed again.
  init(
    _ loaded: Surveyed.Loaded<Element>, from origin: Vector<Element>, along directions: [Vector<Element>],
    buffers: [Vector<Element>], movement: BufferMovement,
    training: () throws -> [BatchedObjective<Element>.Batch]
  ) rethrows {
    self.loaded = loaded
    (self.origin, self.directions) = (origin, directions)
    let hasBuffers = loaded.buffers.count > 0
    bufferLines = movement == .interpolate && hasBuffers ? buffers : nil
    statistics = movement == .recompute && hasBuffers ? try training() : nil
  }

  /// The point at some coordinates.
  func point(_ coordinates: [Double]) -> Vector<Element> {
    var point = origin
    for (coordinate, direction) in zip(coordinates, directions) { point.add(coordinate, times: direction) }
    return point
  }

  /// Loss and error at points by their coordinates, four points a part.
  func losses(
    at coordinates: [[Double]], from first: Int = 0, share: ClosedRange<Double> = 0...1, _ doors: Doors
  ) throws -> [(loss: Double, error: Double)] {
    let slices = Pool { loaded.slice(origin, directions, bufferLines: bufferLines) }
    let objectives = Pool { loaded.objective() }
    let observers = Pool { BatchedObjective(loaded.function, buffers: loaded.buffers, batches: statistics ?? []) }
    let size = 4
    let parts = try doors.parts((coordinates.count + size - 1) / size, from: first, share: share) { part in
      let here = coordinates[part * size..<min((part + 1) * size, coordinates.count)]
      guard statistics != nil else {
        let seen = slices.use { $0.values(at: here.map { Vector($0.map { Element($0) }) }) }
        return seen.flatMap { [$0.value, loaded.error($0.measures)] }
      }
      var values: [Double] = []
      for coordinates in here {
        if doors.isCancelled() { return nil }
        let point = point(coordinates)
        let buffers = observers.use { $0.statistics(at: point) }
        objectives.use { objective in
          objective.buffers = buffers
          values += [objective.value(at: point), loaded.error(objective.measures)]
        }
      }
      return values
    }
    let values = Array(parts.joined())
    return coordinates.indices.map { (values[2 * $0], values[2 * $0 + 1]) }
  }
}
