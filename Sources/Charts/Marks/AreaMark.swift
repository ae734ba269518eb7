import Specs

/// The area between zero and a line.
struct AreaMark: Mark {
  let entry = CatalogEntry("area", doc: "The area between zero and the line along x; over several seeds their mean.")
  let channels: [ChannelRule] = [.any("x"), .number("y")]
  let showsLength = true
  let aggregates = true
  let joinsRows = true

  func shapes(of rows: LayerRows, _ options: Values) -> [Shape] {
    let baseline = rows.y?.kind == .log ? -Double.infinity : 0
    return rows.series().flatMap { series -> [Shape] in
      let courses = series.runs.map { Course(rows.ordered($0).map(rows.point)) }
      let points = aggregate(courses.map { $0.points.map { ($0.x, $0.y) } })
      let line = points.map { Point(x: $0.place, y: $0.values.mean) }
      guard let first = line.first, let last = line.last else { return [] }
      let feet = [Point(x: last.x, y: baseline), Point(x: first.x, y: baseline)]
      let crosses = courses.compactMap { course in
        course.diverged ? course.points.last.map { Shape(.cross($0), .cross, series.style) } : nil
      }
      return [
        Shape(.region([line + feet]), .area, series.style),
        Shape(.line(line), .line, series.style, series: series.label),
      ] + crosses
    }
  }
}
