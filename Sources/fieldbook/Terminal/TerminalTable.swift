import Charts
import Tables

/// A table in aligned columns: numbers to about four significant digits, aligned right.
func terminalText(_ table: Table) -> String {
  let header = table.columns.map { column in column.schema.unit.map { "\(column.name) (\($0))" } ?? column.name }
  let rows = (0..<table.rowCount).map { row in
    table.columns.map { column in
      if case .numbers(let values) = column.values { return format(values[row], .significant(4)).text }
      return column.text(row)
    }
  }
  return terminalText(header: header, rows: rows, isNumeric: table.columns.map { $0.schema.kind != .text })
}

func terminalText(header: [String], rows: [[String]], isNumeric: [Bool]) -> String {
  let widths = header.indices.map { column in ([header] + rows).map { $0[column].count }.max() ?? 0 }
  func line(_ cells: [String]) -> String {
    var text = cells.indices.map { padded(cells[$0], widths[$0], right: isNumeric[$0]) }.joined(separator: "  ")
    while text.last == " " { text.removeLast() }
    return text + "\n"
  }
  let rule = widths.map { String(repeating: "─", count: $0) }.joined(separator: "  ") + "\n"
  return line(header) + rule + rows.map(line).joined()
}

/// A text filled up with spaces.
func padded(_ text: String, _ width: Int, right: Bool = false) -> String {
  let space = String(repeating: " ", count: max(0, width - text.count))
  return right ? space + text : text + space
}
