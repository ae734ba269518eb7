import Specs

/// A thin line from the axis to each value, with a dot at its end.
struct StemMark: Mark {
  let entry = CatalogEntry(
    "stem", options: [Option("dots", .boolean, .yaml("true"), "Whether the ends have dots.")],
    doc: "A line from zero (from the foot of a logarithmic axis) to y at each x, as for single eigenvalues.")
  let channels: [ChannelRule] = [.any("x"), .number("y")]
  let showsLength = true
  let colorsValues = true
  let swatch = Swatch.dot

  func shapes(of rows: LayerRows, _ options: Values) -> [Shape] {
    let foot = rows.y?.kind == .log ? -Double.infinity : 0
    return rows.series().flatMap { series in
      series.rows.flatMap { row -> [Shape] in
        let top = rows.point(row)
        guard top.x.isFinite, top.y.isFinite else { return [] }
        let style = rows.style(row, in: series)
        let line = Shape(.line([Point(x: top.x, y: foot), top]), .stem, style, words: series.label)
        return options.boolean("dots") ? [line, Shape(.marker(top), .dot, style, words: series.label)] : [line]
      }
    }
  }
}
