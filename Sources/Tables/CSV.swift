/// A number with all its digits: 17 significant ones read back exactly; `nan`, `inf` and `-inf` for the rest.
public func fullPrecision(_ value: Double) -> String {
  if value.isNaN { return "nan" }
  if value.isInfinite { return value < 0 ? "-inf" : "inf" }
  if value == 0 { return value.sign == .minus ? "-0" : "0" }
  // Swift prints the shortest digits that read back to the same bits, at most 17.
  return value == value.rounded() && abs(value) < 1e15 ? String(Int(value)) : value.description
}

extension Table {
  /// RFC 4180 text: a header row, then a row an observation; lines end in LF.
  public func csv() -> String {
    func line(_ cells: [String]) -> String {
      // A lone empty cell would be a blank line.
      (cells == [""] ? "\"\"" : cells.map(quoted).joined(separator: ",")) + "\n"
    }
    return line(columns.map(\.name)) + (0..<rowCount).map { row in line(columns.map { $0.text(row) }) }.joined()
  }

  /// Reads RFC 4180 text with a header row. A column is integer or number when all its cells are.
  /// - Throws: `CSVError` with the line, when rows differ in length or a quote is not closed.
  public init(_ name: String, csv text: String) throws(CSVError) {
    let rows = try CSVRow.parse(text)
    guard let header = rows.first else { throw CSVError(line: 1, message: "the file is empty") }
    var names: Set<String> = []
    if let twice = header.cells.first(where: { !names.insert($0).inserted }) {
      throw CSVError(line: 1, message: "column ‘\(twice)’ is named twice")
    }
    for row in rows.dropFirst() where row.cells.count != header.cells.count {
      throw CSVError(line: row.line, message: "\(row.cells.count) cells, but the header has \(header.cells.count)")
    }
    self.init(
      name,
      header.cells.enumerated().map { index, name in
        let cells = rows.dropFirst().map { $0.cells[index] }
        // "-0" is a number: as an integer it would lose its sign.
        let integers = cells.compactMap { $0 == "-0" ? nil : Int($0) }
        if integers.count == cells.count { return Column(ColumnSchema(name, .integer), .integers(integers)) }
        let numbers = cells.compactMap { $0.isEmpty ? Double.nan : decimalNumber($0) }
        if numbers.count == cells.count { return Column(ColumnSchema(name, .number), .numbers(numbers)) }
        return Column(ColumnSchema(name, .text), .texts(cells))
      })
  }
}

/// A number in decimal notation, `inf` or `nan`; `nil` for anything else (Swift would also take `0x1p4`).
public func decimalNumber(_ text: String) -> Double? {
  text.utf8.contains { $0 == UInt8(ascii: "x") || $0 == UInt8(ascii: "X") } ? nil : Double(text)
}

/// What is wrong with a CSV file, and on which line.
public struct CSVError: Error, Hashable, Sendable {
  public var line: Int
  public var message: String
}

private func quoted(_ cell: String) -> String {
  // A byte order mark at the front of a text would be taken for the file's.
  guard cell.utf8.contains(where: special.contains) || cell.utf8.starts(with: [0xef, 0xbb, 0xbf]) else { return cell }
  return String(decoding: [quote] + cell.utf8.flatMap { $0 == quote ? [$0, $0] : [$0] } + [quote], as: UTF8.self)
}

private let quote = UInt8(ascii: "\"")
private let special = [UInt8(ascii: ","), quote, UInt8(ascii: "\n"), UInt8(ascii: "\r")]
