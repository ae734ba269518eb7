/// The bytes that mean something in Markdown.
enum Byte {
  static let tab = UInt8(ascii: "\t")
  static let newline = UInt8(ascii: "\n")
  static let carriageReturn = UInt8(ascii: "\r")
  static let space = UInt8(ascii: " ")
  static let dollar = UInt8(ascii: "$")
  static let backslash = UInt8(ascii: "\\")
  static let backtick = UInt8(ascii: "`")
  static let at = UInt8(ascii: "@")
  static let pipe = UInt8(ascii: "|")
  static let hyphen = UInt8(ascii: "-")
  static let underscore = UInt8(ascii: "_")
  static let colon = UInt8(ascii: ":")
  static let equals = UInt8(ascii: "=")
  static let exclamation = UInt8(ascii: "!")
  static let hash = UInt8(ascii: "#")
  static let slash = UInt8(ascii: "/")
  static let caret = UInt8(ascii: "^")
  static let quote = UInt8(ascii: "\"")
  static let apostrophe = UInt8(ascii: "'")
  static let less = UInt8(ascii: "<")
  static let greater = UInt8(ascii: ">")
  static let openBracket = UInt8(ascii: "[")
  static let closeBracket = UInt8(ascii: "]")
  static let openParenthesis = UInt8(ascii: "(")
  static let closeParenthesis = UInt8(ascii: ")")
  static let openBrace = UInt8(ascii: "{")
  static let closeBrace = UInt8(ascii: "}")
  static let tilde = UInt8(ascii: "~")
}

extension UInt8 {
  var isDigit: Bool { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(self) }
  var isLetter: Bool { (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(self | 0x20) }
  /// A space, tab or newline.
  var isBlank: Bool { self == Byte.space || self == Byte.tab || self == Byte.newline }
  /// ASCII punctuation: what a backslash can escape.
  var isPunctuation: Bool { self > Byte.space && self < 0x7F && !isDigit && !isLetter }
  /// A character of a label: `fig-init_loss`.
  var isLabel: Bool { isDigit || isLetter || self == Byte.hyphen || self == Byte.underscore }
}

extension Collection<UInt8> where Index == Int {
  /// The byte at an index, or `nil` outside.
  func byte(_ index: Int) -> UInt8? { index >= startIndex && index < endIndex ? self[index] : nil }

  /// The first index from `index` on whose byte is not `byte`.
  func end(ofRun byte: UInt8, from index: Int) -> Int {
    var index = index
    while index < endIndex, self[index] == byte { index += 1 }
    return index
  }

  func skippingBlanks(from index: Int) -> Int {
    var index = index
    while index < endIndex, self[index].isBlank { index += 1 }
    return index
  }

  /// Whether `text` stands at an index.
  func hasBytes(_ text: String, at index: Int) -> Bool {
    index >= startIndex && index <= endIndex && self[index..<endIndex].starts(with: text.utf8)
  }
}

extension Collection<UInt8> where Index == Int, SubSequence == ArraySlice<UInt8> {
  /// The range without blanks at both ends.
  func trimmed(_ range: Range<Int>) -> Range<Int> {
    var (low, high) = (range.lowerBound, range.upperBound)
    while low < high, self[low].isBlank { low += 1 }
    while high > low, self[high - 1].isBlank { high -= 1 }
    return low..<high
  }
}
