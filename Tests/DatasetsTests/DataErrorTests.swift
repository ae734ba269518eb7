import Diagnostics
import Testing

@testable import Datasets

@Suite struct DataErrorTests {
  let place = Place(file: "chapter.md", line: 3, column: 9)

  @Test func `A diagnostic stands in the chapter and names the place in the data`() {
    #expect(
      DataError("no value", file: "iris.csv", line: 12, hints: ["look"]).diagnostic(at: place)
        == Diagnostic(at: place, "iris.csv:12: no value", hints: ["look"]))
    #expect(DataError("damaged", file: "x.npy").diagnostic(at: place).message == "x.npy: damaged")
    #expect(DataError("missing").diagnostic(at: nil) == Diagnostic(at: nil, "missing"))
  }
}
