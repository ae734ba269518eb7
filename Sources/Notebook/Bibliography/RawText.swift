/// A piece of a BibTeX file after its abbreviations are filled in, and where each of its bytes stands in the file.
struct RawText {
  private(set) var bytes: [UInt8] = []
  private(set) var offsets: [Int] = []
  /// The offset at which it starts, also of one without bytes.
  private(set) var start: Int

  init(_ range: Range<Int>, of source: SourceText) {
    bytes = Array(source.bytes[range])
    offsets = Array(range)
    start = range.lowerBound
  }

  static func + (a: RawText, b: RawText) -> RawText {
    var sum = a
    sum.bytes += b.bytes
    sum.offsets += b.offsets
    return sum
  }

  subscript(range: Range<Int>) -> RawText {
    var part = self
    part.bytes = Array(bytes[range])
    part.offsets = Array(offsets[range])
    part.start = range.lowerBound < offsets.count ? offsets[range.lowerBound] : offsets.last.map { $0 + 1 } ?? start
    return part
  }

  /// Without blanks at both ends.
  var trimmed: RawText { self[bytes.trimmed(0..<bytes.count)] }

  /// The parts between the places outside of braces at which `length` says that a separator of so many bytes stands.
  func split(at length: ([UInt8], Int) -> Int?) -> [RawText] {
    var parts: [RawText] = []
    var (start, index, depth) = (0, 0, 0)
    while index < bytes.count {
      if bytes[index] == Byte.openBrace { depth += 1 }
      if bytes[index] == Byte.closeBrace { depth -= 1 }
      if depth == 0, let separator = length(bytes, index) {
        parts.append(self[start..<index])
        index += separator
        start = index
      } else {
        index += 1
      }
    }
    return parts + [self[start..<bytes.count]]
  }
}
