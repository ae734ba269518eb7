import Specs
import Tables

/// Lines of equal height of a surface, filled or not.
struct ContourMark: Mark {
  let entry = CatalogEntry(
    "contour",
    options: [
      Option(
        "levels", .either([.integer(1...200), .list(.number(), count: 1...200)]), .yaml("16"),
        "About how many levels, or the levels themselves; powers of ten with `z: {scale: log}`."),
      Option(
        "fill", .choice(["auto", "values", "quiet", "none"]), .yaml("auto"),
        "Colours of a map, steps of the page's ink (so that paths stand out), or nothing; auto is quiet under layers."),
      Option("lines", .boolean, .yaml("true"), "Whether the levels are drawn as lines."),
    ],
    doc: "Lines of equal z over a grid of x and y given in long form, a row a point.",
    source: "Maple (2003), marching squares")
  let channels: [ChannelRule] = [.number("x"), .number("y"), .number("z")]
  let valueChannel: String? = "z"
  let swatch = Swatch.none

  func shapes(of rows: LayerRows, _ options: Values) -> [Shape] {
    guard let x = rows.x, let y = rows.y, case .values(let column, let range) = rows.color else { return [] }
    let all = 0..<rows.table.rowCount
    let grid = Grid(x: all.map { x[$0] }, y: all.map { y[$0] }, z: all.map { column.number($0) ?? .nan })
    guard grid.xs.count > 1, grid.ys.count > 1 else { return [] }
    let isLog = range.scale.kind == .log
    // On a logarithmic scale edges are cut in the logarithm, where a loss is nearer to straight. What is not above
    // zero lies below every level.
    let height = isLog ? grid.mapped { $0.isNaN ? .nan : $0 <= 0 ? -1e9 : log10($0) } : grid
    let levels = levels(options, range, isLog).sorted()
    var shapes: [Shape] = []
    let fill = rows.layer.fill(options)
    if fill == "values" {
      // Each region is painted over the ones below it, in the colour of the middle of its step.
      let whole = [Point(x: grid.xs[0], y: grid.ys[0]), Point(x: grid.xs.last!, y: grid.ys.last!)]
      let middles = colors(levels, range)
      shapes.append(Shape(.rectangle(whole[0], whole[1]), .cell, middles[0]))
      for (index, level) in levels.enumerated() {
        let rings = regions(height, above: isLog ? log10(level) : level)
        if !rings.isEmpty { shapes.append(Shape(.region(rings), .cell, middles[index + 1])) }
      }
    } else if fill == "quiet" {
      // All steps together hide 30 % of the page.
      let step = SeriesStyle(color: .depth(1 - exp10(log10(0.7) / Double(max(1, levels.count)))))
      for level in levels {
        let rings = regions(height, above: isLog ? log10(level) : level)
        if !rings.isEmpty { shapes.append(Shape(.region(rings), .depth, step)) }
      }
    }
    if options.boolean("lines") {
      for level in levels {
        for line in isolines(height, level: isLog ? log10(level) : level) where line.count > 1 {
          shapes.append(Shape(.line(line), .isoline, fill == "none" ? range.style(level) : .ink))
        }
      }
    }
    return shapes + holes(grid)
  }

  private func levels(_ options: Values, _ range: ColorRange, _ isLog: Bool) -> [Double] {
    guard let written = options["levels"] else { return [] }
    if case .list(let numbers) = written.value { return numbers.map(\.asNumber).filter { !isLog || $0 > 0 } }
    return contourLevels(range.scale.low, range.scale.high, isLog: isLog, count: written.asInteger)
  }

  /// The colours of the steps between levels, the lowest first.
  private func colors(_ levels: [Double], _ range: ColorRange) -> [SeriesStyle] {
    let places = [0] + levels.map { range.scale.position($0) } + [1]
    return zip(places, places.dropFirst()).map { low, high in
      SeriesStyle(color: .value(range.map.hex((low + high) / 2)))
    }
  }

  /// Where the surface is not finite, a hatched cell around each point.
  private func holes(_ grid: Grid) -> [Shape] {
    func edges(_ values: [Double], _ i: Int) -> (Double, Double) {
      (
        i == 0 ? values[0] : (values[i - 1] + values[i]) / 2,
        i == values.count - 1 ? values[i] : (values[i] + values[i + 1]) / 2
      )
    }
    var shapes: [Shape] = []
    for j in grid.ys.indices {
      // Neighbours in a row are one hatched strip.
      var i = 0
      while i < grid.xs.count {
        var end = i
        while end < grid.xs.count, !grid[end, j].isFinite { end += 1 }
        if end > i {
          let (bottom, top) = edges(grid.ys, j)
          let (left, right) = (edges(grid.xs, i).0, edges(grid.xs, end - 1).1)
          shapes.append(Shape(.rectangle(Point(x: left, y: bottom), Point(x: right, y: top)), .hole, .ink))
        }
        i = end + 1
      }
    }
    return shapes
  }
}
