/// A source text in which the holes are filled with placeholders of equal length.
///
/// A placeholder is made of control characters, which cmark takes for letters of a word and which the source does not
/// contain (`SourceText` replaces them): the hole's number in base 18, in three digits, or in two where its first
/// line has no room for three (`$$` alone on its line); then filler. Newlines and what containers put at the start of
/// lines stay. So every position in the masked text is a position in the source.
struct Mask {
  private(set) var bytes: [UInt8]
  private(set) var holes: [Hole] = []
  /// Number of the hole by its code.
  private var numbers: [Int: Int] = [:]
  private var shortCodes = 0
  private var longCodes = 0

  init(_ source: SourceText) { bytes = source.bytes }

  /// Puts a placeholder over `parts`, the ranges of a hole in each of its lines.
  ///
  /// - Returns: false if there are no numbers left or there is no room.
  mutating func lift(_ content: Hole.Content, parts: [Range<Int>], of source: SourceText) -> Bool {
    guard let first = parts.first, first.count >= 2 else { return false }
    let code: Int
    let digits: Int
    if first.count >= 3 {
      guard longCodes < base * base * base else { return false }
      (code, digits) = (longCodes, 3)
      longCodes += 1
    } else {
      guard shortCodes < base * base else { return false }
      (code, digits) = (base * base * base + shortCodes, 2)
      shortCodes += 1
    }
    numbers[code] = holes.count
    holes.append(Hole(content: content, lines: parts.map { source.text($0) }))
    for part in parts { for index in part { bytes[index] = filler } }
    var rest = digits == 3 ? code : code - base * base * base
    for index in (0..<digits).reversed() {
      bytes[first.lowerBound + index] = firstDigit + UInt8(rest % base)
      rest /= base
    }
    return true
  }

  /// A piece of text between placeholders, or the hole that a placeholder stands for.
  enum Piece {
    case text(String)
    case hole(Hole)
  }

  /// Takes a text from cmark apart; filler disappears.
  func pieces(of text: String) -> [Piece] {
    guard text.utf8.contains(where: isPlaceholder) else { return [.text(text)] }
    var pieces: [Piece] = []
    var plain: [UInt8] = []
    scan(text) { event in
      switch event {
      case .byte(let byte): plain.append(byte)
      case .filler: break
      case .hole(let hole):
        if !plain.isEmpty { pieces.append(.text(String(decoding: plain, as: UTF8.self))) }
        plain = []
        pieces.append(.hole(hole))
      }
    }
    if !plain.isEmpty { pieces.append(.text(String(decoding: plain, as: UTF8.self))) }
    return pieces
  }

  /// A text from cmark (code, HTML, an address) with the placeholders turned back into what stood there.
  func restored(_ text: String) -> String {
    guard text.utf8.contains(where: isPlaceholder) else { return text }
    var output = ""
    var plain: [UInt8] = []
    var later: ArraySlice<String> = []
    scan(text) { event in
      switch event {
      case .byte(let byte): plain.append(byte)
      case .filler:
        output += String(decoding: plain, as: UTF8.self) + (later.popFirst() ?? "")
        plain = []
      case .hole(let hole):
        output += String(decoding: plain, as: UTF8.self) + (hole.lines.first ?? "")
        plain = []
        later = hole.lines.dropFirst()
      }
    }
    return output + String(decoding: plain, as: UTF8.self)
  }

  private enum Event {
    case byte(UInt8)
    case hole(Hole)
    /// A run of filler that does not follow a hole's number: a later line of it.
    case filler
  }

  private func scan(_ text: String, _ handle: (Event) -> Void) {
    let bytes = Array(text.utf8)
    var index = 0
    while index < bytes.count {
      if isDigit(bytes[index]) {
        let end = min(index + 3, bytes.count)
        let digits = bytes[index..<end].prefix(while: isDigit)
        let value = digits.reduce(0) { $0 * base + Int($1 - firstDigit) }
        if let number = numbers[digits.count == 3 ? value : base * base * base + value] {
          handle(.hole(holes[number]))
        }
        index = bytes.end(ofRun: filler, from: index + digits.count)
      } else if bytes[index] == filler {
        handle(.filler)
        index = bytes.end(ofRun: filler, from: index)
      } else {
        handle(.byte(bytes[index]))
        index += 1
      }
    }
  }
}

/// Fills the rest of a placeholder, and starts the paragraph that carries inlines alone (`Inlines.parsed`).
let filler: UInt8 = 0x01

private let firstDigit: UInt8 = 0x0E
private let base = 18

private func isDigit(_ byte: UInt8) -> Bool { byte >= firstDigit && Int(byte) < Int(firstDigit) + base }
/// Whether a byte of a masked text belongs to a placeholder.
func isPlaceholder(_ byte: UInt8) -> Bool { byte == filler || isDigit(byte) }
