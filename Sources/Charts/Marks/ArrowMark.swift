import Diagnostics
import Specs
import Tables

/// Arrows: from place to place, or a field of directions.
struct ArrowMark: Mark {
  let entry = CatalogEntry(
    "arrow",
    options: [
      Option(
        "length", .choice(["fit", "equal", "data"]), .absent,
        "Of arrows with dx and dy: the longest as long as the places are apart, or an eighth of their range or less where "
          + "that differs (fit, when left out), all alike (equal), or as long as dx and dy are on the axes (data).")
    ],
    doc: "An arrow for each row from x and y: to x2 and y2, or in the direction dx, dy of a vector field.")
  let channels: [ChannelRule] =
    [.number("x"), .number("y")]
    + ["x2", "y2", "dx", "dy"].map { ChannelRule(name: $0, isRequired: false, takesText: false) }
  let swatch = Swatch.line
  let colorsValues = true

  func shapes(of rows: LayerRows, _ options: Values) -> [Shape] {
    func column(_ name: String, _ table: Table) -> Column? { rows.layer.channels[name].flatMap { table[$0.column] } }
    let isField = rows.layer.channels["dx"] != nil
    guard let first = column(isField ? "dx" : "x2", rows.table), let second = column(isField ? "dy" : "y2", rows.table)
    else { return [] }
    // Distances between places make the units in which lengths are compared.
    let unit = isField ? (spacing("x", rows), spacing("y", rows)) : (1, 1)
    func length(_ dx: Double, _ dy: Double) -> Double {
      ((dx / unit.0) * (dx / unit.0) + (dy / unit.1) * (dy / unit.1)).squareRoot()
    }
    let wanted = options.optionalText("length") ?? "fit"
    var longest = 0.0
    if isField, wanted == "fit", let dx = column("dx", rows.whole), let dy = column("dy", rows.whole) {
      let lengths = (0..<rows.whole.rowCount).map { length(dx.number($0) ?? .nan, dy.number($0) ?? .nan) }
      longest = lengths.filter(\.isFinite).max() ?? 0
    }
    return rows.series().flatMap { series in
      series.rows.compactMap { row -> Shape? in
        let from = rows.point(row)
        guard let a = first.number(row), let b = second.number(row), from.x.isFinite, from.y.isFinite, a.isFinite,
          b.isFinite
        else { return nil }
        var to = Point(x: a, y: b)
        if isField {
          let own = length(a, b)
          let factor = wanted == "data" ? 1 : 0.9 / (wanted == "fit" ? longest : own)
          guard own > 0, factor.isFinite else { return nil }
          to = Point(x: from.x + a * factor, y: from.y + b * factor)
        }
        return Shape(.arrow(from, to), .arrow, rows.style(row, in: series), words: series.label)
      }
    }
  }

  /// The distance of two neighbours on an axis: on a grid that of its lines, else what so many places spread over the
  /// axis would have, an eighth of it at most (as in Matplotlib's quiver), for some of them may lie on one another.
  private func spacing(_ name: String, _ rows: LayerRows) -> Double {
    guard let column = rows.layer.channels[name].flatMap({ rows.whole[$0.column] }) else { return 1 }
    let values = Set((0..<column.count).compactMap { column.number($0) }.filter(\.isFinite)).sorted()
    let gaps = zip(values, values.dropFirst()).map { $1 - $0 }
    guard let least = gaps.min(), let most = gaps.max() else { return 1 }
    if most <= 2 * least { return least }
    return (values[values.count - 1] - values[0]) / min(25, max(8, Double(column.count).squareRoot()))
  }

  func mistakes(in layer: Layer) -> [Diagnostic] {
    let written = ["x2", "y2", "dx", "dy"].filter { layer.channels[$0] != nil }
    if written != ["x2", "y2"], written != ["dx", "dy"] { return [Diagnostic(at: layer.markPlace, needsEnd)] }
    if written == ["x2", "y2"], layer.options["length"] != nil {
      return [Diagnostic(at: layer.options.place("length"), hasLength)]
    }
    return []
  }
}

private let needsEnd = "the mark ‘arrow’ needs ‘x2’ and ‘y2’, where arrows end, or ‘dx’ and ‘dy’, where they point"
private let hasLength = "an arrow to x2 and y2 has its length; ‘length’ is for arrows with dx and dy"
