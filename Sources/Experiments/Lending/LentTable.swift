import Diagnostics
import Specs
import Tables

/// What an experiment reads of another one's tables: which table, and which of its columns.
struct LentTable: Sendable, CustomStringConvertible {
  let place: Place
  let id: String
  /// As the reference names it; the results of the runs where it names none.
  let table: String
  /// The option that names each column, and the column.
  var columns: [(option: String, name: String)]

  var description: String { "‘\(id).\(table)’" }

  init(_ reference: Resolved, columns: [(option: String, name: String)]) {
    place = reference.place
    id = reference.asReference.id
    table = reference.asReference.part ?? "runs"
    self.columns = columns
  }

  /// A column named twice, said; whether all are different.
  func check(_ options: Values, into diagnostics: inout [Diagnostic]) -> Bool {
    for (index, column) in columns.enumerated() where columns[..<index].contains(where: { $0.name == column.name }) {
      diagnostics.append(Diagnostic(at: options.place(column.option), namedTwice(column.name)))
      return false
    }
    return true
  }

  /// Why an upstream run cannot lend it, with what would be right; `nil` if it can.
  func refusal(of upstream: any Experiment) -> String? {
    guard let schema = upstream.tables.first(where: { $0.name == table }) else {
      return said(noTable(table), suggestion(for: table, among: upstream.tables.map(\.name)))
    }
    let numbers = schema.columns.filter { $0.kind != .text }.map(\.name)
    for column in columns where !numbers.contains(column.name) {
      let others = upstream.tables.filter { other in columns.allSatisfy { other[$0.name]?.kind ?? .text != .text } }
      if let other = others.first { return noColumn(column, schema) + "; ‘\(id).\(other.name)’ has" }
      return said(noColumn(column, schema), suggestion(for: column.name, among: numbers))
    }
    return nil
  }

  /// The columns' numbers, in the order of `columns`.
  func numbers(of inputs: [Input]?) throws -> [[Double]] {
    guard let lent = inputs?.first?.tables.first(where: { $0.name == table }) else {
      throw DiagnosticError(at: place, noTable(table))
    }
    return try columns.map { column in
      guard let found = lent[column.name], found.schema.kind != .text else {
        throw DiagnosticError(at: place, noColumn(column, lent.schema))
      }
      return (0..<lent.rowCount).map { found.number($0) ?? .nan }
    }
  }
}

private func said(_ message: String, _ hints: [String]) -> String { ([message] + hints).joined(separator: "; ") }
private func noTable(_ name: String) -> String { "it has no table ‘\(name)’" }
private func noColumn(_ column: (option: String, name: String), _ schema: TableSchema) -> String {
  schema[column.name] == nil
    ? "its table ‘\(schema.name)’ has no column ‘\(column.name)’ (option ‘\(column.option)’)"
    : "the column ‘\(column.name)’ of its table ‘\(schema.name)’ holds words, not numbers (option ‘\(column.option)’)"
}
private func namedTwice(_ name: String) -> String { "the column ‘\(name)’ cannot be two of the coordinates and values" }
