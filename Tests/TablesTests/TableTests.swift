import Tables
import Testing

@Suite struct TableTests {
  private let table = Table(
    "runs",
    [
      Column(
        ColumnSchema("init", .text, entity: "init"), .texts(["lecun", "xavier", "lecun"]), catalogNumbers: ["lecun": 0]),
      Column(ColumnSchema("lr"), .numbers([0.1, 0.10, 1])),
      Column(ColumnSchema("seed", .integer), .integers([1, 1, 2])),
      Column(ColumnSchema("seconds", unit: "s", origin: .measured), .numbers([3, 4, 5])),
    ])

  @Test func `Rows are chosen by what an author writes`() {
    #expect(table.filtered([("init", ["lecun"])]).rowCount == 2)
    #expect(table.filtered([("lr", ["1e-1"])]).rowCount == 2)
    #expect(
      table.filtered([("lr", ["0.1"]), ("seed", ["1.0"]), ("init", ["xavier"])])["seconds"]?.values == .numbers([4]))
    #expect(table.filtered([("nothing", ["1"])]).rowCount == 0)
    #expect(table.filtered([]) == table)
  }

  @Test func `Columns are chosen by name, in the order asked for`() {
    #expect(table.selecting(["seed", "none", "init"]).columns.map(\.name) == ["seed", "init"])
    #expect(table.withoutMeasurements().columns.map(\.name) == ["init", "lr", "seed"])
    #expect(table["lr"]?.number(2) == 1)
    #expect(table["init"]?.number(0) == nil)
    #expect(table["none"] == nil)
  }

  @Test func `Rows keep their column's description`() {
    let rows = table.rows([2, 0])
    #expect(rows["seed"]?.values == .integers([2, 1]))
    #expect(rows["init"]?.catalogNumbers == ["lecun": 0])
    #expect(rows.schema == table.schema)
    #expect(table.schema["seconds"]?.unit == "s")
  }

  @Test func `A builder collects rows; a number left out is not a number`() {
    var builder = TableBuilder(table.schema)
    builder.append(["init": .text("a"), "lr": .number(0.5), "seed": .integer(3)])
    builder.append(["init": .text("b"), "lr": .number(1), "seed": .integer(4), "seconds": .number(2)])
    let made = builder.table(catalogNumbers: ["init": ["a": 5]])
    #expect(made.rowCount == 2)
    #expect(made["init"]?.values == .texts(["a", "b"]))
    #expect(made["init"]?.catalogNumbers == ["a": 5])
    #expect(made["seconds"]?.number(0)?.isNaN == true)
    #expect(made["seconds"]?.number(1) == 2)
    #expect(made.schema == table.schema)
  }

  @Test func `Building many rows takes time in proportion`() {
    var builder = TableBuilder(TableSchema("steps", [ColumnSchema("step", .integer), ColumnSchema("loss")]))
    for step in 0..<200_000 { builder.append(["step": .integer(step), "loss": .number(1)]) }
    #expect(builder.table().rowCount == 200_000)
  }

  @Test func `Full precision reads back`() {
    #expect(fullPrecision(0.1) == "0.1")
    #expect(fullPrecision(1e16) == "1e+16")
    #expect(fullPrecision(999_999_999_999_999) == "999999999999999")
    #expect(fullPrecision(-0.0) == "-0")
    #expect(fullPrecision(-.infinity) == "-inf")
    #expect(fullPrecision(.nan) == "nan")
  }
}
