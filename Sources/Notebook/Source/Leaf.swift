/// A block of running text (a paragraph or a heading) and its lines in the source.
struct Leaf {
  var region: Region
  /// How many block quotes it is in.
  var quotes: Int
  /// The 0-based line it starts at.
  var firstLine: Int
  /// The byte column (0-based) at which it starts.
  private var indent: Int
  /// The column that cmark gives to what comes first on a line, by line.
  private var firstColumns: [Int: Int] = [:]

  init(_ node: MarkNode, quotes: Int, in source: SourceText, bytes: [UInt8]) {
    self.quotes = quotes
    firstLine = min(max(0, node.startLine - 1), source.lineCount - 1)
    indent = max(0, node.startColumn - 1)
    region = Region()
    let last = min(max(firstLine, node.endLine - 1), source.lineCount - 1)
    for index in firstLine...last {
      let line = source.line(index)
      let start =
        index == firstLine
        ? min(line.lowerBound + indent, line.upperBound)
        : contentStart(of: line, quotes: quotes, in: bytes)
      region.append(start..<line.upperBound, of: bytes)
    }
    if last > firstLine { learnColumns(node.children) }
  }

  private mutating func learnColumns(_ nodes: [MarkNode]) {
    for node in nodes {
      learn(node.startColumn, line: node.startLine)
      learnColumns(node.children)
      // Code and HTML that span lines: nothing starts where the last line does.
      if node.endLine > node.startLine, node.children.isEmpty { learn(indent + 1, line: node.endLine) }
    }
  }

  private mutating func learn(_ column: Int, line: Int) {
    if line > firstLine + 1, firstColumns[line] == nil { firstColumns[line] = column }
  }

  /// Where an inline of this block starts.
  ///
  /// cmark counts the columns of later lines from the start of the block, as if every line had the first one's
  /// indentation (and lazy lines none); here they are counted from where the line's own text starts.
  func offset(line: Int, column: Int) -> Int {
    let lines = region.sourceLines
    guard let first = lines.first else { return 0 }
    let index = line - 1 - firstLine
    guard lines.indices.contains(index) else { return first.lowerBound }
    let columnOfStart = index == 0 ? indent + 1 : firstColumns[line] ?? indent + 1
    return min(lines[index].lowerBound + max(0, column - columnOfStart), lines[index].upperBound)
  }
}

/// Where a line's text starts after at most `quotes` markers of block quotes and any indentation.
func contentStart(of line: Range<Int>, quotes: Int, in bytes: [UInt8]) -> Int {
  var index = line.lowerBound
  var left = quotes
  while index < line.upperBound {
    if bytes[index] == Byte.greater, left > 0 {
      left -= 1
    } else if !bytes[index].isBlank {
      break
    }
    index += 1
  }
  return index
}
