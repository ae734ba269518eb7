import Diagnostics
import Specs
import Tables

/// A path in space, over a surface or alone.
struct Path3DMark: Mark {
  let entry = CatalogEntry(
    "path3d", options: Camera.options,
    doc: "A path through x, y and z for each series, in the order of the rows or of `order`; on the surface where z is "
      + "left out. It starts at a hollow dot and ends at a filled one; what a surface hides is faint.")
  let channels: [ChannelRule] = [
    .number("x"), .number("y"), ChannelRule(name: "z", isRequired: false, takesText: false),
  ]
  let isSpatial = true
  let joinsRows = true
  let swatch = Swatch.line

  func shapes(of rows: LayerRows, _ options: Values) -> [Shape] {
    let heights = rows.layer.channels["z"].flatMap { rows.table[$0.column] }
    func point(_ row: Int) -> SpacePoint {
      let flat = rows.point(row)
      return SpacePoint(x: flat.x, y: flat.y, z: heights.map { $0.number(row) ?? .nan } ?? .nan)
    }
    let ground = heights == nil
    return rows.series().flatMap { series in
      series.runs.flatMap { run -> [Shape] in
        // Without `order` a path keeps the order of its rows; x says nothing about it.
        let all = (rows.layer.order == nil ? run : rows.ordered(run)).map(point)
        func isThere(_ point: SpacePoint) -> Bool {
          point.x.isFinite && point.y.isFinite && (ground || point.z.isFinite)
        }
        guard let last = all.lastIndex(where: isThere) else { return [] }
        let points = all[...last].filter(isThere)
        let end: Shape.Role = last < all.count - 1 ? .cross : .dot
        return [
          Shape(.thread(points), .path, series.style, words: series.label),
          Shape(.bead(points[0]), .start, series.style),
          Shape(.bead(points[points.count - 1]), end, series.style, words: series.label),
        ]
      }
    }
  }

  func mistakes(in layer: Layer) -> [Diagnostic] { Camera.mistakes(layer.options) }
}
