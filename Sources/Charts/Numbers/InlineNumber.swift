public import Diagnostics
public import Markup
import Specs
public import Tables

/// A computed number in a sentence: `init-study.test-error[init=lecun] | percent`.
///
/// Reads `runs` unless a table is named (`study.epochs.train-loss[epoch=3]`). Its conditions must leave one row, or
/// rows that differ only in their seed; then it is mean ± deviation.
public struct InlineNumber: Hashable, Sendable {
  public var source: Source
  var column: String
  var format: Format?

  /// Parses what stands after the `=`; its first character stands at `place`.
  public static func parse(_ text: String, at place: Place) -> Result<InlineNumber, DiagnosticError> {
    // A ‘|’ between brackets is part of a value.
    let conditionsEnd = text[...].firstOutsideQuotes("]") ?? text.startIndex
    let bar = text[conditionsEnd...].firstIndex(of: "|")
    let halves = bar.map { [text[..<$0], text[text.index(after: $0)...]] } ?? [text[...]]
    func start(_ part: Substring) -> Place {
      let leading = part.prefix { $0 == " " || $0 == "\t" }.count
      return place.moved(lines: 0, columns: text.distance(from: text.startIndex, to: part.startIndex) + leading)
    }
    func trimmed(_ part: Substring) -> String {
      var rest = part.drop { $0 == " " || $0 == "\t" }
      while let last = rest.last, last.isWhitespace { rest.removeLast() }
      return String(rest)
    }
    let pointer = trimmed(halves[0])
    let reference: Reference
    switch Reference.parse(pointer, at: start(halves[0])) {
    case .success(let parsed): reference = parsed
    case .failure(let error): return .failure(error)
    }
    guard reference.moment == nil, let part = reference.part else {
      return .failure(DiagnosticError(at: reference.place, namesNoColumn(pointer), hints: [form]))
    }
    let names = part.split(separator: ".", omittingEmptySubsequences: false).map(String.init)
    guard names.count <= 2 else {
      return .failure(DiagnosticError(at: reference.place, namesNoColumn(pointer), hints: [form]))
    }
    var number = InlineNumber(
      source: Source(
        origin: .results(experiment: reference.id, table: names.count == 2 ? names[0] : "runs"),
        conditions: reference.conditions, place: reference.place),
      column: names[names.count - 1], format: nil)
    if halves.count == 2 {
      switch Format.parse(trimmed(halves[1]), at: start(halves[1])) {
      case .success(let format): number.format = format
      case .failure(let error): return .failure(error)
      }
    }
    return .success(number)
  }

  /// Checks the column and conditions against the table's columns; everything wrong is a diagnostic at its place.
  public func check(schemas: SchemaLookup, into diagnostics: inout [Diagnostic]) {
    guard let schema = schemas(source, &diagnostics) else { return }
    _ = Filter.read(source, where: nil, schema: schema, into: &diagnostics)
    guard let found = schema.find(column, at: source.place, into: &diagnostics) else { return }
    if format != nil, found.kind == .text { diagnostics.append(Diagnostic(at: source.place, textHasNoFormat(column))) }
  }

  /// The number as it stands in the sentence, or why its rows do not give one.
  public func render(_ tables: TableLookup) -> Result<Node, DiagnosticError> {
    let whole = tables(source)
    let conditions = source.conditions.map { Filter(column: $0.axis, values: [$0.value], place: $0.place) }
    let table = Filter.keep(conditions, whole)
    guard let values = table[column] else { return .failure(DiagnosticError(at: source.place, isMissing(column))) }
    guard table.rowCount > 0 else {
      return .failure(DiagnosticError(at: source.place, noRow, hints: emptyHints(whole)))
    }
    let open = openAxes(table)
    if table.rowCount > 1, !open.isEmpty || table.groups(by: ["seed"]).count < table.rowCount {
      let hints = open.map { axis in "choose a value of ‘\(axis.name)’: \(axis.values.joined(separator: ", "))" }
      return .failure(DiagnosticError(at: source.place, severalRows(table.rowCount), hints: hints))
    }
    if values.schema.kind == .text {
      var seen: [String] = []
      for row in 0..<table.rowCount where !seen.contains(values.text(row)) { seen.append(values.text(row)) }
      return .success(.tag("span", ["class": "number"], .text(seen.joined(separator: ", "))))
    }
    let cell = MeanDeviation(values, 0..<table.rowCount, of: table)
    return .success(.tag("span", ["class": "number"], node(cell, isWhole: values.schema.kind == .integer)))
  }

  private func node(_ cell: MeanDeviation, isWhole: Bool) -> Node {
    guard cell.mean.isFinite else {
      if cell.diverged == 0 { return Charts.format(cell.infinity ?? .nan).node }
      return .text(cell.count > 1 ? "\(notFinite) in \(cell.diverged) of \(cell.count) runs" : notFinite)
    }
    let wanted = format ?? (isWhole && (cell.deviation ?? 0) == 0 ? .integer : nil)
    let chosen = cell.format(wanted)
    var nodes = [Charts.format(cell.mean, chosen).node]
    if let spread = cell.spread(chosen), !(isWhole && cell.deviation == 0) {
      nodes += [.text("\u{00A0}±\u{00A0}"), spread.node]
    }
    if let note = cell.note { nodes.append(.text(" (\(note))")) }
    return .fragment(nodes)
  }

  /// Columns of settings that still take several values: texts and whole numbers, and numbers that a condition could
  /// name. What a run computes differs between seeds too, so numbers count only if they take fewer values than rows.
  private func openAxes(_ table: Table) -> [(name: String, values: [String])] {
    let named = openAxes(table, of: [.text, .integer])
    return named.isEmpty ? openAxes(table, of: [.number]) : named
  }

  private func openAxes(_ table: Table, of kinds: [ColumnSchema.Kind]) -> [(name: String, values: [String])] {
    let seeds = table.groups(by: ["seed"]).count
    return table.columns.compactMap { axis in
      guard kinds.contains(axis.schema.kind), axis.name != "seed", axis.name != "diverged", axis.name != column,
        axis.schema.origin == .computed
      else { return nil }
      let values = table.groups(by: [axis.name]).map { $0.key[0] }
      guard values.count > 1 else { return nil }
      // Rows of one seed that differ here were told apart by it.
      let splits = table.groups(by: ["seed"]).contains { group in
        Set(group.rows.map(axis.text)).count > 1
      }
      guard splits || table["seed"] == nil, axis.schema.kind != .number || values.count * seeds <= table.rowCount else {
        return nil
      }
      return (axis.name, Array(values.prefix(8)) + (values.count > 8 ? ["…"] : []))
    }
  }

  private func emptyHints(_ whole: Table) -> [String] {
    source.conditions.compactMap { condition in
      let values = whole.groups(by: [condition.axis]).compactMap(\.key.first)
      guard let column = whole[condition.axis],
        !(0..<whole.rowCount).contains(where: column.test(for: [condition.value]))
      else { return nil }
      return suggestion(for: condition.value, among: Array(values.prefix(20))).first.map {
        "‘\(condition.axis)’: \($0)"
      }
    }
  }
}

private let form = "written like: study.column[axis=value] | percent"
private let noRow = "no row is left: the conditions match nothing"
private func namesNoColumn(_ text: String) -> String { "‘\(text)’ does not name one column of results" }
private func isMissing(_ column: String) -> String { "the results have no column ‘\(column)’" }
private func severalRows(_ count: Int) -> String { "\(count) rows are left where one number is needed" }
private func textHasNoFormat(_ column: String) -> String { "column ‘\(column)’ holds text, which has no number format" }
