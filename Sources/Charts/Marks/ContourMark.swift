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
    doc: "Lines of equal z over a grid of x and y given in long form, a row a point; points that are no grid are "
      + "joined by triangles.",
    source: "Maple (2003), marching squares")
  let channels: [ChannelRule] = [.number("x"), .number("y"), .number("z")]
  let valueChannel: String? = "z"
  let swatch = Swatch.none

  func shapes(of rows: LayerRows, _ options: Values) -> [Shape] {
    guard let x = rows.x, let y = rows.y, case .values(let column, let range) = rows.color else { return [] }
    let all = 0..<rows.table.rowCount
    let (xs, ys, zs) = (all.map { x[$0] }, all.map { y[$0] }, all.map { column.number($0) ?? .nan })
    let scattered = Scattered(x: xs, y: ys, z: zs)
    let grid = scattered?.grid ?? Grid(x: xs, y: ys, z: zs)
    guard grid.xs.count > 1, grid.ys.count > 1 else { return [] }
    let isLog = range.scale.kind == .log
    // On a logarithmic scale edges are cut in the logarithm, where a loss is nearer to straight. Zero, the bottom of
    // many a loss, lies below every level; what is below zero is nowhere on the scale.
    let height = isLog ? grid.mapped { $0.isNaN || $0 < 0 ? .nan : $0 == 0 ? -1e9 : log10($0) } : grid
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
        for line in levelLines(height, level: isLog ? log10(level) : level) where line.count > 1 {
          shapes.append(Shape(.line(line), .isoline, fill == "none" ? range.style(level) : .ink))
        }
      }
    }
    shapes += holes(height)
    if let hull = scattered?.hull, let right = grid.xs.last, let top = grid.ys.last {
      // Beside the points nothing is known.
      shapes.append(Shape(.region([rectangle(grid.xs[0], right, grid.ys[0], top), hull]), .outside, .ink))
    }
    return shapes
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

  /// The cells that have a corner at which the surface is not finite, hatched: what lies between is not known.
  private func holes(_ grid: Grid) -> [Shape] {
    var rings: [[Point]] = []
    for j in grid.ys.indices.dropLast() {
      // Neighbours in a row are one strip.
      var start: Int?
      for i in grid.xs.indices {
        let isHole =
          i < grid.xs.count - 1
          && ![grid[i, j], grid[i + 1, j], grid[i, j + 1], grid[i + 1, j + 1]].allSatisfy(\.isFinite)
        if isHole {
          start = start ?? i
        } else if let first = start {
          rings.append(rectangle(grid.xs[first], grid.xs[i], grid.ys[j], grid.ys[j + 1]))
          start = nil
        }
      }
    }
    return rings.isEmpty ? [] : [Shape(.region(rings), .hole, .ink)]
  }
}

/// A ring around a rectangle.
func rectangle(_ left: Double, _ right: Double, _ bottom: Double, _ top: Double) -> [Point] {
  [Point(x: left, y: bottom), Point(x: right, y: bottom), Point(x: right, y: top), Point(x: left, y: top)]
}
