/// What is wrong with a JSON text, and at which byte, from 0.
public struct JSONError: Error, Hashable, Sendable {
  public var offset: Int
  public var message: String
}

extension JSON {
  /// Reads a text that is one value. Strict: a name may stand only once in an object, and nothing may nest deeper than
  /// a hundred levels.
  public init(parsing bytes: some Sequence<UInt8>) throws(JSONError) {
    var parser = JSONParser(bytes: Array(bytes))
    self = try parser.value(depth: 0)
    parser.skipSpace()
    guard parser.position == parser.bytes.count else { throw parser.error("text follows the value") }
  }
}

private struct JSONParser {
  let bytes: [UInt8]
  var position = 0

  init(bytes: [UInt8]) { self.bytes = bytes }

  func error(_ message: String) -> JSONError { JSONError(offset: position, message: message) }

  var next: UInt8? { position < bytes.count ? bytes[position] : nil }

  mutating func skipSpace() {
    while let byte = next, [0x20, 0x0a, 0x0d, 0x09].contains(byte) { position += 1 }
  }

  mutating func take(_ byte: Unicode.Scalar) -> Bool {
    guard next == UInt8(ascii: byte) else { return false }
    position += 1
    return true
  }

  mutating func value(depth: Int) throws(JSONError) -> JSON {
    guard depth < 100 else { throw error("nested deeper than a hundred levels") }
    skipSpace()
    switch next {
    case UInt8(ascii: "{"): return try object(depth)
    case UInt8(ascii: "["): return try array(depth)
    case UInt8(ascii: "\""): return .string(try string())
    case UInt8(ascii: "t"): return try word("true", .bool(true))
    case UInt8(ascii: "f"): return try word("false", .bool(false))
    case UInt8(ascii: "n"): return try word("null", .null)
    case nil: throw error("the text ends where a value is needed")
    default: return .number(try number())
    }
  }

  private mutating func word(_ text: String, _ value: JSON) throws(JSONError) -> JSON {
    guard bytes[position...].starts(with: text.utf8) else { throw error("this is no JSON value") }
    position += text.utf8.count
    return value
  }

  private mutating func object(_ depth: Int) throws(JSONError) -> JSON {
    position += 1
    var members: [JSON.Member] = []
    var names: Set<String> = []
    skipSpace()
    if take("}") { return .object([]) }
    while true {
      skipSpace()
      guard next == UInt8(ascii: "\"") else { throw error("a name in quotes is needed") }
      let start = position
      let name = try string()
      guard names.insert(name).inserted else {
        throw JSONError(offset: start, message: "‘\(name)’ is named twice")
      }
      skipSpace()
      guard take(":") else { throw error("‘:’ is needed after a name") }
      members.append(.init(name, try value(depth: depth + 1)))
      skipSpace()
      if take("}") { return .object(members) }
      guard take(",") else { throw error("‘,’ or ‘}’ is needed") }
    }
  }

  private mutating func array(_ depth: Int) throws(JSONError) -> JSON {
    position += 1
    var values: [JSON] = []
    skipSpace()
    if take("]") { return .array([]) }
    while true {
      values.append(try value(depth: depth + 1))
      skipSpace()
      if take("]") { return .array(values) }
      guard take(",") else { throw error("‘,’ or ‘]’ is needed") }
    }
  }

  private mutating func number() throws(JSONError) -> String {
    let start = position
    func fail() -> JSONError { JSONError(offset: start, message: "this is no JSON value") }
    func digits() -> Int {
      let first = position
      while let byte = next, (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) { position += 1 }
      return position - first
    }
    _ = take("-")
    if take("0") {
    } else if digits() == 0 {
      throw fail()
    }
    if take("."), digits() == 0 { throw fail() }
    if take("e") || take("E") {
      _ = take("+") || take("-")
      if digits() == 0 { throw fail() }
    }
    return String(decoding: bytes[start..<position], as: UTF8.self)
  }

  private mutating func string() throws(JSONError) -> String {
    let start = position
    position += 1
    var text: [UInt8] = []
    while let byte = next {
      position += 1
      switch byte {
      case UInt8(ascii: "\""):
        guard let whole = String(validating: text, as: UTF8.self) else {
          throw JSONError(offset: start, message: "a text is not UTF-8")
        }
        return whole
      case UInt8(ascii: "\\"): text += try escaped().utf8
      case 0..<0x20: throw error("a control character stands in a text")
      default: text.append(byte)
      }
    }
    throw JSONError(offset: start, message: "a quote is not closed")
  }

  private mutating func escaped() throws(JSONError) -> String {
    guard let byte = next else { throw error("the text ends in an escape") }
    position += 1
    switch byte {
    case UInt8(ascii: "\""): return "\""
    case UInt8(ascii: "\\"): return "\\"
    case UInt8(ascii: "/"): return "/"
    case UInt8(ascii: "b"): return "\u{8}"
    case UInt8(ascii: "f"): return "\u{c}"
    case UInt8(ascii: "n"): return "\n"
    case UInt8(ascii: "r"): return "\r"
    case UInt8(ascii: "t"): return "\t"
    case UInt8(ascii: "u"):
      var code = UInt32(try unit())
      if (0xd800..<0xdc00).contains(code) {
        guard take("\\"), take("u") else { throw error("half of a pair of escapes") }
        let low = UInt32(try unit())
        guard (0xdc00..<0xe000).contains(low) else { throw error("half of a pair of escapes") }
        code = 0x10000 + (code - 0xd800) << 10 + (low - 0xdc00)
      }
      guard let scalar = Unicode.Scalar(code) else { throw error("half of a pair of escapes") }
      return String(scalar)
    default: throw error("an escape that JSON does not know")
    }
  }

  private mutating func unit() throws(JSONError) -> UInt16 {
    let digits = bytes[position...].prefix(4)
    guard digits.count == 4, digits.allSatisfy({ Character(Unicode.Scalar($0)).isHexDigit }),
      let value = UInt16(String(decoding: digits, as: UTF8.self), radix: 16)
    else { throw error("‘\\u’ needs four hexadecimal digits") }
    position += 4
    return value
  }
}
