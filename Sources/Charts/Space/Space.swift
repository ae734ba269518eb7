import Specs
import Tables

extension Scene {
  /// What a scene in space has beyond its x and y axes.
  struct Space {
    var z: Axis
    var cameras: [Camera]
    var box: SpaceBox

    /// - Parameter shapes: of all panels, so that they share one box.
    init?(_ drawn: [(Layer, Table)], _ shapes: [Shape], x: Axis, y: Axis, z: Axis, isEqual: Bool) {
      let layers = drawn.map(\.0).filter(\.mark.isSpatial)
      guard !layers.isEmpty else { return nil }
      self.z = z
      cameras = layers.lazy.compactMap { Camera.all($0.options) }.first ?? [Camera.usual]
      let sheets = shapes.compactMap { shape -> Sheet? in
        if case .sheet(let sheet) = shape.geometry { sheet } else { nil }
      }
      let threads = shapes.flatMap { shape -> [SpacePoint] in
        if case .thread(let points) = shape.geometry { points } else { [] }
      }
      // Where there is a surface it makes the box, and paths that leave it are cut off.
      let ground =
        sheets.isEmpty
        ? threads.map { Point(x: $0.x, y: $0.y) } : sheets.flatMap { Shape(.sheet($0), .cell, .ink).extent }
      let room = sheets.isEmpty ? 0.05 : 0
      let top = layers.compactMap(Surface3DMark.top).max() ?? .infinity
      let heights = (sheets.isEmpty ? threads.map(\.z) : sheets.flatMap(\.grid.values)).map { min($0, top) }
      func scale(_ axis: Axis, _ values: [Double], room: Double) -> Scale {
        Scale(
          axis.kind, holding: values, domain: axis.channel?.domain, includesZero: axis.includesZero, padding: room,
          threshold: axis.channel?.threshold)
      }
      let surface = layers.first { $0.mark is Surface3DMark }
      box = SpaceBox(
        x: scale(x, ground.map(\.x), room: room), y: scale(y, ground.map(\.y), room: room),
        z: scale(z, heights, room: room), relief: surface?.options.number("relief") ?? 0.6,
        hover: sheets.contains { !$0.floorLevels.isEmpty } ? 0.28 : 0, isEqual: isEqual)
    }
  }
}
