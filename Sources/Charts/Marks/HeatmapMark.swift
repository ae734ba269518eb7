import Specs
import Tables

/// A cell for each pair of x and y, coloured by a value.
struct HeatmapMark: Mark {
  let entry = CatalogEntry(
    "heatmap",
    options: [Option("values", .boolean, .absent, "Whether cells show their number; where it fits when left out.")],
    doc: "A cell for each pair of x and y, coloured by z: a number (`z: {scale: log}` or `{scale: diverging}`), or a "
      + "name, with a legend (`{scale: band}` makes names of numbers). Places at equal distances have an axis of numbers; "
      + "few whole numbers, uneven numbers and names stand side by side (`{scale: linear}` and `{scale: band}` choose)."
  )
  let channels: [ChannelRule] = [.any("x"), .any("y"), .any("z")]
  let valueChannel: String? = "z"
  let swatch = Swatch.cell

  func shapes(of rows: LayerRows, _ options: Values) -> [Shape] {
    guard let x = rows.x, let y = rows.y else { return [] }
    let (columns, lines) = (edges(rows.table, x), edges(rows.table, y))
    let cells = rows.table.groups(by: [x.column.name, y.column.name])
    let showsValues = options["values"] == nil ? cells.count <= 150 : options.boolean("values")
    let coloring = coloring(rows)
    var texts: [Shape] = []
    var holes: [[Point]] = []
    var strips: [Double: [(from: Double, to: Double, shape: Shape)]] = [:]
    for cell in cells {
      let point = rows.point(cell.rows[0])
      guard point.x.isFinite, point.y.isFinite, let seen = coloring(cell.rows) else { continue }
      let (across, up) = (columns(point.x), lines(point.y))
      let (a, b) = (Point(x: across.low, y: up.low), Point(x: across.high, y: up.high))
      guard let style = seen.style else {
        holes.append(rectangle(a.x, b.x, a.y, b.y))
        continue
      }
      strips[point.y, default: []].append((a.x, b.x, Shape(.rectangle(a, b), .cell, style, words: seen.name)))
      if showsValues, let text = seen.number {
        texts.append(Shape(.cell(point, text, onLight: seen.isLight), .text, .ink))
      }
    }
    // Alike neighbours in a row are one strip, unless each has its number.
    let shapes = strips.sorted { $0.key < $1.key }.flatMap { _, row -> [Shape] in
      var joined: [(from: Double, to: Double, shape: Shape)] = []
      for cell in row.sorted(by: { $0.from < $1.from }) {
        if let last = joined.last, texts.isEmpty, last.shape.style == cell.shape.style,
          last.shape.words == cell.shape.words,
          (last.to - cell.from).magnitude < 1e-6 * (cell.to - cell.from),
          case .rectangle(let a, _) = last.shape.geometry, case .rectangle(_, let b) = cell.shape.geometry
        {
          joined[joined.count - 1].to = cell.to
          joined[joined.count - 1].shape.geometry = .rectangle(a, b)
        } else {
          joined.append(cell)
        }
      }
      return joined.map(\.shape)
    }
    return shapes + (holes.isEmpty ? [] : [Shape(.region(holes), .hole, .ink)]) + texts
  }

  /// How a cell looks; a style of `nil` is a hole.
  private struct Look {
    var style: SeriesStyle?
    var number: String?
    var isLight = true
    var name: String?
  }

  /// What the rows of a cell look like; `nil` where there is nothing to show.
  private func coloring(_ rows: LayerRows) -> ([Int]) -> Look? {
    switch rows.color {
    case .none: return { _ in nil }
    case .categories(let column, let all):
      return { cell in
        // Of several rows the value that most of them have.
        var counts: [String: Int] = [:]
        for row in cell { counts[column.text(row), default: 0] += 1 }
        let most = counts.max { ($0.value, $1.key) < ($1.value, $0.key) }?.key
        guard let index = most.flatMap(all.index) else { return nil }
        return Look(style: all.styles[index], name: all.labels[index])
      }
    case .values(let column, let range):
      // The same decimals in all cells: three digits for the greatest, two where it is below one.
      let whole = rows.whole[column.name]
      let most = (0..<rows.whole.rowCount).compactMap { whole?.number($0)?.magnitude }.filter(\.isFinite)
      let exponent = DecimalDigits(most.max() ?? 0).exponent
      let decimals = max(0, (exponent < 0 ? 1 : 2) - exponent)
      let isPlain = range.scale.kind == .linear && decimals <= 4
      return { cell in
        let mean = MeanDeviation(cell.map { column.number($0) ?? .nan }).mean
        guard range.shows(mean) else { return Look() }
        return Look(
          style: range.style(mean),
          number: format(mean, range.format ?? (isPlain ? .fixed(decimals) : .significant(2))).text,
          isLight: range.map.isLight(range.share(mean)))
      }
    }
  }

  /// Where the cell of a value begins and ends: one band, or halfway to its neighbours, as far as they are not much
  /// farther away than others.
  private func edges(_ table: Table, _ positions: Positions) -> (Double) -> (low: Double, high: Double) {
    guard positions.categories == nil, let column = table[positions.column.name] else {
      return { ($0 - 0.5, $0 + 0.5) }
    }
    let values = Set((0..<column.count).compactMap { column.number($0) }.filter(\.isFinite)).sorted()
    let places = Dictionary(uniqueKeysWithValues: values.enumerated().map { ($1, $0) })
    let least = zip(values, values.dropFirst()).map { $1 - $0 }.min() ?? 1
    func half(_ a: Int, _ b: Int) -> Double {
      guard values.indices.contains(a), values.indices.contains(b) else { return least / 2 }
      let distance = values[b] - values[a]
      return (distance <= 1.5 * least ? distance : least) / 2
    }
    return { value in
      guard let index = places[value] else { return (value - least / 2, value + least / 2) }
      return (value - half(index - 1, index), value + half(index, index + 1))
    }
  }
}
