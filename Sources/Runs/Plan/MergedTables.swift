import Tables

/// The tables of an experiment whose runs may announce different ones: every table and column that any run has.
///
/// A column that some runs lack, or that is a number in one and an integer in another, becomes a number.
func merged(_ announcements: [[TableSchema]], axes: [ColumnSchema]) -> [TableSchema] {
  var names: [String] = []
  for table in announcements.joined() where !names.contains(table.name) { names.append(table.name) }
  return names.map { name in
    let versions = announcements.map { $0.first { $0.name == name } }
    var columns: [ColumnSchema] = []
    for column in versions.compactMap(\.self).flatMap(\.columns)
    where !columns.contains(where: { $0.name == column.name }) {
      var column = column
      let kinds = versions.compactMap { $0?[column.name]?.kind }
      if kinds.contains(.text) {
        column.kind = .text
      } else if kinds.contains(.number) || kinds.count < versions.compactMap(\.self).count {
        column.kind = .number
      }
      columns.append(column)
    }
    return TableSchema(name, axes + columns)
  }
}

extension Column {
  /// This column as another kind, as a merged schema wants it.
  func converted(to schema: ColumnSchema) -> Column {
    let rows = 0..<count
    let new: ColumnValues =
      switch schema.kind {
      case .integer: values
      case .number: .numbers(rows.map { number($0) ?? .nan })
      case .text: .texts(rows.map { text($0) })
      }
    return Column(schema, new, catalogNumbers: catalogNumbers)
  }

  /// A column of values that were never observed.
  static func missing(_ schema: ColumnSchema, rows: Int) -> Column {
    switch schema.kind {
    case .text: Column(schema, .texts(Array(repeating: "", count: rows)))
    case .integer: Column(schema, .integers(Array(repeating: 0, count: rows)))
    case .number: Column(schema, .numbers(Array(repeating: .nan, count: rows)))
    }
  }
}
