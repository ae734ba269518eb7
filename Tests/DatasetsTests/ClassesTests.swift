import Testing

@testable import Datasets

@Suite struct ClassesTests {
  @Test func `Numbers sort as numbers, names by code point`() {
    #expect(classes(among: ["10", "9", "10", "-1"]) == ["-1", "9", "10"])
    #expect(classes(among: ["b", "10", "B", "ä", "9"]) == ["10", "9", "B", "b", "ä"])
    #expect(indices(of: ["b", "a", "b"], among: ["a", "b"]) == [1, 0, 1])
  }
}
