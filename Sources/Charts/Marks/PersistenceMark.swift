import Specs
import Tables

/// A persistence diagram: when each topological feature is born and when it dies.
struct PersistenceMark: Mark {
  let entry = CatalogEntry(
    "persistence",
    doc: "A dot for each class at its birth (x) and death (y), coloured by dimension (`color`), over the diagonal; a "
      + "class that never dies (death = inf) stands on a line at the top. Both axes have the same range.",
    source: "Edelsbrunner and Harer, Computational Topology (2010), VII.1")
  let channels: [ChannelRule] = [.number("x"), .number("y")]
  let swatch = Swatch.dot
  let isSquare = true

  func shapes(of rows: LayerRows, _ options: Values) -> [Shape] {
    guard let x = rows.x, let births = rows.whole[x.column.name], let y = rows.y,
      let deaths = rows.whole[y.column.name]
    else { return [] }
    // Distances are those of the axis, which may be logarithmic.
    let axis = Scale(kind: x.kind, low: 1, high: 2, start: 0, end: 1)
    let all = (0..<rows.whole.rowCount)
    let finite = (all.map { births.number($0) ?? .nan } + all.map { deaths.number($0) ?? .nan })
      .map(axis.transformed).filter(\.isFinite)
    guard let low = finite.min(), let high = finite.max() else { return [] }
    let span = high > low ? high - low : max(low.magnitude * 0.1, 1e-6)
    func value(_ place: Double) -> Double { x.kind == .log ? exp10(place) : place }
    let hasEssential = all.contains { (births.number($0) ?? .nan).isFinite && deaths.number($0) == .infinity }
    let ends = (low - 0.05 * span, high + (hasEssential ? 0.18 : 0.05) * span)
    let infinity = value(high + 0.12 * span)
    func corner(_ place: Double) -> Point { Point(x: value(place), y: value(place)) }
    var shapes = [
      Shape(.extent(corner(ends.0)), .rule, .ink), Shape(.extent(corner(ends.1)), .rule, .ink),
      Shape(.line([corner(ends.0), corner(high + 0.05 * span)]), .diagonal, .ink),
    ]
    if hasEssential { shapes.append(Shape(.limit(infinity, "∞"), .rule, .ink)) }
    for series in rows.series() {
      for row in series.rows {
        let point = rows.point(row)
        guard point.x.isFinite, point.y.isFinite || point.y == .infinity else { continue }
        let place = point.y.isFinite ? point : Point(x: point.x, y: infinity)
        shapes.append(Shape(.marker(place), .dot, rows.style(row, in: series), words: series.label))
      }
    }
    return shapes
  }
}
