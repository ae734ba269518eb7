import Landscapes
import Tensors
import Testing

private func cloud(_ name: String) throws -> Matrix {
  let points = try #require(topology.clouds[name]).points
  return Matrix(rows: points.count, columns: points[0].count, points.flatMap(\.self))
}

private func circle(_ n: Int) -> Matrix {
  var stream = Stream(book: 0, run: 3, purpose: .data("circle"))
  var coordinates: [Double] = []
  while coordinates.count < 2 * n {
    let (x, y) = stream.normalPair()
    coordinates += [x, y].map { $0 / (x * x + y * y).squareRoot() }
  }
  return Matrix(rows: n, columns: 2, coordinates)
}

@Suite struct VietorisRipsTests {
  @Test(arguments: ["circle", "ball"])
  func `Diagrams of point clouds equal GUDHI's`(name: String) throws {
    let diagram = try vietorisRips(points: cloud(name))
    for dimension in 0...1 {
      let ours = diagram.intervals(dimension)
      let reference = try #require(topology.clouds[name]).intervals[dimension]
      #expect(ours.count == reference.count)
      for (a, b) in zip(ours, reference) {
        #expect(abs(a[0] - b[0]) < 1e-12)
        #expect(a[1] == b[1] || abs(a[1] - b[1]) < 1e-12)
      }
    }
  }

  @Test func `Points on a circle have one component and one long loop`() throws {
    let diagram = try vietorisRips(points: circle(60))
    #expect(diagram.pairs(dimension: 0).count == 60)
    #expect(diagram.pairs(dimension: 0).filter(\.isEssential).count == 1)
    let loops = diagram.pairs(dimension: 1).sorted { $0.lifetime > $1.lifetime }
    // The loop of a dense circle dies at √3, the side of the inscribed triangle.
    #expect(abs(loops[0].death - 3.0.squareRoot()) < 0.05)
    #expect(loops.dropFirst().allSatisfy { $0.lifetime < 0.2 })
  }

  @Test func `The standard reduction of all simplices agrees`() throws {
    let points = try cloud("ball")
    let n = 11
    let d = pairwiseDistances(points)
    var cells = (0..<n).map { _ in FilteredComplex.Cell(dimension: 0, value: 0, boundary: []) }
    var edge: [[Int]: Int] = [:]
    for i in 0..<n {
      for j in 0..<i {
        edge[[j, i]] = cells.count
        cells.append(.init(dimension: 1, value: d[i, j], boundary: [i, j]))
      }
    }
    for i in 0..<n {
      for j in 0..<i {
        for k in 0..<j {
          let sides = [edge[[k, j]], edge[[k, i]], edge[[j, i]]].compactMap(\.self)
          cells.append(.init(dimension: 2, value: max(d[i, j], d[i, k], d[j, k]), boundary: sides))
        }
      }
    }
    let standard = try FilteredComplex(cells).diagram()
    let fast = try vietorisRips(points: Matrix(rows: n, columns: 3, Array(points.elements.prefix(3 * n))))
    #expect(fast.intervals(0) == standard.intervals(0))
    #expect(fast.intervals(1) == standard.intervals(1))
  }

  @Test func `A limit leaves what has not met apart and open loops essential`() throws {
    let square = Matrix(rows: 4, columns: 2, [0, 0, 1, 0, 1, 1, 0, 1])
    let whole = try vietorisRips(points: square)
    #expect(whole.intervals(1) == [[1, 2.0.squareRoot()]])
    #expect(try vietorisRips(points: square, limit: 1.2).intervals(1) == [[1, .infinity]])
    #expect(try vietorisRips(points: square, limit: 0.5).pairs(dimension: 0).count { $0.isEssential } == 4)
  }

  @Test func `Distances that are none are refused`() {
    #expect(throws: LandscapeError.self) { try vietorisRips(distances: Matrix(rows: 2, columns: 2, [0, 1, 2, 0])) }
    #expect(throws: LandscapeError.self) {
      try vietorisRips(distances: Matrix(rows: 2, columns: 2, [0, .nan, .nan, 0]))
    }
    #expect(throws: LandscapeError.self) { try vietorisRips(distances: Matrix(rows: 1, columns: 2, [0, 1])) }
  }
}
