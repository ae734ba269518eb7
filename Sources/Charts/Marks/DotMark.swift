import Specs
import Tables

/// A dot for each row; over several seeds a dot at the mean with a whisker of their spread.
struct DotMark: Mark {
  let entry = CatalogEntry(
    "dot", doc: "A dot for each row, or with `over` one at the mean with a whisker of the spread.")
  let channels: [ChannelRule] = [.any("x"), .any("y")]
  let swatch = Swatch.dot
  let colorsValues = true

  func shapes(of rows: LayerRows, _ options: Values) -> [Shape] {
    rows.series().flatMap { series -> [Shape] in
      if rows.layer.over != nil {
        return rows.x?.categories == nil && rows.y?.categories == nil ? centers(series, rows) : means(series, rows)
      }
      return series.rows.map { row in
        let point = rows.point(row)
        return point.y.isNaN || point.x.isNaN || point.x.isInfinite || point.y.isInfinite
          ? missing(point, rows, series) : Shape(.marker(point), .dot, rows.style(row, in: series), words: series.label)
      }
    }
  }

  private func means(_ series: Series, _ rows: LayerRows) -> [Shape] {
    let isSideways = rows.y?.categories != nil && rows.x?.categories == nil
    let pairs = series.rows.map { row -> (place: Double, value: Double) in
      let point = rows.point(row)
      return isSideways ? (point.y, point.x) : (point.x, point.y)
    }
    func point(_ place: Double, _ value: Double) -> Point {
      isSideways ? Point(x: value, y: place) : Point(x: place, y: value)
    }
    return aggregate([pairs]).flatMap { item -> [Shape] in
      guard item.values.mean.isFinite else { return [missing(point(item.place, .nan), rows, series)] }
      var shapes: [Shape] = []
      if let ends = rows.layer.band.ends(item.values) {
        let whisker = [point(item.place, ends.low), point(item.place, ends.high)]
        shapes.append(Shape(.line(whisker), .whisker, series.style))
      }
      let words = [series.label, item.values.text(nil)].compactMap(\.self).joined(separator: ": ")
      shapes.append(Shape(.marker(point(item.place, item.values.mean)), .dot, series.style, words: words))
      if item.values.nonFinite > 0 {
        shapes.append(Shape(.cross(point(item.place, item.values.highest)), .cross, series.style))
      }
      return shapes
    }
  }

  /// Between two axes of numbers seeds differ in both, so both are averaged: a dot with two whiskers for each setting.
  private func centers(_ series: Series, _ rows: LayerRows) -> [Shape] {
    let hidden = [rows.layer.over, rows.x?.column.name, rows.y?.column.name].compactMap(\.self)
    let settings = rows.table.settings.filter { !hidden.contains($0) }
    return rows.table.groups(by: settings, among: series.rows).flatMap { group -> [Shape] in
      let points = group.rows.map(rows.point)
      let finite = points.filter { $0.x.isFinite && $0.y.isFinite }
      let (x, y) = (MeanDeviation(finite.map(\.x)), MeanDeviation(finite.map(\.y)))
      guard let first = points.first else { return [] }
      guard !finite.isEmpty else { return [missing(first, rows, series)] }
      let center = Point(x: x.mean, y: y.mean)
      var shapes: [Shape] = []
      if let ends = rows.layer.band.ends(x) {
        let whisker = [Point(x: ends.low, y: center.y), Point(x: ends.high, y: center.y)]
        shapes.append(Shape(.line(whisker), .whisker, series.style))
      }
      if let ends = rows.layer.band.ends(y) {
        let whisker = [Point(x: center.x, y: ends.low), Point(x: center.x, y: ends.high)]
        shapes.append(Shape(.line(whisker), .whisker, series.style))
      }
      return shapes + [Shape(.marker(center), .dot, series.style, words: series.label)]
    }
  }

  /// A dot that has no place along one axis stands at that axis' start, as a cross.
  private func missing(_ point: Point, _ rows: LayerRows, _ series: Series) -> Shape {
    let held = Point(x: point.x.isFinite ? point.x : -.infinity, y: point.y.isFinite ? point.y : -.infinity)
    // Among numbers there is no room for words; the note below the figure has them.
    let side: Shape.Side = rows.x?.categories != nil ? .above : rows.y?.categories != nil ? .beside : .none
    return Shape(.missing(held, words: side), .cross, series.style)
  }
}
