import Landscapes
import Testing

@Suite struct FilteredComplexTests {
  typealias Cell = FilteredComplex.Cell

  @Test func `A hollow tetrahedron that is filled later holds a void until then`() throws {
    var cells = (0..<4).map { Cell(dimension: 0, value: Double($0) / 10, boundary: []) }
    let ends = [[0, 1], [0, 2], [0, 3], [1, 2], [1, 3], [2, 3]]
    cells += ends.map { Cell(dimension: 1, value: 1, boundary: $0) }
    // Edges by their two ends are cells 4–9; each face leaves out one vertex.
    let faces = [[7, 8, 9], [5, 6, 9], [4, 6, 8], [4, 5, 7]]
    cells += faces.enumerated().map { Cell(dimension: 2, value: 2 + Double($0), boundary: $1) }
    cells.append(Cell(dimension: 3, value: 9, boundary: [10, 11, 12, 13]))
    let diagram = try FilteredComplex(cells).diagram()
    #expect(diagram.intervals(0) == [[0, .infinity], [0.1, 1], [0.2, 1], [0.3, 1]])
    #expect(diagram.intervals(1) == [[1, 2], [1, 3], [1, 4]])
    #expect(diagram.intervals(2) == [[5, 9]])
    #expect(diagram.betti(2, at: 7) == 1)
    #expect(diagram.betti(2, at: 9) == 0)
  }

  @Test func `Cells before their faces and faces that are none are refused`() {
    let vertex = Cell(dimension: 0, value: 1, boundary: [])
    #expect(throws: LandscapeError.self) {
      try FilteredComplex([vertex, vertex, Cell(dimension: 1, value: 0.5, boundary: [0, 1])])
    }
    #expect(throws: LandscapeError.self) {
      try FilteredComplex([vertex, Cell(dimension: 1, value: 2, boundary: [0, 7])])
    }
    #expect(throws: LandscapeError.self) { try FilteredComplex([vertex, Cell(dimension: 2, value: 2, boundary: [0])]) }
  }
}
