import Landscapes
import Tensors
import Testing

@Suite struct MapperTests {
  private func ring(_ n: Int) -> Matrix {
    var stream = Stream(book: 0, run: 5, purpose: .data("ring"))
    var coordinates: [Double] = []
    while coordinates.count < 2 * n {
      let (x, y) = stream.normalPair()
      coordinates += [x, y].map { $0 / (x * x + y * y).squareRoot() }
    }
    return Matrix(rows: n, columns: 2, coordinates)
  }

  @Test func `A circle seen from the side has one loop`() throws {
    let points = ring(300)
    let lens = (0..<points.rows).map { points[$0, 0] }
    let graph = try Mapper(
      distances: pairwiseDistances(points), lens: lens, intervals: 6, overlap: 0.3, threshold: 0.25)
    #expect(graph.components == 1)
    #expect(graph.loops == 1)
    // Both ends are one cluster, each interval between is two arcs.
    #expect(graph.nodes.map(\.interval) == [0, 1, 1, 2, 2, 3, 3, 4, 4, 5])
    #expect(Set(graph.nodes.flatMap(\.points)) == Set(0..<300))
  }

  @Test func `A segment has no loop, two distant ones two pieces`() throws {
    let one = Matrix(rows: 50, columns: 1, (0..<50).map { Double($0) / 49 })
    let lens = one.elements
    let chain = try Mapper(distances: pairwiseDistances(one), lens: lens, intervals: 5, overlap: 0.25, threshold: 0.05)
    #expect((chain.nodes.count, chain.edges.count, chain.components, chain.loops) == (5, 4, 1, 0))
    let two = Matrix(rows: 100, columns: 2, (0..<100).flatMap { [Double($0 % 50) / 49, $0 < 50 ? 0 : 9] })
    let pieces = try Mapper(
      distances: pairwiseDistances(two), lens: lens + lens, intervals: 5, overlap: 0.25, threshold: 0.05)
    #expect((pieces.components, pieces.loops) == (2, 0))
  }

  @Test func `A lens that is the same everywhere gives the clusters, each once`() throws {
    let points = Matrix(rows: 4, columns: 1, [0, 0.1, 5, 5.1])
    let graph = try Mapper(
      distances: pairwiseDistances(points), lens: [3, 3, 3, 3], intervals: 8, overlap: 0.3, threshold: 0.2)
    #expect(graph.nodes.map(\.points) == [[0, 1], [2, 3]] && graph.nodes.allSatisfy { $0.interval == 0 })
    #expect((graph.edges.count, graph.components, graph.loops) == (0, 2, 0))
  }

  @Test func `Single linkage joins what a chain of short steps joins`() {
    let points = Matrix(rows: 5, columns: 1, [0, 10, 1, 2, 10.5])
    let distances = pairwiseDistances(points)
    #expect(singleLinkage(distances: distances, threshold: 1) == [[0, 2, 3], [1, 4]])
    #expect(singleLinkage(distances: distances, threshold: 0.9) == [[0], [1, 4], [2], [3]])
    #expect(singleLinkage(distances: distances, threshold: 1, among: [0, 3, 4]) == [[0], [3], [4]])
  }

  @Test func `Options out of range are refused`() {
    let d = pairwiseDistances(Matrix(rows: 2, columns: 1, [0, 1]))
    #expect(throws: LandscapeError.self) {
      try Mapper(distances: d, lens: [0], intervals: 2, overlap: 0.2, threshold: 1)
    }
    #expect(throws: LandscapeError.self) {
      try Mapper(distances: d, lens: [0, 1], intervals: 0, overlap: 0.2, threshold: 1)
    }
    #expect(throws: LandscapeError.self) {
      try Mapper(distances: d, lens: [0, 1], intervals: 2, overlap: 1, threshold: 1)
    }
    #expect(throws: LandscapeError.self) {
      try Mapper(distances: d, lens: [0, .nan], intervals: 2, overlap: 0, threshold: 1)
    }
  }
}
