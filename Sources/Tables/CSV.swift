/// A number with all its digits: 17 significant ones read back exactly; `nan`, `inf` and `-inf` for the rest.
public func fullPrecision(_ value: Double) -> String {
  if value.isNaN { return "nan" }
  if value.isInfinite { return value < 0 ? "-inf" : "inf" }
  // Swift prints the shortest digits that read back to the same bits, at most 17.
  return value == value.rounded() && abs(value) < 1e15 ? String(Int(value)) : value.description
}

extension Table {
  /// RFC 4180 text: a header row, then a row an observation; lines end in LF.
  public func csv() -> String {
    var output = columns.map { quoted($0.name) }.joined(separator: ",") + "\n"
    for row in 0..<rowCount {
      output += columns.map { quoted($0.text(row)) }.joined(separator: ",") + "\n"
    }
    return output
  }

  /// Reads RFC 4180 text with a header row. A column is integer or number when all its cells are.
  /// - Throws: `CSVError` with the line, when rows differ in length or a quote is not closed.
  public init(_ name: String, csv text: String) throws(CSVError) {
    let rows = try parseRows(text)
    guard let header = rows.first else { throw CSVError(line: 1, message: "the file is empty") }
    if let twice = Dictionary(grouping: header.cells, by: \.self).first(where: { $1.count > 1 })?.key {
      throw CSVError(line: 1, message: "column ‘\(twice)’ is named twice")
    }
    for row in rows.dropFirst() where row.cells.count != header.cells.count {
      throw CSVError(line: row.line, message: "\(row.cells.count) cells, but the header has \(header.cells.count)")
    }
    self.init(
      name,
      header.cells.enumerated().map { index, name in
        let cells = rows.dropFirst().map { $0.cells[index] }
        let integers = cells.compactMap { Int($0) }
        if integers.count == cells.count { return Column(ColumnSchema(name, .integer), .integers(integers)) }
        let numbers = cells.compactMap { $0.isEmpty ? Double.nan : Double($0) }
        if numbers.count == cells.count { return Column(ColumnSchema(name, .number), .numbers(numbers)) }
        return Column(ColumnSchema(name, .text), .texts(cells))
      })
  }
}

/// What is wrong with a CSV file, and on which line.
public struct CSVError: Error, Hashable, Sendable {
  public var line: Int
  public var message: String
}

private func quoted(_ cell: String) -> String {
  guard cell.contains(where: { $0 == "," || $0 == "\"" || $0.isNewline }) else { return cell }
  return "\"" + cell.split(separator: "\"", omittingEmptySubsequences: false).joined(separator: "\"\"") + "\""
}

private func parseRows(_ text: String) throws(CSVError) -> [(line: Int, cells: [String])] {
  var rows: [(line: Int, cells: [String])] = []
  var cells: [String] = []
  var cell = ""
  var line = 1
  var start = 1
  var inQuotes = false
  var characters = text.makeIterator()
  var next = characters.next()
  func isBlank() -> Bool { cells.isEmpty && cell.isEmpty }
  while let character = next {
    next = characters.next()
    switch character {
    case "\"" where inQuotes && next == "\"":
      cell.append("\"")
      next = characters.next()
    case "\"" where inQuotes: inQuotes = false
    case "\"" where cell.isEmpty: inQuotes = true
    case _ where character.isNewline && !inQuotes:
      if !isBlank() { rows.append((start, cells + [cell])) }
      cells = []
      cell = ""
      line += 1
      start = line
    case "," where !inQuotes:
      cells.append(cell)
      cell = ""
    default:
      if character.isNewline { line += 1 }
      cell.append(character)
    }
  }
  if inQuotes { throw CSVError(line: start, message: "a quote is not closed") }
  if !isBlank() { rows.append((start, cells + [cell])) }
  return rows
}
