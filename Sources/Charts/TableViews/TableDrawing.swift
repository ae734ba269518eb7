import Diagnostics
import Markup
public import Tables

extension TableView {
  /// Draws the table from the rows it reads.
  public func draw(_ presentation: Presentation, tables: TableLookup) -> Drawing {
    let whole = tables(source)
    let table = Filter.keep(filters, whole)
    var diagnostics = table.rowCount > 0 ? Filter.misses(filters, whole) : []
    if table.rowCount == 0 {
      diagnostics.append(Diagnostic(.warning, at: source.place, whole.rowCount == 0 ? hasNoRows(source.name) : noRows))
    }
    let shown = columns.filter { column in
      presentation.showsMeasurements || table[column.name]?.schema.origin != .measured
    }
    let groups = sorted(
      rows.isEmpty ? (0..<table.rowCount).map { (key: [], rows: [$0]) } : table.groups(by: rows), table)
    diagnostics += ambiguity(groups, table)

    var headers: [Node] = rows.map { name in
      .tag("th", ["scope": "col"], .text(rowLabels[name] ?? table[name]?.schema.name.spaced ?? name))
    }
    var columnCells: [[Node]] = []
    for column in shown {
      guard let values = table[column.name] else { continue }
      headers.append(header(column, values.schema))
      columnCells.append(cells(column, values, groups, of: table))
    }
    let body = groups.indices.map { index -> Node in
      let group = groups[index]
      let names = rows.enumerated().map { position, name -> Node in
        .tag("th", ["scope": "row"], rowName(table[name], group.rows[0], fallback: group.key[position]))
      }
      return .tag("tr", [:], names + columnCells.map { $0[index] })
    }
    let captionID = "\(id)-caption"
    let node = Node.tag(
      "figure", ["id": id, "class": "table"],
      .tag(
        "figcaption", ["id": captionID],
        captionLine("Table", caption, notes: notes(groups, table), presentation)),
      .tag(
        "div", ["class": "table-scroll", "role": "region", "aria-labelledby": captionID, "tabindex": "0"],
        .tag("table", [:], .tag("thead", [:], .tag("tr", [:], headers)), .tag("tbody", [:], body))))
    var names = table.settings
    names += rows + columns.map(\.name)
    var csv = table.selecting(table.columns.map(\.name).filter(names.contains))
    if !presentation.showsMeasurements { csv = csv.withoutMeasurements() }
    return Drawing(node: node, csv: csv, diagnostics: diagnostics)
  }

  private func sorted(_ groups: [(key: [String], rows: [Int])], _ table: Table) -> [(key: [String], rows: [Int])] {
    guard let sort, let column = table[sort.column] else { return groups }
    if column.schema.kind == .text {
      let ordered = groups.enumerated().sorted { a, b in
        let (p, q) = (column.text(a.element.rows[0]), column.text(b.element.rows[0]))
        return p == q ? a.offset < b.offset : sort.isDescending ? p > q : p < q
      }
      return ordered.map(\.element)
    }
    let means = groups.map { MeanDeviation($0.rows.map { column.number($0) ?? .nan }).mean }
    let ordered = groups.indices.sorted { a, b in
      // What is not finite comes last either way.
      if means[a].isFinite != means[b].isFinite { return means[a].isFinite }
      if !means[a].isFinite || means[a] == means[b] { return a < b }
      return sort.isDescending ? means[a] > means[b] : means[a] < means[b]
    }
    return ordered.map { groups[$0] }
  }

  private func header(_ column: ShownColumn, _ schema: ColumnSchema) -> Node {
    var nodes: [Node] = [.text(column.label ?? schema.name.spaced)]
    var unit = column.unit ?? schema.unit
    // These formats write the unit in each cell.
    if column.unit == nil, column.format == .bytes || column.format == .seconds { unit = nil }
    if let unit, !unit.isEmpty { nodes.append(.tag("span", ["class": "unit"], .text(" (\(unit))"))) }
    return schema.kind == .text
      ? .tag("th", ["scope": "col"], nodes) : .tag("th", ["scope": "col", "class": "number"], nodes)
  }

  private func cells(_ column: ShownColumn, _ values: Column, _ groups: [(key: [String], rows: [Int])], of table: Table)
    -> [Node]
  {
    if values.schema.kind == .text {
      return groups.map { group in
        var seen: [String] = []
        for row in group.rows where !seen.contains(values.text(row)) { seen.append(values.text(row)) }
        return .tag("td", [:], words(seen.joined(separator: ", ")))
      }
    }
    let aggregates = groups.map { group in MeanDeviation(values, group.rows, of: table) }
    let isWhole = values.schema.kind == .integer && aggregates.allSatisfy { ($0.deviation ?? 0) == 0 }
    let aligned = CellColumn(
      isWhole || !column.showsDeviation ? aggregates.map(\.withoutDeviation) : aggregates,
      format: column.format ?? (isWhole ? .integer : nil))
    let target = bestMean(column.name, aggregates)
    return aggregates.indices.map { index in
      let isBest = target != nil && aggregates[index].mean == target && aggregates[index].nonFinite == 0
      if !isBest { return .tag("td", ["class": "number"], aligned.node(index)) }
      return .tag(
        "td", ["class": "number best"], aligned.node(index), .tag("span", ["class": "visually-hidden"], " (best)"))
    }
  }

  /// The best mean of a column among rows of which every run is finite.
  private func bestMean(_ name: String, _ cells: [MeanDeviation]) -> Double? {
    let means = cells.filter { $0.nonFinite == 0 && $0.count > 0 }.map(\.mean)
    switch best[name] {
    case nil: return nil
    case .lowest: return means.min()
    case .highest: return means.max()
    }
  }

  private func rowName(_ column: Column?, _ row: Int, fallback: String) -> Node {
    guard let column, column.schema.kind != .text, let number = column.number(row) else { return words(fallback) }
    return column.schema.kind == .integer ? format(number, .integer).node : shortest(number).node
  }

  /// A text as it stands in a cell: a dash for none, and minus signs where it is a list of numbers such as a range.
  private func words(_ text: String) -> Node {
    if text.isEmpty { return noValueNode }
    let isNumbers = text.split(separator: ", ", omittingEmptySubsequences: false).allSatisfy { Double($0) != nil }
    return .text(isNumbers ? text.replacing("-", with: minus) : text)
  }

  private func notes(_ groups: [(key: [String], rows: [Int])], _ table: Table) -> [String] {
    guard let over, let count = groups.map(\.rows.count).max(), count > 1 else { return [] }
    let isEven = groups.allSatisfy { $0.rows.count == count }
    return ["Mean ± standard deviation over \(isEven ? "" : "up to ")\(count) \(over.spaced)s."]
  }

  /// Rows that would be averaged though they differ in more than the seed.
  private func ambiguity(_ groups: [(key: [String], rows: [Int])], _ table: Table) -> [Diagnostic] {
    guard !rows.isEmpty else { return [] }
    let names = rows + [over].compactMap(\.self)
    guard let group = table.groups(by: names).first(where: { $0.rows.count > 1 }) else { return [] }
    let shown = Set(columns.map(\.name) + names)
    let apart = table.columns.filter { column in
      !shown.contains(column.name) && column.schema.origin == .computed && Set(group.rows.map(column.text)).count > 1
    }.map(\.name)
    return [
      Diagnostic(
        .warning, at: source.place, severalRows(group.rows.count),
        hints: apart.isEmpty ? [] : ["they differ in \(apart.prefix(6).joined(separator: ", "))"])
    ]
  }
}

extension MeanDeviation {
  /// For counts that are the same in every run, such as the number of parameters, and for shares of yes and no.
  fileprivate var withoutDeviation: MeanDeviation {
    var copy = self
    copy.deviation = nil
    return copy
  }
}

let noRows = "no rows are left: the conditions of this view match nothing"
func hasNoRows(_ source: String) -> String { "‘\(source)’ has no rows: its experiment found nothing to list there" }
private func severalRows(_ count: Int) -> String {
  "\(count) rows are averaged into one though they are not seeds of one run: name what tells them apart in ‘rows’ or ‘where’"
}
