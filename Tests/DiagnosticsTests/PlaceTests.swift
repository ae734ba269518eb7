import Diagnostics
import Testing

@Suite struct PlaceTests {
  @Test func `Places sort by file, line, column`() {
    let places = [("b", 1, 1), ("a", 10, 1), ("a", 2, 9), ("a", 2, 10)].map { Place(file: $0, line: $1, column: $2) }
    #expect(places.sorted() == [places[2], places[3], places[1], places[0]])
  }

  @Test func `A place inside a text moves with it`() {
    let place = Place(file: "a.md", line: 2, column: 5)
    #expect(place.moved(lines: 10, columns: 4) == Place(file: "a.md", line: 12, column: 9))
  }
}
