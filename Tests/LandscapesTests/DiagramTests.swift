import Landscapes
import Testing

@Suite struct DiagramTests {
  @Test func `A pair's lifetime is death minus birth, and all pairs lie above the diagonal`() throws {
    let pair = Diagram.Pair(dimension: 0, birth: 1, death: 3.5, birthCell: 0, deathCell: 1)
    #expect(pair.lifetime == 2.5)
    for grid in topology.grids.values {
      for construction in CubicalConstruction.allCases {
        #expect(try cubicalPersistence(of: grid.matrix, construction).pairs.allSatisfy { $0.death > $0.birth })
      }
    }
  }

  @Test func `Pairs can be read longest-lived first`() {
    let diagram = Diagram(intervals: [[0, 1], [0, 3], [1, .infinity], [-1, 2]])
    #expect(diagram.byLifetime.map(\.birth) == [1, -1, 0, 0])
    #expect(diagram.byLifetime.map(\.death) == [.infinity, 2, 3, 1])
  }

  @Test func `Entropy equals GUDHI's and is ln n for equal lifetimes`() {
    #expect(abs(Diagram(intervals: topology.distances.a).entropy(dimension: 0) - topology.entropy) < 1e-12)
    let equal = Diagram(intervals: [[0, 1], [2, 3], [5, 6], [0, .infinity]])
    #expect(abs(equal.entropy(dimension: 0) - 1.0986122886681098) < 1e-14)
    #expect(Diagram(intervals: [[0, 7]]).entropy(dimension: 0) == 0)
    #expect(Diagram().entropy(dimension: 1) == 0)
  }
}
