import Diagnostics

/// A text as bytes with `\n` line ends, and the place of each of its bytes in the file.
struct SourceText {
  let file: String
  /// UTF-8 without a byte order mark; control characters other than tab and newline are spaces here.
  let bytes: [UInt8]
  /// The offset at which each line starts; never empty.
  let lineStarts: [Int]
  /// Where the first byte stands, and how far all lines are shifted to the right.
  private let origin: Place
  private let hasOnlyASCII: Bool
  /// Offsets of the control characters that were replaced, with what stood there.
  let controls: [(offset: Int, scalar: UInt8)]

  init(_ text: String, at origin: Place) {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(text.utf8.count)
    var lineStarts = [0]
    var controls: [(offset: Int, scalar: UInt8)] = []
    var hasOnlyASCII = true
    var afterReturn = false
    for byte in text.utf8 {
      switch byte {
      case Byte.newline where afterReturn: break
      case Byte.newline, Byte.carriageReturn:
        bytes.append(Byte.newline)
        lineStarts.append(bytes.count)
      case Byte.tab, 0x20...0x7F: bytes.append(byte)
      case 0..<0x20:
        controls.append((bytes.count, byte))
        bytes.append(Byte.space)
      default:
        hasOnlyASCII = false
        bytes.append(byte)
        if bytes == [0xEF, 0xBB, 0xBF] { bytes.removeAll(keepingCapacity: true) }
      }
      afterReturn = byte == Byte.carriageReturn
    }
    self.file = origin.file
    self.origin = origin
    self.bytes = bytes
    self.lineStarts = lineStarts
    self.controls = controls
    self.hasOnlyASCII = hasOnlyASCII
  }

  var lineCount: Int { lineStarts.count }

  /// The bytes of a line (0-based) without its newline; an empty range at the end for a line that does not exist.
  func line(_ index: Int) -> Range<Int> {
    guard lineStarts.indices.contains(index) else { return bytes.count..<bytes.count }
    return lineStarts[index]..<(index + 1 < lineStarts.count ? lineStarts[index + 1] - 1 : bytes.count)
  }

  /// The 0-based line in which an offset lies.
  func lineIndex(of offset: Int) -> Int {
    var low = 0
    var high = lineStarts.count
    while high - low > 1 {
      let middle = (low + high) / 2
      if lineStarts[middle] <= offset { low = middle } else { high = middle }
    }
    return low
  }

  func place(_ offset: Int) -> Place {
    let offset = min(max(0, offset), bytes.count)
    let index = lineIndex(of: offset)
    let before = bytes[lineStarts[index]..<offset]
    let column = hasOnlyASCII ? before.count : String(decoding: before, as: UTF8.self).count
    return Place(file: file, line: origin.line + index, column: origin.column + column)
  }

  func text(_ range: Range<Int>) -> String {
    String(decoding: bytes[range.clamped(to: 0..<bytes.count)], as: UTF8.self)
  }

  /// A warning for each control character, which is read as a space.
  var controlWarnings: [Diagnostic] {
    controls.map { control in
      let digits = String(control.scalar, radix: 16, uppercase: true)
      let code = "U+" + String(repeating: "0", count: 4 - digits.count) + digits
      return Diagnostic(.warning, at: place(control.offset), "a control character (\(code)), read as a space")
    }
  }
}
