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
    lines.indices.map { index in
      let end = index + 1 < lines.count ? lines[index + 1].start - 1 : bytes.count
      return lines[index].source..<lines[index].source + end - lines[index].start
    }
  }

  /// The source offset of a byte of the region.
  func source(_ index: Int) -> Int {
    guard let line = lines.last(where: { $0.start <= index }) else { return 0 }
    return line.source + index - line.start
  }

  /// The source ranges of a range of the region, one for each line that it touches.
  func parts(_ range: Range<Int>) -> [Range<Int>] {
    var parts: [Range<Int>] = []
    for (index, line) in lines.enumerated() {
      let end = index + 1 < lines.count ? lines[index + 1].start - 1 : bytes.count
      let low = max(range.lowerBound, line.start)
      let high = min(range.upperBound, end)
      if low < high { parts.append(line.source + low - line.start..<line.source + high - line.start) }
      if line.start >= range.upperBound { break }
    }
    return parts
  }
}
