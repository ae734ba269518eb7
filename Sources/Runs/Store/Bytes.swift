/// Writes values one after the other as bytes.
struct ByteWriter {
  var bytes: [UInt8] = []

  mutating func integer(_ value: Int) {
    let bits = UInt64(bitPattern: Int64(value))
    for shift in stride(from: UInt64(0), to: 64, by: 8) { bytes.append(UInt8(truncatingIfNeeded: bits >> shift)) }
  }
  mutating func raw(_ value: [UInt8]) {
    integer(value.count)
    bytes += value
  }
  mutating func text(_ value: String) { raw(Array(value.utf8)) }
  mutating func optional(_ value: String?) {
    integer(value == nil ? 0 : 1)
    if let value { text(value) }
  }
  /// A list: its count, then each element.
  mutating func each<Element>(_ elements: some Collection<Element>, _ body: (inout ByteWriter, Element) -> Void) {
    integer(elements.count)
    for element in elements { body(&self, element) }
  }
}

/// Reads what `ByteWriter` wrote.
struct ByteReader {
  /// The bytes do not say what they should.
  struct Malformed: Error {}

  var rest: ArraySlice<UInt8>

  init(_ bytes: [UInt8]) { rest = bytes[...] }

  mutating func integer() throws(Malformed) -> Int {
    let eight = try take(8)
    var bits: UInt64 = 0
    for byte in eight.reversed() { bits = bits << 8 | UInt64(byte) }
    return Int(Int64(bitPattern: bits))
  }
  mutating func raw() throws(Malformed) -> ArraySlice<UInt8> { try take(integer()) }
  mutating func text() throws(Malformed) -> String {
    guard let text = String(validating: try raw(), as: UTF8.self) else { throw Malformed() }
    return text
  }
  mutating func optional() throws(Malformed) -> String? { try integer() == 0 ? nil : text() }
  mutating func each<Element>(_ body: (inout ByteReader) throws(Malformed) -> Element) throws(Malformed) -> [Element] {
    let count = try integer()
    guard count >= 0, count <= rest.count else { throw Malformed() }
    var elements: [Element] = []
    elements.reserveCapacity(count)
    for _ in 0..<count { elements.append(try body(&self)) }
    return elements
  }

  private mutating func take(_ count: Int) throws(Malformed) -> ArraySlice<UInt8> {
    guard count >= 0, count <= rest.count else { throw Malformed() }
    defer { rest = rest.dropFirst(count) }
    return rest.prefix(count)
  }
}
