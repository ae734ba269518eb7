import Specs
import Tables

/// A barcode: how long each topological feature lives.
struct BarcodeMark: Mark {
  let entry = CatalogEntry(
    "barcode",
    options: [
      Option(
        "longest", .integer(1...2000), .absent,
        "Only so many bars of each colour, those that live longest; all when left out.")
    ],
    doc: "A bar for each class from its birth (x) to its death (x2), coloured by dimension (`color`), in the order of "
      + "dimension and birth; a class that never dies (x2 = inf) runs to the edge, with an arrow. Classes that die "
      + "when they are born are left out.",
    source: "Ghrist (2008), Barcodes: the persistent topology of data")
  let channels: [ChannelRule] = [.number("x"), .number("x2")]
  let swatch = Swatch.line
  let hidesY = true

  func shapes(of rows: LayerRows, _ options: Values) -> [Shape] {
    guard let births = rows.x, let name = rows.layer.channels["x2"]?.column, let deaths = rows.table[name] else {
      return []
    }
    var shapes: [Shape] = []
    var place = 0.0
    for series in rows.series() {
      var bars = series.rows.map { (birth: births[$0], death: deaths.number($0) ?? .nan) }
        .filter { $0.birth.isFinite && !$0.death.isNaN && $0.birth != $0.death }
      if let most = options.optionalInteger("longest") {
        bars = Array(bars.sorted { ($0.death - $0.birth).magnitude > ($1.death - $1.birth).magnitude }.prefix(most))
      }
      bars.sort { ($0.birth, $0.death) < ($1.birth, $1.death) }
      for bar in bars {
        let (start, end) = (Point(x: bar.birth, y: place), Point(x: bar.death, y: place))
        shapes.append(
          Shape(
            bar.death.isFinite ? .line([start, end]) : .arrow(start, end), .stick, series.style, words: series.label))
        place -= 1
      }
      // Dimensions stand a little apart.
      if !bars.isEmpty { place -= 1 }
    }
    // Room above, below, and for the arrows beyond the last death.
    let ends = [births.column, rows.whole[name] ?? deaths].flatMap { column in
      (0..<column.count).compactMap { column.number($0) }
    }
    let axis = Scale(births.kind, holding: ends, domain: nil, includesZero: false, padding: 0.04)
    let corners = [Point(x: axis.low, y: 0.8), Point(x: axis.high, y: place + 1.2)]
    return shapes.isEmpty ? [] : shapes + corners.map { Shape(.extent($0), .rule, .ink) }
  }
}
