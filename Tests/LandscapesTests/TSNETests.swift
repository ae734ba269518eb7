import Tensors
import Testing

@testable import Landscapes

@Suite struct TSNETests {
  let points = Matrix(projection.points)

  private func squaredDistances() -> Matrix {
    var distances = pairwiseDistances(points)
    for i in distances.elements.indices { distances.elements[i] *= distances.elements[i] }
    return distances
  }

  @Test func `Neighbour probabilities equal those of SciPy's root finder`() {
    let p = affinities(squaredDistances: squaredDistances(), perplexity: 3)
    #expect(difference(p.elements, projection.affinities.flatMap(\.self)) < 1e-11)
    #expect(abs(p.elements.reduce(0, +) - 1) < 1e-13)
  }

  @Test func `The gradient is that of the divergence`() {
    let p = affinities(squaredDistances: squaredDistances(), perplexity: 4)
    var stream = Stream(book: 0, run: 0, purpose: .data("map"))
    var descent = Descent(p: p, start: stream.normals(30), dimensions: 2)
    descent.computeGradient(exaggeration: 1)
    let gradient = descent.gradient
    for i in 0..<30 {
      let h = 1e-5
      let middle = descent.y[i]
      descent.y[i] = middle + h
      let above = descent.divergence()
      descent.y[i] = middle - h
      let below = descent.divergence()
      descent.y[i] = middle
      #expect(abs((above - below) / (2 * h) - gradient[i]) < 1e-9)
    }
  }

  @Test func `The map is as good as scikit-learn's, and the divergence falls`() throws {
    let map = try TSNE(points, options: .init(perplexity: 3))
    #expect(map.divergence < 1.1 * projection.divergence)
    let trust = try trustworthiness(of: map.coordinates, for: points, neighbours: 4)
    #expect(trust >= projection.trustworthiness - 0.01)
    let start = try #require(map.history.first)
    #expect(map.divergence < 0.2 * start.divergence)
    let late = map.history.filter { $0.step >= 300 }.map(\.divergence)
    #expect(late.count > 5)
    #expect(zip(late, late.dropFirst()).allSatisfy { $0.1 <= $0.0 + 1e-9 })
  }

  @Test func `Runs that start apart stay apart, and the same start gives the same map`() throws {
    let map = try TSNE(points, options: .init(perplexity: 3)).coordinates
    let distances = pairwiseDistances(map)
    // The nearest neighbour of a point of either run is of the same run.
    for i in 0..<15 {
      let nearest = (0..<15).filter { $0 != i }.min { distances[i, $0] < distances[i, $1] }
      #expect((i < 8) == ((nearest ?? 99) < 8))
    }
    #expect(try TSNE(points, options: .init(perplexity: 3)).coordinates == map)
    func random(_ run: UInt64) throws -> TSNE {
      try TSNE(points, options: .init(perplexity: 3), start: .random(Stream(book: 1, run: run, purpose: .probes(0))))
    }
    #expect(try random(1) == random(1))
    #expect(try random(1) != random(2))
    #expect(try random(1).divergence < 1)
  }

  @Test func `A perplexity of a third of the points or more is refused with what would be right`() throws {
    let error = #expect(throws: LandscapeError.self) { try TSNE(points, options: .init(perplexity: 5)) }
    #expect(error?.message == "perplexity 5.0 for 15 points")
    #expect(error?.hints == ["from 1 to below a third of the points, 5.0"])
    #expect(throws: LandscapeError.self) { try TSNE(points, options: .init(perplexity: 0.5)) }
    #expect(throws: LandscapeError.self) { try TSNE(points, options: .init(perplexity: .nan)) }
    #expect(throws: LandscapeError.self) { try TSNE(Matrix([[1], [1], [1], [1]]), options: .init(perplexity: 1)) }
    var broken = points
    broken[3, 3] = .infinity
    #expect(throws: LandscapeError.self) { try TSNE(broken, options: .init(perplexity: 3)) }
  }

  @Test func `Trustworthiness equals scikit-learn's, and is 1 for the points themselves`() throws {
    let map = Matrix(projection.embedding)
    #expect(abs(try trustworthiness(of: map, for: points, neighbours: 4) - projection.trustworthiness) < 1e-12)
    #expect(try trustworthiness(of: points, for: points, neighbours: 4) == 1)
    let line = Matrix([[0], [1], [2], [3], [4], [5]])
    let shuffled = Matrix([[3], [0], [5], [1], [4], [2]])
    #expect(try trustworthiness(of: shuffled, for: line, neighbours: 1) < 0.8)
    #expect(throws: LandscapeError.self) { try trustworthiness(of: line, for: line, neighbours: 3) }
  }
}
