/// A position in a source file: 1-based line and column (in characters), as editors count.
public struct Place: Hashable, Sendable, Comparable {
  /// The file as the author knows it, relative to the book's folder.
  public var file: String
  public var line: Int
  public var column: Int

  public init(file: String, line: Int, column: Int) {
    self.file = file
    self.line = line
    self.column = column
  }

  /// The same place in an enclosing file whose text starts `lines` lines earlier and `columns` columns to the left.
  public func moved(lines: Int, columns: Int) -> Place {
    Place(file: file, line: line + lines, column: column + columns)
  }

  public static func < (a: Place, b: Place) -> Bool {
    (a.file, a.line, a.column) < (b.file, b.line, b.column)
  }
}
