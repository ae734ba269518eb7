import Testing

@testable import Tables

@Suite struct JSONTests {
  private func parsed(_ text: String) throws -> JSON { try JSON(parsing: text.utf8) }

  private func offset(_ text: String) -> Int? {
    do throws(JSONError) {
      _ = try JSON(parsing: text.utf8)
      return nil
    } catch {
      return error.offset
    }
  }

  @Test func `Values are read as they are written`() throws {
    #expect(
      try parsed(" {\"a\": [1, -2.5e+3, true, false, null], \"b\":{}} ")
        == .object([
          .init("a", .array([.number("1"), .number("-2.5e+3"), .bool(true), .bool(false), .null])),
          .init("b", .object([])),
        ]))
    #expect(try parsed("[]") == .array([]))
    #expect(try parsed(#""é\u00e9\ud83c\udfd4\n\"\\\/""#) == .string("éé🏔\n\"\\/"))
    #expect(try parsed("{\"a\": 9007199254740993}")["a"]?.integer == 9_007_199_254_740_993)
  }

  @Test func `What is written is read back`() throws {
    let value = JSON.object([
      .init("text \"quoted\"\n\u{1}\u{2028}é\\", .array([.string("\u{7f}\t"), .number("1e300"), .null, .bool(true)]))
    ])
    #expect(try parsed(value.text) == value)
  }

  @Test(
    arguments: [
      "", "{", "[1", "[1,]", "{\"a\"}", "{\"a\":}", "{a: 1}", "{\"a\": 1,}", "01", "1.", ".5", "-", "1e", "+1", "nan",
      "tru", "\"open", "\"\\x\"", "\"\\u12\"", "\"\\ud800\"", "\"\\udc00\"", "\"\\ud800\\u0041\"", "\"a\nb\"", "1 2",
      "'a'",
      "[1] x", "0x10",
    ])
  func `Anything else is refused`(text: String) { #expect(throws: JSONError.self) { try parsed(text) } }

  @Test func `A name that stands twice is refused at its second place`() {
    #expect(offset("{\"a\": 1, \"a\": 2}") == 9)
    #expect(offset("{\"a\": {\"a\": 2}}") == nil)
  }

  @Test func `Deep nesting is refused before it overflows the stack`() {
    #expect(throws: JSONError.self) { try JSON(parsing: [UInt8](repeating: UInt8(ascii: "["), count: 1_000_000)) }
    let fine = String(repeating: "[", count: 99) + String(repeating: "]", count: 99)
    #expect(offset(fine) == nil)
  }

  @Test func `Bytes that are no UTF-8 are refused`() {
    #expect(throws: JSONError.self) { try JSON(parsing: [0x22, 0xff, 0x22]) }
  }
}
