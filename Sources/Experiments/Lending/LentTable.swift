import Diagnostics
import Specs
import Tables

/// What an experiment reads of another one's tables: which table, and which of its columns.
struct LentTable: Sendable, CustomStringConvertible {
  let place: Place
  let id: String
  /// As the reference names it; the results of the runs where it names none.
  let table: String
  /// The option that names each column, the column, and where the author named it; of a default, where the reference is.
  var columns: [Column]
  typealias Column = (option: String, name: String, place: Place)

  var description: String { "‘\(id).\(table)’" }

  init(_ reference: Resolved, columns: [Column]) {
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

  /// Why an upstream run cannot lend it, with what would be right; `nil` if it has the table.
  func refusal(of upstream: any Experiment) -> String? {
    if upstream.tables.contains(where: { $0.name == table }) { return nil }
    return ([noTable(table)] + suggestion(for: table, among: upstream.tables.map(\.name))).joined(separator: "; ")
  }

  /// The columns that the table of an upstream run does not have, each said where it is named.
  func mismatches(with upstream: (any Experiment)?) -> [Diagnostic] {
    guard let upstream, let schema = upstream.tables.first(where: { $0.name == table }) else { return [] }
    let numbers = schema.columns.filter { $0.kind != .text }.map(\.name)
    let other = upstream.tables.first { other in columns.allSatisfy { other[$0.name]?.kind ?? .text != .text } }
    return columns.filter { !numbers.contains($0.name) }.map { column in
      Diagnostic(
        at: column.place, noColumn(column, schema),
        hints: other.map { ["‘\(id).\($0.name)’ has"] } ?? suggestion(for: column.name, among: numbers))
    }
  }

  private func noColumn(_ column: Column, _ schema: TableSchema) -> String {
    let option = column.place == place ? " (option ‘\(column.option)’)" : ""
    return schema[column.name] == nil
      ? "\(self) has no column ‘\(column.name)’" + option
      : "the column ‘\(column.name)’ of \(self) holds words, not numbers" + option
  }

  /// The columns' numbers, in the order of `columns`.
  func numbers(of inputs: [Input]?) throws -> [[Double]] {
    guard let lent = inputs?.first?.tables.first(where: { $0.name == table }) else {
      throw DiagnosticError(at: place, "\(self): " + noTable(table))
    }
    return try columns.map { column in
      guard let found = lent[column.name], found.schema.kind != .text else {
        throw DiagnosticError(at: column.place, noColumn(column, lent.schema))
      }
      return (0..<lent.rowCount).map { found.number($0) ?? .nan }
    }
  }
}

private func noTable(_ name: String) -> String { "it has no table ‘\(name)’" }
private func namedTwice(_ name: String) -> String { "the column ‘\(name)’ cannot be two of the coordinates and values" }
