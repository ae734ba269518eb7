import Diagnostics
import Markup
public import Tables

extension Figure {
  /// Draws the figure from its tables.
  ///
  /// Everything is drawn twice, for a page and for a phone, because text that shrinks with a wide drawing cannot be
  /// read there; the style sheet shows one of the two (see `templates/charts.css`, which lists all classes and custom
  /// properties that a drawing relies on).
  public func draw(_ presentation: Presentation, tables: TableLookup) -> Drawing {
    var diagnostics: [Diagnostic] = []
    let layers = layers.filter { layer in
      presentation.showsMeasurements || !measures(layer, tables(layer.source))
    }
    for layer in layers {
      let whole = tables(layer.source)
      let rows = Filter.keep(layer.filters, whole)
      if rows.rowCount > 0 { diagnostics += Filter.misses(layer.filters, tables(layer.source)) }
      if rows.rowCount == 0 && !layer.columns.isEmpty {
        let message = whole.rowCount == 0 ? hasNoRows(layer.source.name) : noRows
        diagnostics.append(Diagnostic(.warning, at: layer.source.place, message))
      }
      diagnostics += ambiguities(layer, rows)
    }
    var shown = self
    shown.layers = layers
    var body: [Node] = []
    var notes: [String] = []
    if let title { body.append(.tag("p", ["class": "chart-heading"], .text(title))) }
    let scene = layers.isEmpty ? nil : Scene(shown, tables: tables)
    if scene == nil {
      body.append(.tag("p", ["class": "chart-left-out"], .text(leftOut)))
    } else if let scene, scene.panels.allSatisfy(\.shapes.isEmpty) {
      body.append(.tag("p", ["class": "chart-left-out"], .text(nothing)))
    } else if let scene {
      let name = title ?? "Figure \(presentation.number)"
      body += pictures(scene, named: name)
      if scene.panels.contains(where: { $0.shapes.contains { $0.role == .cross } }) { notes.append(crossNote) }
      let every = scene.panels.flatMap(\.shapes).compactMap { shape -> Int? in
        if case .sheet(let sheet) = shape.geometry { sheet.every } else { nil }
      }.max()
      if let every, every > 1 { notes.append(thinnedNote(every)) }
      if let shading = scene.shading { notes.append(shadingNote(shading)) }
      if scene.hidden > 0 { notes.append(hiddenNote(scene.hidden)) }
    }
    let line = captionLine("Figure", caption, notes: notes, presentation)
    let node = Node.tag(
      "figure", ["id": id, "class": "figure"],
      [.tag("div", ["class": "chart-body"], body), .tag("figcaption", [:], line)])
    return Drawing(
      node: node, csv: data(tables, showsMeasurements: presentation.showsMeasurements), diagnostics: diagnostics)
  }

  /// The drawing for a page, then the one for a phone.
  private func pictures(_ scene: Scene, named name: String) -> [Node] {
    let (wideClasses, narrowClasses) = ("chart chart-wide", "chart chart-narrow")
    let (phone, phoneID) = (min(width, 360), "\(id)-narrow")
    if let space = scene.space {
      let wide = SpacePlot(scene, space: space, width: width, height: height, legend: legend, isNarrow: false, id: id)
      let narrow = SpacePlot(
        scene, space: space, width: phone, height: nil, legend: legend, isNarrow: true, id: phoneID)
      return [
        wide.node(classes: wideClasses, title: name, description: alt, isHidden: false),
        narrow.node(classes: narrowClasses, title: name, description: alt, isHidden: true, like: wide),
      ]
    }
    // A square need not be as wide as the page to be read.
    let width = scene.isSquare && scene.panels.count == 1 ? min(width, 440) : width
    let wide = Plot.fitted(scene, width: width, height: height, legend: legend, isNarrow: false, id: id)
    let narrow = Plot.fitted(scene, width: phone, height: height, legend: legend, isNarrow: true, id: phoneID)
    return [
      wide.node(classes: wideClasses, title: name, description: alt, isHidden: false),
      narrow.node(classes: narrowClasses, title: name, description: alt, isHidden: true),
    ]
  }

  private func measures(_ layer: Layer, _ table: Table) -> Bool {
    layer.columns.contains { table[$0]?.schema.origin == .measured }
  }

  /// The rows behind the figure: the columns it shows, and those that tell rows apart.
  private func data(_ tables: TableLookup, showsMeasurements: Bool) -> Table {
    var parts: [(source: String, table: Table)] = []
    var seen: [Source] = []
    for layer in layers {
      let table = tables(layer.source)
      // Layers over the same rows give them once, with the columns of all.
      guard !seen.contains(where: { $0 == layer.source }) else { continue }
      seen.append(layer.source)
      let alike = layers.filter { $0.source == layer.source }
      var names = table.settings
      names += (alike.flatMap(\.columns) + facets.map(\.column)).filter { !names.contains($0) }
      names = table.columns.map(\.name).filter(names.contains)
      let filtered = alike.count == 1 ? Filter.keep(layer.filters, table) : table
      var part = filtered.selecting(names)
      if !showsMeasurements { part = part.withoutMeasurements() }
      parts.append((layer.source.name, part))
    }
    return parts.count == 1 ? parts[0].table : stacked(parts)
  }

  /// Rows of a run that share a place on a line, and what tells them apart.
  private func ambiguities(_ layer: Layer, _ table: Table) -> [Diagnostic] {
    guard layer.mark is LineMark || layer.mark is BarMark || layer.mark is AreaMark, layer.order == nil,
      let x = layer.channels["x"]?.column
    else { return [] }
    let names =
      [layer.series, layer.over, layer.separate, layer.channels["color"]?.column, x].compactMap(\.self)
      + facets.map(\.column)
    guard let group = table.groups(by: names).first(where: { $0.rows.count > 1 }) else { return [] }
    let y = layer.channels["y"]?.column
    let apart = table.columns.filter { column in
      column.name != y && !names.contains(column.name) && column.schema.origin == .computed
        && Set(group.rows.map(column.text)).count > 1
    }.map(\.name)
    return [
      Diagnostic(
        .warning, at: layer.source.place, severalRows(group.rows.count, x),
        hints: apart.isEmpty ? [] : ["they differ in \(apart.prefix(6).joined(separator: ", "))"])
    ]
  }
}

extension Source {
  /// "init-study.epochs" or a file's name.
  var name: String {
    switch origin {
    case .results(let experiment, let table): "\(experiment).\(table)"
    case .file(let name): name
    }
  }
}

/// Tables below one another, with a first column that says which; what a table does not have is left empty.
private func stacked(_ parts: [(source: String, table: Table)]) -> Table {
  var names: [String] = []
  for part in parts {
    for column in part.table.columns where !names.contains(column.name) { names.append(column.name) }
  }
  let sources = parts.flatMap { part in Array(repeating: part.source, count: part.table.rowCount) }
  let columns = names.map { name in
    let cells = parts.flatMap { part in
      (0..<part.table.rowCount).map { row in part.table[name]?.text(row) ?? "" }
    }
    return Column(ColumnSchema(name, .text), .texts(cells))
  }
  let first = Column(ColumnSchema(names.contains("source") ? "from" : "source", .text), .texts(sources))
  return Table("data", [first] + columns)
}

private let nothing = "Nothing to show: no row is left."
private let leftOut = "Left out: it shows measured values, which differ from machine to machine."
private let crossNote = "A cross marks where a run left the finite numbers."
private func shadingNote(_ title: String) -> String { "Stronger shading is higher: \(title)." }
private func thinnedNote(_ every: Int) -> String {
  "Of the grid's lines every \(every == 2 ? "second" : every == 3 ? "third" : "\(every)th") is drawn."
}
private func hiddenNote(_ count: Int) -> String {
  "\(count) \(count == 1 ? "value" : "values") at or below zero cannot be shown on a logarithmic scale."
}
private func severalRows(_ count: Int, _ x: String) -> String {
  "\(count) rows of one line share a value of ‘\(x)’: choose among them with ‘where’, ‘color’, ‘series’ or ‘facet’"
}
