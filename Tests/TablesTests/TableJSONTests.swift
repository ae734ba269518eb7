import Testing

@testable import Tables

@Suite struct TableJSONTests {
  private let table = Table(
    "epochs",
    [
      Column(
        ColumnSchema("optimizer", .text, entity: "optimizer", doc: "The \"rule\"."), .texts(["sgd", "a,\nb", "inf"]),
        catalogNumbers: ["sgd": 0, "a,\nb": 3, "inf": 1]),
      Column(ColumnSchema("epoch", .integer), .integers([1, -7, .max])),
      Column(ColumnSchema("loss", unit: "nats"), .numbers([0.1, -.infinity, .leastNonzeroMagnitude])),
      Column(ColumnSchema("seconds", unit: "s", origin: .measured), .numbers([-0.0, .infinity, 1.0 / 3])),
    ])

  @Test func `A table comes back bit for bit, with all that is known of its columns`() throws {
    let again = try Table(json: table.json())
    #expect(again == table)
    guard case .numbers(let values)? = again["seconds"]?.values else { return }
    #expect(values[0].sign == .minus)
    #expect(try Table(json: Table("empty", []).json()) == Table("empty", []))
    #expect(try Table(json: table.rows([]).json()) == table.rows([]))
  }

  @Test func `A missing number is null`() throws {
    let missing = Table("t", [Column(ColumnSchema("x"), .numbers([.nan]))])
    #expect(missing.json().contains("[null]"))
    guard case .numbers(let values)? = try Table(json: missing.json())["x"]?.values else { return }
    #expect(values.count == 1 && values[0].isNaN)
  }

  @Test(
    arguments: [
      "{}", "[]",
      "{\"table\": \"t\", \"columns\": [{\"name\": \"x\"}], \"rows\": []}",
      "{\"table\": \"t\", \"columns\": [{\"name\": \"x\", \"kind\": \"integer\", \"origin\": \"computed\"}], \"rows\": [[1.5]]}",
      "{\"table\": \"t\", \"columns\": [{\"name\": \"x\", \"kind\": \"number\", \"origin\": \"computed\"}], \"rows\": [[\"a\"]]}",
    ])
  func `JSON that is no table is refused`(text: String) {
    #expect(throws: JSONError.self) { try Table(json: text) }
  }

  /// The nine columns that the sources write for each epoch (`save_results_to_csv`), by both formats.
  @Test func `An epoch's nine columns survive CSV and JSON`() throws {
    let names = [
      "epoch", "train_loss", "test_loss", "train_accuracy", "test_accuracy", "train_gradient_norm",
      "test_gradient_norm", "memory_allocated", "memory_reserved",
    ]
    let columns = names.enumerated().map { index, name in
      index == 0
        ? Column(ColumnSchema(name, .integer), .integers([1, 2, 10]))
        : Column(ColumnSchema(name), .numbers((1...3).map { 1 / Double(index * 7 + $0) }))
    }
    let table = Table("epochs", columns)
    let csv = try Table("epochs", csv: table.csv())
    #expect(csv.columns.map(\.values) == table.columns.map(\.values))
    #expect(csv.columns.map(\.name) == names)
    #expect(try Table(json: table.json()) == table)
  }
}
