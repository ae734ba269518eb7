import Landscapes
import Testing

/// A grid of n × n squares, each cut in two, its sides glued: left to right as they are, bottom to top as they are or
/// reversed.
private func gluedSquare(_ n: Int, reversed: Bool) throws -> SimplicialComplex {
  func vertex(_ i: Int, _ j: Int) -> Int {
    let j = reversed && i == n ? (n - j) % n : j % n
    return (i % n) * n + j
  }
  return try SimplicialComplex(
    (0..<n).flatMap { i in
      (0..<n).flatMap { j in
        [
          [vertex(i, j), vertex(i + 1, j), vertex(i + 1, j + 1)],
          [vertex(i, j), vertex(i, j + 1), vertex(i + 1, j + 1)],
        ]
      }
    })
}

private func alternatingSum(_ numbers: [Int]) -> Int {
  numbers.indices.reduce(0) { $1 % 2 == 0 ? $0 + numbers[$1] : $0 - numbers[$1] }
}

@Suite struct SimplicialComplexTests {
  /// Császár's torus: seven vertices, every two joined.
  let torus = try! SimplicialComplex(
    (0..<7).map { [$0, ($0 + 1) % 7, ($0 + 3) % 7] } + (0..<7).map { [$0, ($0 + 2) % 7, ($0 + 3) % 7] })
  let kleinBottle = try! gluedSquare(4, reversed: true)
  let projectivePlane = try! SimplicialComplex([
    [0, 1, 2], [0, 2, 3], [0, 3, 4], [0, 4, 5], [0, 1, 5], [1, 2, 4], [2, 4, 5], [2, 3, 5], [1, 3, 5], [1, 3, 4],
  ])

  @Test func `The boundary of a boundary is nothing`() throws {
    let ball = try SimplicialComplex([[0, 1, 2, 3, 4], [2, 3, 4, 5]])
    for complex in [torus, kleinBottle, projectivePlane, ball] {
      for k in 2...complex.dimension {
        let (outer, inner) = (complex.boundary(k - 1), complex.boundary(k))
        #expect(inner.contains { $0.contains(1) })
        for row in outer {
          for column in inner[0].indices {
            var sum = 0
            for (i, entry) in row.enumerated() { sum += entry * inner[i][column] }
            #expect(sum == 0)
          }
        }
      }
    }
  }

  @Test func `A torus, a Klein bottle and a projective plane have their homology`() throws {
    typealias Group = SimplicialComplex.Homology
    #expect(try torus.homology() == [Group(betti: 1), Group(betti: 2), Group(betti: 1)])
    #expect(torus.bettiOverZ2 == [1, 2, 1])
    #expect(try gluedSquare(4, reversed: false).bettiOverZ2 == [1, 2, 1])
    #expect(try kleinBottle.homology() == [Group(betti: 1), Group(betti: 1, torsion: [2]), Group(betti: 0)])
    #expect(kleinBottle.bettiOverZ2 == [1, 2, 1])
    #expect(try projectivePlane.homology() == [Group(betti: 1), Group(betti: 0, torsion: [2]), Group(betti: 0)])
    #expect(projectivePlane.bettiOverZ2 == [1, 1, 1])
  }

  @Test func `The Euler characteristic is the alternating sum of Betti numbers, over any field`() throws {
    let two = try SimplicialComplex([[0, 1], [1, 2], [0, 2], [3, 4, 5, 6]])
    for (complex, expected) in [(torus, 0), (kleinBottle, 0), (projectivePlane, 1), (two, 1)] {
      #expect(complex.eulerCharacteristic == expected)
      #expect(alternatingSum(complex.bettiOverZ2) == expected)
      #expect(alternatingSum(try complex.homology().map { $0.betti }) == expected)
    }
    #expect(two.bettiOverZ2 == [2, 1, 0, 0])
  }

  @Test func `A complex holds the faces of its simplices and refuses what is none`() throws {
    #expect(
      try SimplicialComplex([[2, 0, 1]]).simplices == [[[0], [1], [2]], [[0, 1], [0, 2], [1, 2]], [[0, 1, 2]]])
    #expect(throws: LandscapeError.self) { try SimplicialComplex([[0, 0]]) }
    #expect(throws: LandscapeError.self) { try SimplicialComplex([[0], []]) }
    #expect(throws: LandscapeError.self) { try SimplicialComplex([]) }
  }
}
