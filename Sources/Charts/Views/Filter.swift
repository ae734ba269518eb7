import Diagnostics
import Specs
import Tables

/// Rows whose value in a column is one of some values: `where: {init: [lecun, orthogonal]}` or `[init=lecun]`.
struct Filter: Hashable, Sendable {
  var column: String
  var values: [String]
  var place: Place

  /// What it asks for, as conditions.
  var conditions: [Reference.Condition] { values.map { Reference.Condition(axis: column, value: $0, place: place) } }

  /// Whether all filters let a row through.
  static func keep(_ filters: [Filter], _ table: Table) -> Table {
    table.filtered(filters.map { ($0.column, $0.values) })
  }

  /// A warning for each value that no row has: a slip that would leave data out without a word.
  static func misses(_ filters: [Filter], _ table: Table) -> [Diagnostic] {
    filters.flatMap { filter -> [Diagnostic] in
      guard let column = table[filter.column], table.rowCount > 0 else { return [] }
      return filter.values.filter { value in
        !(0..<table.rowCount).contains(where: column.test(for: [value]))
      }.map { value in
        let names = table.groups(by: [filter.column]).prefix(20).compactMap(\.key.first)
        return Diagnostic(
          .warning, at: filter.place, matchesNothing(value, filter.column), hints: suggestion(for: value, among: names))
      }
    }
  }

  /// The filters of a source's conditions and of a `where:` map, checked against the table's columns.
  static func read(
    _ source: Source, where map: Spec?, schema: TableSchema, into diagnostics: inout [Diagnostic]
  ) -> [Filter] {
    var filters = source.conditions.map { Filter(column: $0.axis, values: [$0.value], place: $0.place) }
    if let map {
      if case .map(let entries) = map.value {
        for entry in entries {
          let values = entry.value.elements.compactMap(\.text)
          if values.isEmpty { diagnostics.append(Diagnostic(at: entry.value.place, noValues(entry.key))) }
          filters.append(Filter(column: entry.key, values: values, place: entry.keyPlace))
        }
      } else {
        diagnostics.append(Diagnostic(at: map.place, notAMap))
      }
    }
    return filters.filter { filter in
      guard let column = schema.find(filter.column, at: filter.place, into: &diagnostics) else { return false }
      for value in filter.values where column.kind != .text && Double(value) == nil {
        diagnostics.append(Diagnostic(at: filter.place, notANumber(value, column)))
      }
      return true
    }
  }
}

extension TableSchema {
  /// The column of this name; a diagnostic with the nearest spelling when there is none.
  func find(_ name: String, at place: Place, into diagnostics: inout [Diagnostic]) -> ColumnSchema? {
    if let column = self[name] { return column }
    diagnostics.append(
      Diagnostic(at: place, noColumn(name, self), hints: suggestion(for: name, among: columns.map(\.name))))
    return nil
  }
}

extension Table {
  /// The names of columns that tell rows apart rather than say what came of them: texts, whole numbers, and numbers
  /// each value of which stands in several rows (at least one for each seed), as a learning rate does and a loss does
  /// not.
  var settings: [String] {
    let seeds = max(2, groups(by: ["seed"]).count)
    return columns.filter { column in
      if column.schema.kind != .number { return true }
      guard column.schema.origin == .computed, rowCount >= seeds else { return false }
      var counts: [Double: Int] = [:]
      for row in 0..<rowCount {
        guard let value = column.number(row), value.isFinite else { return false }
        counts[value, default: 0] += 1
        if counts.count * seeds > rowCount { return false }
      }
      return counts.values.allSatisfy { $0 >= seeds }
    }.map(\.name)
  }

  /// Groups of rows that agree in some columns, in order of first appearance. Columns that do not exist do not count.
  func groups(by names: [String], among rows: [Int]? = nil) -> [(key: [String], rows: [Int])] {
    let columns = names.compactMap { self[$0] }
    var index: [[String]: Int] = [:]
    var groups: [(key: [String], rows: [Int])] = []
    for row in rows ?? Array(0..<rowCount) {
      let key = columns.map { $0.text(row) }
      if let found = index[key] {
        groups[found].rows.append(row)
      } else {
        index[key] = groups.count
        groups.append((key, [row]))
      }
    }
    return groups
  }
}

extension ColumnSchema {
  /// "train loss (nats)".
  var title: String { unit.map { "\(name.spaced) (\($0))" } ?? name.spaced }
}

extension String {
  /// A kebab-case name as words.
  var spaced: String { String(map { $0 == "-" || $0 == "_" ? " " : $0 }) }
}

private func noColumn(_ name: String, _ schema: TableSchema) -> String {
  "the table ‘\(schema.name)’ has no column ‘\(name)’"
}
private func notANumber(_ value: String, _ column: ColumnSchema) -> String {
  "column ‘\(column.name)’ holds numbers, so it is never ‘\(value)’"
}
private func matchesNothing(_ value: String, _ column: String) -> String { "no row has ‘\(value)’ in ‘\(column)’" }
private func noValues(_ column: String) -> String { "a value, or a list of values, of ‘\(column)’ is needed" }
private let notAMap = "expected a map from columns to the values to keep, such as ‘{init: [lecun, orthogonal]}’"
