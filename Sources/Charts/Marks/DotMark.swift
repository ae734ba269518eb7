import Specs

/// A dot for each row; over several seeds a dot at the mean with a whisker of their spread.
struct DotMark: Mark {
  let entry = CatalogEntry(
    "dot", doc: "A dot for each row, or with `over` one at the mean with a whisker of the spread.")
  let channels: [ChannelRule] = [.any("x"), .any("y")]
  let swatch = Swatch.dot

  func shapes(of rows: LayerRows, _ options: Values) -> [Shape] {
    rows.series().flatMap { series -> [Shape] in
      if rows.layer.over != nil { return means(series, rows) }
      return series.rows.map { row in
        let point = rows.point(row)
        return point.y.isNaN || point.x.isNaN || point.x.isInfinite || point.y.isInfinite
          ? missing(point, rows, series) : Shape(.marker(point), .dot, rows.style(row, in: series))
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
      shapes.append(Shape(.marker(point(item.place, item.values.mean)), .dot, series.style))
      if item.values.nonFinite > 0 {
        shapes.append(Shape(.cross(point(item.place, item.values.highest)), .cross, series.style))
      }
      return shapes
    }
  }

  /// A dot that has no place along one axis stands at that axis' start, as a cross.
  private func missing(_ point: Point, _ rows: LayerRows, _ series: Series) -> Shape {
    let held = Point(x: point.x.isFinite ? point.x : -.infinity, y: point.y.isFinite ? point.y : -.infinity)
    return Shape(.missing(held, upright: rows.x?.categories != nil), .cross, series.style)
  }
}
