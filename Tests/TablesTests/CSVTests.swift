@testable import Tables
import Testing

@Suite struct CSVTests {
  private func column(_ name: String, _ values: ColumnValues) -> Column {
    let kind: ColumnSchema.Kind =
      switch values {
      case .numbers: .number
      case .integers: .integer
      case .texts: .text
      }
    return Column(ColumnSchema(name, kind), values)
  }

  /// Reading what was written gives the same values, bit for bit.
  private func expectRoundTrip(_ table: Table, _ location: SourceLocation = #_sourceLocation) throws {
    let again = try Table(table.name, csv: table.csv())
    #expect(again.columns.map(\.name) == table.columns.map(\.name), sourceLocation: location)
    for (a, b) in zip(table.columns, again.columns) {
      #expect(a.count == b.count, sourceLocation: location)
      for row in 0..<min(a.count, b.count) {
        switch (a.values, b.number(row)) {
        case (.texts, _): #expect(a.text(row).utf8.elementsEqual(b.text(row).utf8), sourceLocation: location)
        case (_, let number?):
          let same = number.bitPattern == a.number(row)!.bitPattern || number.isNaN && a.number(row)!.isNaN
          #expect(same, "\(a.text(row)) came back as \(b.text(row))", sourceLocation: location)
        default: Issue.record("a number came back as text", sourceLocation: location)
        }
      }
    }
  }

  @Test func `Numbers come back bit for bit`() throws {
    let values = [
      0, -0.0, 1, -1, 0.1, 1.0 / 3, .pi, .leastNonzeroMagnitude, .leastNormalMagnitude, .greatestFiniteMagnitude, -1e15,
      1e15, 1e16,
      123_456_789_012_345_680, 1e21, 2.5e-7, .infinity, -.infinity, .nan, 0.1 + 0.2, Double(Int.max),
    ]
    try expectRoundTrip(Table("t", [column("x", .numbers(values))]))
    // Random bits.
    var state: UInt64 = 1
    let random = (0..<2000).map { _ in
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Double(bitPattern: state)
    }
    try expectRoundTrip(Table("t", [column("x", .numbers(random.filter { !$0.isNaN }))]))
  }

  @Test func `Texts come back byte for byte`() throws {
    let texts = [
      "plain", "a,b", "say \"hi\"", "\"", "\"\"", "two\nlines", "cr\rlf\r\n", " spaces ", "", "\u{301}accent",
      ",\u{301}",
      "\"\u{301}", "\u{feff}mark", "é", "e\u{301}", "line\u{2028}separator", "🏔", "#", "'",
    ]
    try expectRoundTrip(Table("t", [column("a", .texts(texts)), column("b", .texts(texts.reversed()))]))
    try expectRoundTrip(Table("t", [column("alone", .texts(texts))]))
    try expectRoundTrip(
      Table("t", [column("a, \"b\"\n", .texts(texts)), column("n", .integers(texts.indices.map { $0 }))]))
  }

  @Test func `Integers come back as integers`() throws {
    let table = Table("t", [column("i", .integers([.min, -1, 0, 1, .max]))])
    try expectRoundTrip(table)
    #expect(try Table("t", csv: table.csv())["i"]?.values == .integers([.min, -1, 0, 1, .max]))
  }

  @Test func `The text is plain`() {
    let table = Table("t", [column("x", .numbers([1, 0.5])), column("y", .texts(["a", "b,c"]))])
    #expect(table.csv() == "x,y\n1,a\n0.5,\"b,c\"\n")
  }

  @Test func `A column's type is what all its cells are`() throws {
    let table = try Table("t", csv: "i,n,t,missing,hex\n1,1,1,,0x10\n-2,2.5,x,3,7\n")
    #expect(table["i"]?.values == .integers([1, -2]))
    #expect(table["n"]?.values == .numbers([1, 2.5]))
    #expect(table["t"]?.values == .texts(["1", "x"]))
    #expect(table["missing"]?.number(0)?.isNaN == true)
    #expect(table["hex"]?.values == .texts(["0x10", "7"]))
  }

  @Test func `Faulty files name the line`() {
    #expect(throws: CSVError(line: 1, message: "the file is empty")) { try Table("t", csv: "\n\n") }
    #expect(throws: CSVError(line: 1, message: "column ‘a’ is named twice")) { try Table("t", csv: "a,b,a\n") }
    #expect(throws: CSVError(line: 3, message: "1 cells, but the header has 2")) {
      try Table("t", csv: "a,b\n1,2\n3\n")
    }
    #expect(throws: CSVError(line: 5, message: "3 cells, but the header has 2")) {
      try Table("t", csv: "a,b\n\"1\n\",2\n\n1,2,3\n")
    }
    #expect(throws: CSVError(line: 2, message: "a quote is not closed")) { try Table("t", csv: "a,b\n\"1,2\n3,4\n") }
  }

  @Test func `Decimal numbers are decimal`() {
    #expect(decimalNumber("1e-3") == 0.001)
    #expect(decimalNumber("-inf") == -.infinity)
    #expect(decimalNumber("0x10") == nil)
    #expect(decimalNumber("") == nil)
    #expect(decimalNumber(" 1") == nil)
  }
}
