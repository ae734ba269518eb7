/// Lines of text without what their containers put before them (`>`, indentation): what cmark reads as inlines.
struct Region {
  /// The text, its lines joined by newlines.
  private(set) var bytes: [UInt8] = []
  /// For each line: its start in `bytes` and in the source.
  private(set) var lines: [(start: Int, source: Int)] = []

  mutating func append(_ range: Range<Int>, of source: [UInt8]) {
    if !lines.isEmpty { bytes.append(Byte.newline) }
    lines.append((bytes.count, range.lowerBound))
    bytes += source[range.clamped(to: 0..<source.count)]
  }

  /// The source ranges of the region's lines.
  var sourceLines: [Range<Int>] {
    lines.indices.map { lines[$0].source..<lines[$0].source + end($0) - lines[$0].start }
  }

  /// The source offset of a byte of the region.
  func source(_ index: Int) -> Int {
    if lines.isEmpty { return 0 }
    let line = lines[lineIndex(of: index)]
    return line.source + index - line.start
  }

  /// The source ranges of a range of the region, one for each line that it touches.
  func parts(_ range: Range<Int>) -> [Range<Int>] {
    var parts: [Range<Int>] = []
    var index = lineIndex(of: range.lowerBound)
    while index < lines.count, lines[index].start < range.upperBound {
      let line = lines[index]
      let low = max(range.lowerBound, line.start)
      let high = min(range.upperBound, end(index))
      if low < high { parts.append(line.source + low - line.start..<line.source + high - line.start) }
      index += 1
    }
    return parts
  }

  /// Where a line ends in `bytes`.
  private func end(_ line: Int) -> Int { line + 1 < lines.count ? lines[line + 1].start - 1 : bytes.count }

  /// The line in which a byte of the region lies.
  private func lineIndex(of index: Int) -> Int {
    var low = 0
    var high = lines.count
    while high - low > 1 {
      let middle = (low + high) / 2
      if lines[middle].start <= index { low = middle } else { high = middle }
    }
    return low
  }
}
