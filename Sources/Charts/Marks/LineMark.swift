import Specs

/// A line along x for each series; over several seeds their mean, in a band.
struct LineMark: Mark {
  let entry = CatalogEntry(
    "line",
    options: [
      Option("points", .boolean, .yaml("false"), "Whether each observation is marked with a dot."),
      Option("arrows", .integer(0...50), .yaml("0"), "How many arrowheads along a path say where it goes."),
      Option(
        "onwards", .boolean, .yaml("false"),
        "Whether a path goes on level to the end of the axis, as a step function does; then its ends are not marked."),
    ],
    doc: "A line along x for each series: the mean over seeds in a band of their spread, or with `order` a path.")
  let channels: [ChannelRule] = [.any("x"), .number("y")]
  let aggregates = true
  let joinsRows = true
  let swatch = Swatch.line

  func shapes(of rows: LayerRows, _ options: Values) -> [Shape] {
    let all = rows.series()
    let drawn = all.map { series in
      rows.layer.order != nil
        ? path(series, rows, arrows: options.integer("arrows"), onwards: options.boolean("onwards"))
        : rows.layer.over != nil ? mean(series, rows) : single(series, rows)
    }
    // Paths down one valley lie over each other: the shorter one on top, so that both are seen.
    let lengths = drawn.map { rows.layer.order == nil ? 0 : length($0) }
    let lines = drawn.indices.sorted { (-lengths[$0], $0) < (-lengths[$1], $1) }.flatMap { drawn[$0] }
    guard options.boolean("points") else { return lines }
    let dots = lines.filter { $0.role == .line || $0.role == .path }.flatMap { line -> [Shape] in
      guard case .line(let points) = line.geometry else { return [] }
      return points.map { Shape(.marker($0), .dot, line.style) }
    }
    return lines + dots
  }

  /// Bands lie under all lines, so they come first within their series and the figure sorts by role.
  private func mean(_ series: Series, _ rows: LayerRows) -> [Shape] {
    let courses = series.runs.map { Course(rows.ordered($0).map(rows.point)) }
    let points = aggregate(courses.map { $0.points.map { ($0.x, $0.y) } })
    var shapes: [Shape] = []
    let ends = points.map { rows.layer.band.ends($0.values) }
    // Where only one run is left the band has no width, and the line goes on alone.
    let upper = zip(points, ends).map { Point(x: $0.place, y: $1?.high ?? $0.values.mean) }
    let lower = zip(points, ends).map { Point(x: $0.place, y: $1?.low ?? $0.values.mean) }
    if ends.contains(where: { $0 != nil && $0!.low < $0!.high }) {
      shapes.append(Shape(.region([upper + lower.reversed()]), .band, series.style))
    }
    let line = points.map { Point(x: $0.place, y: $0.values.mean) }
    shapes.append(Shape(.line(line), .line, series.style, series: series.label))
    return shapes + crosses(courses, series)
  }

  private func single(_ series: Series, _ rows: LayerRows) -> [Shape] {
    let courses = series.runs.map { Course(rows.ordered($0).map(rows.point)) }
    return courses.map { Shape(.line($0.points), .line, series.style, series: series.label) } + crosses(courses, series)
  }

  private func path(_ series: Series, _ rows: LayerRows, arrows: Int, onwards: Bool) -> [Shape] {
    let courses = series.runs.map { Course(rows.ordered($0).map(rows.point)) }
    return courses.flatMap { course -> [Shape] in
      var shapes = [Shape(.line(course.points), .path, series.style)]
      shapes += heads(arrows, along: course.points).map { Shape(.head($0.from, $0.to), .head, series.style) }
      if onwards, let last = course.points.last {
        return shapes + [Shape(.arrow(last, Point(x: .infinity, y: last.y)), .path, series.style)]
      }
      if let first = course.points.first { shapes.append(Shape(.marker(first), .start, series.style)) }
      if let last = course.points.last, !course.diverged { shapes.append(Shape(.marker(last), .dot, series.style)) }
      return shapes
    } + crosses(courses, series)
  }

  /// Pieces of a path around evenly spaced places, for the heads of arrows; lengths are shares of the path's extent.
  private func heads(_ count: Int, along points: [Point]) -> [(from: Point, to: Point)] {
    let spans = (
      (points.map(\.x).max() ?? 0) - (points.map(\.x).min() ?? 0),
      (points.map(\.y).max() ?? 0) - (points.map(\.y).min() ?? 0)
    )
    let lengths = zip(points, points.dropFirst()).map { a, b -> Double in
      let (dx, dy) = (spans.0 > 0 ? (b.x - a.x) / spans.0 : 0, spans.1 > 0 ? (b.y - a.y) / spans.1 : 0)
      return (dx * dx + dy * dy).squareRoot()
    }
    let whole = lengths.reduce(0, +)
    guard count > 0, whole > 0, whole.isFinite else { return [] }
    var pieces: [(from: Point, to: Point)] = []
    var (index, passed) = (0, 0.0)
    for number in 0..<count {
      let wanted = whole * (Double(number) + 0.5) / Double(count)
      while index < lengths.count - 1, passed + lengths[index] < wanted {
        passed += lengths[index]
        index += 1
      }
      pieces.append((points[index], points[index + 1]))
    }
    return pieces
  }

  /// How far a series' paths go, in data.
  private func length(_ shapes: [Shape]) -> Double {
    shapes.reduce(0) { sum, shape in
      guard shape.role == .path, case .line(let points) = shape.geometry else { return sum }
      return zip(points, points.dropFirst()).reduce(sum) { sum, pair in
        let (dx, dy) = (pair.1.x - pair.0.x, pair.1.y - pair.0.y)
        let step = (dx * dx + dy * dy).squareRoot()
        return step.isNaN ? sum : sum + step
      }
    }
  }

  private func crosses(_ courses: [Course], _ series: Series) -> [Shape] {
    courses.compactMap { course in
      guard course.diverged, let last = course.points.last else { return nil }
      return Shape(.cross(last), .cross, series.style)
    }
  }
}
