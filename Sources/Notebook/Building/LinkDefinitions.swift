extension Lifted {
  /// All lines that define a link label (`[label]: destination`).
  var linkDefinitions: [UInt8] {
    var lines: [UInt8] = []
    for index in 0..<source.lineCount {
      let line = source.line(index)
      let start = contentStart(of: line, quotes: MarkNode.deepest, in: mask.bytes)
      guard mask.bytes.byte(start) == Byte.openBracket, linkDefinitionLabelEnd(start, in: mask.bytes) != nil else {
        continue
      }
      lines += mask.bytes[start..<line.upperBound] + [Byte.newline]
    }
    return lines
  }
}
