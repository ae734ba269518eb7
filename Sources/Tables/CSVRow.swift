/// A row of RFC 4180 text: its cells, and the line of the text that it starts on.
public struct CSVRow: Hashable, Sendable {
  public var line: Int
  public var cells: [String]

  /// Splits a text into rows. Lines may end in LF, CRLF or CR; blank lines and a byte order mark are skipped.
  ///
  /// - Throws: `CSVError` with the line of a quote that is not closed, or that is closed in the middle of a cell.
  public static func parse(_ text: String) throws(CSVError) -> [CSVRow] {
    var rows: [CSVRow] = []
    var row = CSVRow(line: 1, cells: [])
    var cell: [UInt8] = []
    var line = 1
    var state = State.start
    // Bytes, not characters: a quote followed by a combining accent is still a quote.
    let bytes = Array(text.utf8)
    var index = bytes.starts(with: [0xef, 0xbb, 0xbf]) ? 3 : 0

    func endCell() {
      row.cells.append(String(decoding: cell, as: UTF8.self))
      cell.removeAll(keepingCapacity: true)
    }
    func endRow() {
      if !(row.cells.isEmpty && state == .start) {
        endCell()
        rows.append(row)
      }
      row = CSVRow(line: line, cells: [])
    }

    while index < bytes.count {
      let byte = bytes[index]
      index += 1
      let isLineEnd = byte == newline || (byte == carriageReturn && (index == bytes.count || bytes[index] != newline))
      if isLineEnd { line += 1 }
      switch (state, byte) {
      case (.quoted, quote) where index < bytes.count && bytes[index] == quote:
        cell.append(quote)
        index += 1
      case (.quoted, quote): state = .closed
      case (.quoted, _): cell.append(byte)
      case (.start, quote): (state, row.line) = (.quoted, row.cells.isEmpty ? line : row.line)
      case (_, comma):
        endCell()
        state = .start
      case (_, _) where isLineEnd:
        endRow()
        state = .start
      case (_, carriageReturn): break  // of CRLF
      case (.closed, _): throw CSVError(line: line, message: textAfterQuote)
      default:
        state = .plain
        cell.append(byte)
      }
    }
    if state == .quoted { throw CSVError(line: row.line, message: openQuote) }
    endRow()
    return rows
  }

  private enum State { case start, plain, quoted, closed }
}

private let comma = UInt8(ascii: ",")
private let quote = UInt8(ascii: "\"")
private let newline = UInt8(ascii: "\n")
private let carriageReturn = UInt8(ascii: "\r")

private let openQuote = "a quote is not closed"
private let textAfterQuote = "text follows a closing quote; a quote inside quotes is written twice"
