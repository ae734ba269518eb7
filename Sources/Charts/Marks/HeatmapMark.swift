import Specs
import Tables

/// A cell for each pair of x and y, coloured by a value.
struct HeatmapMark: Mark {
  let entry = CatalogEntry(
    "heatmap",
    options: [Option("values", .boolean, .absent, "Whether cells show their number; where it fits when left out.")],
    doc: "A cell for each pair of x and y, coloured by z; `z: {scale: log}` or `{scale: diverging}`.")
  let channels: [ChannelRule] = [.any("x"), .any("y"), .number("z")]
  let valueChannel: String? = "z"
  let swatch = Swatch.none

  func shapes(of rows: LayerRows, _ options: Values) -> [Shape] {
    guard let x = rows.x, let y = rows.y, case .values(let column, let range) = rows.color else { return [] }
    let widths = (cellWidths(rows.whole, x), cellWidths(rows.whole, y))
    let cells = rows.table.groups(by: [x.column.name, y.column.name])
    let showsValues = options["values"] == nil ? cells.count <= 150 : options.boolean("values")
    // The same decimals in all cells: three digits for the greatest, two where it is below one.
    let most = (0..<rows.whole.rowCount).compactMap { rows.whole[column.name]?.number($0)?.magnitude }.filter(
      \.isFinite)
    let exponent = DecimalDigits(most.max() ?? 0).exponent
    let decimals = max(0, (exponent < 0 ? 1 : 2) - exponent)
    let isPlain = range.scale.kind == .linear && decimals <= 4
    var shapes: [Shape] = []
    var texts: [Shape] = []
    for cell in cells {
      let point = rows.point(cell.rows[0])
      let values = MeanDeviation(cell.rows.map { column.number($0) ?? .nan })
      guard point.x.isFinite, point.y.isFinite else { continue }
      let a = Point(x: point.x - widths.0 / 2, y: point.y - widths.1 / 2)
      let b = Point(x: point.x + widths.0 / 2, y: point.y + widths.1 / 2)
      guard values.mean.isFinite else {
        shapes.append(Shape(.rectangle(a, b), .hole, .ink))
        continue
      }
      shapes.append(Shape(.rectangle(a, b), .cell, range.style(values.mean)))
      if showsValues {
        let text = format(values.mean, range.format ?? (isPlain ? .fixed(decimals) : .significant(2))).text
        texts.append(
          Shape(.cell(point, text, onLight: range.map.isLight(range.share(values.mean))), .text, .ink))
      }
    }
    return shapes + texts
  }

  /// One band, or the least distance between two values.
  private func cellWidths(_ table: Table, _ positions: Positions) -> Double {
    if positions.categories != nil { return 1 }
    guard let column = table[positions.column.name] else { return 1 }
    let values = Set((0..<column.count).compactMap { column.number($0) }.filter(\.isFinite)).sorted()
    return zip(values, values.dropFirst()).map { $1 - $0 }.min() ?? 1
  }
}
