import Specs
import Tables

/// A figure in data space: the shapes of each panel, and what axes and colours mean. Nothing has a pixel yet.
struct Scene {
  struct Panel {
    var title: String?
    var shapes: [Shape]
    /// Whether a contour or heatmap fills the panel.
    var isSurface: Bool { shapes.contains { [.cell, .depth, .isoline].contains($0.role) } }
  }
  struct Axis {
    var kind: ScaleKind
    var title: String
    var categories: Categories?
    var channel: Channel?
    var includesZero: Bool
    /// Whether all categories are numbers, so that some labels may be left out.
    var isNumeric = false
    /// Whether values grow upwards, as numbers do; names are read from the top.
    var goesUp = true
    /// Whether all values are whole numbers, as epochs are.
    var isWhole = false
    /// Whether places on it are only an order, so that it shows no numbers.
    var isBlank = false
    /// A value that stands for what is beyond all numbers; ticks end below it.
    var limit: Double?

    /// The title, which says what the ticks of an axis that is not linear may leave open.
    var heading: String { title.isEmpty || title.contains("log") ? title : title + kind.words }
  }
  struct LegendItem {
    var label: String
    var style: SeriesStyle
    var fate: Fate
  }

  var panels: [Panel]
  var x: Axis
  var y: Axis
  var colorTitle: String?
  var legend: [LegendItem]
  var swatch: Swatch
  /// One for each range of values that colours show.
  var colorBars: [ColorRange]
  /// What a surface in the page's ink shows.
  var shading: String?
  /// Values that no logarithmic axis can show.
  var hidden: Int
  /// Whether a unit is as long along y as along x.
  var isEqual: Bool
  /// Whether both axes have the same range.
  var isSquare: Bool
  /// The third axis, where marks stand in space.
  var space: Space?
  /// How many panels stand side by side on a wide page; as many as fit well when `nil`.
  var columns: Int?

  init(_ figure: Figure, tables: TableLookup) {
    let sources = figure.layers.map { tables($0.source) }
    let rows = zip(figure.layers, sources).map { Filter.keep($0.filters, $1) }
    let drawn = Array(zip(figure.layers, rows))

    let x = Scene.axis("x", drawn)
    var y = Scene.axis("y", drawn)
    y.isBlank = !drawn.isEmpty && drawn.allSatisfy(\.0.mark.hidesY)
    let cells = Facet.cells(figure.facets, rows)

    // Colours are decided by the whole tables, so that a filter does not change them unless two are the same.
    var categories: [String: Categories] = [:]
    for (layer, _) in drawn {
      guard let channel = layer.categoryChannel, layer.valueChannel == nil else { continue }
      let whole = Categories(channel.column, in: sources.filter { $0[channel.column] != nil })
      let shown = Set(Categories(channel.column, in: rows.filter { $0[channel.column] != nil }).values)
      categories[channel.column] = whole.keeping(shown).toldApart()
    }
    var legend: [LegendItem] = []
    var swatch = Swatch.none
    var title: String?
    var bars: [ColorRange] = []
    var shading: String?
    var hidden = 0
    let plain = Scene.plainStyles(drawn.map(\.0), areNamed: !categories.isEmpty)
    var panels = cells.map { Panel(title: $0.title, shapes: []) }
    for (number, (layer, table)) in drawn.enumerated() {
      let color = Scene.color(layer, table, categories)
      if case .values(_, let range) = color {
        let isShown = (layer.mark as? ContourMark).map { _ in layer.fill(layer.options) != "quiet" } ?? true
        if isShown, !bars.contains(range) { bars.append(range) }
        if !isShown { shading = range.title }
        // In space heights are counted with the axes.
        if range.scale.kind == .log, !layer.mark.isSpatial || layer.channels["color"] != nil {
          hidden += Scene.hidden(layer, table)
        }
      }
      if case .categories(let column, let all) = color, legend.isEmpty || swatch == .none {
        title = layer.categoryChannel?.label ?? column.schema.title
        swatch = layer.order == nil ? layer.mark.swatch : .line
        legend = all.values.indices.map { index in
          let rows = (0..<table.rowCount).filter { column.text($0) == all.values[index] }
          return LegendItem(
            label: all.labels[index], style: all.styles[index],
            fate: Scene.fate(layer, table, rows, facets: figure.facets, x: x, y: y))
        }
      }
      for index in panels.indices {
        let panel = table.rows(in: cells[index])
        let layerRows = LayerRows(
          layer: layer, table: panel, whole: table, x: Scene.positions(layer, "x", panel, x),
          y: Scene.positions(layer, "y", panel, y), color: Scene.restricted(color, to: panel), plain: plain[number])
        panels[index].shapes += layer.mark.shapes(of: layerRows, layer.options).inPaintingOrder
      }
    }
    let z = Scene.axis("z", drawn)
    let isSpatial = drawn.contains(where: \.0.mark.isSpatial)
    for (name, axis) in [("x", x), ("y", y), ("z", z)] where axis.kind == .log && (name != "z" || isSpatial) {
      for (layer, table) in drawn {
        guard let column = layer.channels[name].flatMap({ table[$0.column] }) else { continue }
        hidden += (0..<table.rowCount).filter { (column.number($0) ?? 1) <= 0 }.count
      }
    }
    y.limit =
      panels.flatMap(\.shapes).compactMap { shape -> Double? in
        if case .limit(let value, _) = shape.geometry { value } else { nil }
      }.min()
    self.x = x
    self.y = y
    self.hidden = hidden
    isSquare = drawn.contains(where: \.0.mark.isSquare)
    isEqual = figure.isEqual || isSquare
    self.panels = panels
    self.legend = legend
    self.swatch = swatch
    colorTitle = title
    colorBars = bars
    self.shading = shading
    let rowCount = Set(cells.map { $0.conditions.first?.value }).count
    columns = figure.facets.count == 2 ? cells.count / max(1, rowCount) : figure.columns
    space = Space(drawn, panels.flatMap(\.shapes), x: x, y: y, z: z, isEqual: figure.isEqual)
  }
}

extension Scene {
  /// The axis that all layers share: the first that says something about it decides.
  private static func axis(_ name: String, _ drawn: [(Layer, Table)]) -> Axis {
    let using = drawn.compactMap { layer, table -> (channel: Channel, column: Column, layer: Layer)? in
      guard let channel = layer.channels[name], let column = table[channel.column] else { return nil }
      return (channel, column, layer)
    }
    let zero = drawn.contains { layer, table in
      guard layer.mark.showsLength else { return false }
      if layer.mark is HistogramMark { return name == "y" }
      let isSideways =
        layer.channels["y"].flatMap { table[$0.column] }?.schema.kind == .text
        && layer.channels["x"].flatMap { table[$0.column] }?.schema.kind != .text
      return layer.mark is BarMark ? (name == "x") == isSideways : name == "y"
    }
    guard let first = using.first else {
      let counts = drawn.map(\.0).first { $0.mark is HistogramMark }?.options
      let title = counts.map { $0.boolean("density") ? "density" : $0.boolean("share") ? "share" : "count" }
      return Axis(
        kind: name == "y" && counts?.text("scale") == "log" ? .log : .linear, title: name == "y" ? title ?? "" : "",
        categories: nil, channel: nil, includesZero: zero)
    }
    var kind = using.compactMap(\.channel.scale).first ?? first.channel.kind(first.column.schema)
    let isNumeric = first.column.schema.kind != .text
    let isBarPlace = first.layer.mark is BarMark && !zero
    // Whole numbers under bars and cells are names of settings: evenly spaced unless told otherwise, or a fine grid.
    // Real numbers are coordinates if they are evenly spaced; others, such as learning rates, would leave no room for
    // some cells, and stand side by side, upwards too.
    var goesUp = true
    if first.layer.mark is HeatmapMark, isNumeric, first.channel.scale == nil || kind == .log {
      let places = Set(using.flatMap { each in (0..<each.column.count).compactMap { each.column.number($0) } }).sorted()
      let isReal = first.column.schema.kind == .number
      if places.count <= 40, kind == .log || !isGrid(places, from: isReal ? 3 : 13) {
        kind = .band
        goesUp = isReal
      }
    } else if kind == .band {
      goesUp = false
    }
    if isBarPlace, isNumeric, first.channel.scale == nil { (kind, goesUp) = (.band, false) }
    let tables = drawn.compactMap { layer, table -> Table? in
      guard let column = layer.channels[name].flatMap({ table[$0.column] }) else { return nil }
      return Table("", [Column(renamed(column.schema, first.channel.column), column.values)])
    }
    return Axis(
      kind: kind, title: using.compactMap(\.channel.label).first ?? first.column.schema.title,
      categories: kind == .band ? Categories(first.channel.column, in: tables) : nil,
      channel: using.first { $0.channel.domain != nil || $0.channel.format != nil }?.channel ?? first.channel,
      includesZero: zero || first.channel.zero, isNumeric: isNumeric, goesUp: kind != .band || goesUp,
      isWhole: using.allSatisfy { $0.column.schema.kind == .integer } && !drawn.contains { aggregates($0.0, name) })
  }

  /// Whether values are so many and so even that they are coordinates rather than settings.
  private static func isGrid(_ values: [Double], from count: Int) -> Bool {
    guard values.count >= count, let first = values.first, let last = values.last, first.isFinite, last.isFinite else {
      return false
    }
    let step = (last - first) / Double(values.count - 1)
    return zip(values, values.dropFirst()).allSatisfy { ($1 - $0 - step).magnitude < 0.01 * step }
  }

  /// Whether a mark shows means of what is on an axis, which lie between whole numbers.
  private static func aggregates(_ layer: Layer, _ axis: String) -> Bool { axis == "y" && layer.over != nil }

  private static func renamed(_ schema: ColumnSchema, _ name: String) -> ColumnSchema {
    var copy = schema
    copy.name = name
    return copy
  }

  private static func positions(_ layer: Layer, _ name: String, _ table: Table, _ axis: Axis) -> Positions? {
    guard let channel = layer.channels[name], let column = table[channel.column] else { return nil }
    return Positions(column: column, categories: axis.categories, kind: axis.kind)
  }

  /// What colours mean in a layer.
  private static func color(_ layer: Layer, _ table: Table, _ categories: [String: Categories]) -> ColorEncoding {
    if let channel = layer.valueChannel, let column = table[channel.column] {
      return .values(
        column,
        range(channel, column, top: channel.column == layer.channels["z"]?.column ? Surface3DMark.top(layer) : nil))
    }
    guard let channel = layer.categoryChannel, let column = table[channel.column],
      let all = categories[channel.column]
    else { return .none }
    // Many numbers on single dots are values; everything else is a handful of categories.
    if column.schema.kind != .text, layer.mark.colorsValues, layer.over == nil, all.count > 7 {
      return .values(column, range(channel, column))
    }
    return .categories(column, all)
  }

  /// Values that have no colour on a logarithmic scale; zero lies below all levels of a contour.
  private static func hidden(_ layer: Layer, _ table: Table) -> Int {
    guard let column = (layer.valueChannel ?? layer.channels["color"]).flatMap({ table[$0.column] }) else { return 0 }
    let hasZero = layer.mark is ContourMark
    return (0..<table.rowCount).count { row in column.number(row).map { hasZero ? $0 < 0 : $0 <= 0 } ?? false }
  }

  /// What layers without colours look like: quiet beside a layer with colours, and told apart where they show different
  /// numbers. A path and the dots on it are one thing.
  ///
  /// - Parameter areNamed: whether the colours of other layers have names.
  private static func plainStyles(_ layers: [Layer], areNamed: Bool) -> [SeriesStyle] {
    if areNamed { return layers.map { _ in .ink } }
    var seen: [String] = []
    return layers.map { layer in
      guard layer.valueChannel == nil, layer.mark.swatch != .none, let y = layer.channels["y"]?.column else {
        return .only
      }
      let name = "\(layer.source.name) \(y)"
      if !seen.contains(name) { seen.append(name) }
      return .numbered(seen.firstIndex(of: name)!)
    }
  }

  private static func restricted(_ color: ColorEncoding, to panel: Table) -> ColorEncoding {
    switch color {
    case .none: .none
    case .categories(let column, let all): panel[column.name].map { .categories($0, all) } ?? .none
    case .values(let column, let range): panel[column.name].map { .values($0, range) } ?? .none
    }
  }

  private static func range(_ channel: Channel, _ column: Column, top: Double? = nil) -> ColorRange {
    let values = (0..<column.count).compactMap { column.number($0).map { $0 > top ?? .infinity ? top! : $0 } }
    var domain = channel.domain
    if channel.isDiverging, domain == nil {
      let reach = values.filter(\.isFinite).map(\.magnitude).max() ?? 1
      domain = reach > 0 ? -reach...reach : -1...1
    }
    let scale = Scale(
      channel.scale ?? .linear, holding: values, domain: domain, includesZero: channel.zero, padding: 0,
      threshold: channel.threshold)
    return ColorRange(
      map: channel.isDiverging ? .diverging : .sequential, scale: scale, title: channel.label ?? column.schema.title,
      format: channel.format)
  }

  /// How many runs of these rows there are, and how many of them end in something that is not finite.
  private static func fate(_ layer: Layer, _ table: Table, _ rows: [Int], facets: [Facet], x: Axis, y: Axis) -> Fate {
    let names = [layer.series, layer.over, layer.separate].compactMap(\.self) + facets.map(\.column)
    let view = LayerRows(
      layer: layer, table: table, whole: table, x: positions(layer, "x", table, x),
      y: positions(layer, "y", table, y), color: .none)
    guard view.x != nil, view.y != nil else { return Fate() }
    let isCourse = layer.mark is LineMark || layer.mark is AreaMark
    var fate = Fate()
    for run in table.groups(by: names, among: rows).map(\.rows) {
      let points = view.ordered(run).map(view.point)
      if isCourse {
        fate.count += 1
        if Course(points).diverged { fate.diverged += 1 }
      } else if layer.over != nil {
        fate.count += points.count
        fate.diverged += points.filter { !$0.x.isFinite || !$0.y.isFinite }.count
      }
    }
    return fate
  }
}

extension Categories {
  /// Only these values, with the styles that they have among all.
  func keeping(_ shown: Set<String>) -> Categories {
    let indices = values.indices.filter { shown.contains(values[$0]) }
    var copy = self
    copy.values = indices.map { values[$0] }
    copy.labels = indices.map { labels[$0] }
    copy.styles = indices.map { styles[$0] }
    return copy
  }
}
