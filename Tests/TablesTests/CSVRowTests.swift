@testable import Tables
import Testing

@Suite struct CSVRowTests {
  private func rows(_ text: String) throws -> [[String]] { try CSVRow.parse(text).map(\.cells) }

  @Test(arguments: ["a,b\n1,2\n", "a,b\r\n1,2", "a,b\r1,2\r", "\u{feff}a,b\n\n1,2\n\n", "\"a\",\"b\"\n1,\"2\"\n"])
  func `Line ends, blank lines, marks and quotes make no difference`(text: String) throws {
    #expect(try rows(text) == [["a", "b"], ["1", "2"]])
  }

  @Test func `Empty cells count`() throws {
    #expect(try rows(",\n\"\"\n,,x\n") == [["", ""], [""], ["", "", "x"]])
    #expect(try rows("") == [])
  }

  @Test func `Quoted cells hold anything`() throws {
    #expect(try rows("\"a \"\"b\"\"\",\"c,d\"\n\"e\r\nf\",\"\"\"\"") == [["a \"b\"", "c,d"], ["e\r\nf", "\""]])
    #expect(try rows("a\"b,2") == [["a\"b", "2"]])
  }

  @Test func `Rows know the line that they start on`() throws {
    #expect(try CSVRow.parse("a\n\n\"1\n2\r\n3\"\nb\r\nc").map(\.line) == [1, 3, 6, 7])
  }

  @Test func `Faulty quotes are said`() {
    #expect(throws: CSVError(line: 2, message: "a quote is not closed")) { try rows("a\nb,\"c\nd\n") }
    #expect(throws: CSVError(line: 2, message: "text follows a closing quote; a quote inside quotes is written twice"))
    {
      try rows("a\n\"b\"c\n")
    }
  }
}
