/// A table in long ("tidy") form: one row an observation, one table a grain.
public struct Table: Hashable, Sendable {
  /// The grain: `runs`, `epochs`, `steps`, `layers`, `points`.
  public var name: String
  public private(set) var columns: [Column]

  /// - Precondition: all columns have the same length and different names.
  public init(_ name: String, _ columns: [Column]) {
    precondition(Set(columns.map(\.count)).count <= 1, "columns of table \(name) differ in length")
    precondition(Set(columns.map(\.name)).count == columns.count, "table \(name) names a column twice")
    self.name = name
    self.columns = columns
  }

  public var rowCount: Int { columns.first?.count ?? 0 }
  public var schema: TableSchema { TableSchema(name, columns.map(\.schema)) }

  /// The column of this name, if there is one.
  public subscript(name: String) -> Column? { columns.first { $0.name == name } }

  /// The rows at these indices, in this order.
  public func rows(_ indices: [Int]) -> Table { Table(name, columns.map { $0.rows(indices) }) }

  /// The rows for which every named column has one of the given values; none when there is no such column.
  public func filtered(_ conditions: [(column: String, values: [String])]) -> Table {
    if conditions.isEmpty { return self }
    let tests = conditions.map { condition in self[condition.column]?.test(for: condition.values) ?? { _ in false } }
    return rows((0..<rowCount).filter { row in tests.allSatisfy { $0(row) } })
  }

  /// Only these columns, in this order; names that do not exist are left out.
  public func selecting(_ names: [String]) -> Table { Table(name, names.compactMap { self[$0] }) }

  /// Whether the run of a row left the finite numbers: its column `diverged` is not 0. What is not finite in such a row
  /// was lost on the way; in any other, NaN says that there is no value.
  public func hasDiverged(_ row: Int) -> Bool { (self["diverged"]?.number(row) ?? 0) != 0 }

  /// Only columns that are the same on every machine.
  public func withoutMeasurements() -> Table { Table(name, columns.filter { $0.schema.origin == .computed }) }
}

extension Column {
  /// A test of rows for one of the values that an author wrote: numbers compare as numbers (`0.10` is `0.1`), text as
  /// text.
  public func test(for wanted: [String]) -> (_ row: Int) -> Bool {
    switch values {
    case .texts(let values):
      if let only = wanted.first, wanted.count == 1 { return { values[$0] == only } }
      let wanted = Set(wanted)
      return { wanted.contains(values[$0]) }
    case .integers(let values):
      let wanted = wanted.compactMap { Double($0) }
      return { row in wanted.contains { $0 == Double(values[row]) } }
    case .numbers(let values):
      let wanted = wanted.compactMap { Double($0) }
      return { row in wanted.contains { $0 == values[row] } }
    }
  }
}

/// The columns of a table, known before anything has run.
public struct TableSchema: Hashable, Sendable, Codable {
  public var name: String
  public var columns: [ColumnSchema]

  public init(_ name: String, _ columns: [ColumnSchema]) {
    self.name = name
    self.columns = columns
  }

  public subscript(name: String) -> ColumnSchema? { columns.first { $0.name == name } }
}

/// Collects a table row by row against a schema.
public struct TableBuilder: Sendable {
  public enum Value: Sendable { case number(Double), integer(Int), text(String) }

  public let schema: TableSchema
  // One array a column and type, so that appending is in place; those of other types stay empty.
  private var numbers: [[Double]]
  private var integers: [[Int]]
  private var texts: [[String]]

  public init(_ schema: TableSchema) {
    self.schema = schema
    numbers = schema.columns.map { _ in [] }
    integers = schema.columns.map { _ in [] }
    texts = schema.columns.map { _ in [] }
  }

  /// Adds a row. A number that is left out is NaN.
  /// - Precondition: every key is a column, of the right type; integers and texts are all given.
  public mutating func append(_ row: [String: Value]) {
    for key in row.keys { precondition(schema[key] != nil, "table \(schema.name) has no column \(key)") }
    for (index, column) in schema.columns.enumerated() {
      switch (row[column.name], column.kind) {
      case (.number(let value), .number): numbers[index].append(value)
      case (nil, .number): numbers[index].append(.nan)
      case (.integer(let value), .integer): integers[index].append(value)
      case (.text(let value), .text): texts[index].append(value)
      default: preconditionFailure("column \(column.name) of table \(schema.name) got a value of another type")
      }
    }
  }

  public func table(catalogNumbers: [String: [String: Int]] = [:]) -> Table {
    Table(
      schema.name,
      schema.columns.enumerated().map { index, column in
        let values: ColumnValues =
          switch column.kind {
          case .number: .numbers(numbers[index])
          case .integer: .integers(integers[index])
          case .text: .texts(texts[index])
          }
        return Column(column, values, catalogNumbers: catalogNumbers[column.name] ?? [:])
      })
  }
}
