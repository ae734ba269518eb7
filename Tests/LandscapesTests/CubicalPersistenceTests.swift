import Landscapes
import Tensors
import Testing

@Suite struct CubicalPersistenceTests {
  @Test(arguments: ["slice", "random", "ties", "row", "infinite"])
  func `Diagrams of grids equal GUDHI's in both constructions`(name: String) throws {
    let grid = try #require(topology.grids[name])
    for dimension in 0...1 {
      let cells = try cubicalPersistence(of: grid.matrix, .cells)
      let vertices = try cubicalPersistence(of: grid.matrix, .vertices)
      #expect(cells.intervals(dimension) == grid.cells[dimension])
      #expect(vertices.intervals(dimension) == grid.vertices[dimension])
    }
  }

  @Test func `Himmelblau's function has four minima, four saddles and a maximum`() throws {
    let n = 41
    let axis = (0..<n).map { -5 + 0.25 * Double($0) }
    let grid = Matrix(
      rows: n, columns: n,
      axis.flatMap { u in axis.map { v in (u * u + v - 11) * (u * u + v - 11) + (u + v * v - 7) * (u + v * v - 7) } })
    let diagram = try cubicalPersistence(of: grid, .vertices)
    #expect(diagram.intervals(0) == topology.himmelblau.vertices[0])
    #expect(diagram.intervals(1) == topology.himmelblau.vertices[1])
    #expect(try cubicalPersistence(of: grid, .cells).intervals(0) == topology.himmelblau.cells[0])
    // Four births in dimension 0, three merging saddles and one that closes a loop, one maximum that fills it.
    #expect(diagram.pairs(dimension: 0).count == 4)
    #expect(diagram.pairs(dimension: 1).count == 1)
    // The cells are where the function takes the values, the global minimum at (3, 2).
    let essential = try #require(diagram.pairs.first { $0.isEssential })
    #expect((axis[essential.birthCell / n], axis[essential.birthCell % n]) == (3, 2))
    for pair in diagram.pairs {
      #expect(grid.elements[pair.birthCell] == pair.birth)
      if let cell = pair.deathCell { #expect(grid.elements[cell] == pair.death) }
    }
    let top = try #require(diagram.pairs(dimension: 1).first?.deathCell)
    #expect((axis[top / n], axis[top % n]) == (-0.25, -1))
  }

  @Test func `The standard reduction of all cells agrees with union-find`() throws {
    for seed in 0..<6 as Range<UInt64> {
      let grid = randomGrid(6, 5, seed: seed)
      for construction in CubicalConstruction.allCases {
        let fast = try cubicalPersistence(of: grid, construction)
        let standard = try FilteredComplex(grid, construction).diagram()
        for dimension in 0...2 { #expect(fast.intervals(dimension) == standard.intervals(dimension)) }
      }
    }
  }

  @Test func `A diagonal of low cells is one component of cells and many of vertices`() throws {
    let grid = Matrix(rows: 3, columns: 3, [0, 9, 9, 9, 1, 9, 9, 9, 2])
    #expect(try cubicalPersistence(of: grid, .cells).intervals(0) == [[0, .infinity]])
    #expect(try cubicalPersistence(of: grid, .vertices).intervals(0) == [[0, .infinity], [1, 9], [2, 9]])
  }

  @Test func `The sublevel sets of (x² − 1)² are two intervals below 1 and one from there on`() throws {
    let values = (0...40).map { index -> Double in
      let x = -2 + 0.1 * Double(index)
      return (x * x - 1) * (x * x - 1)
    }
    let diagram = try cubicalPersistence(of: Matrix(rows: 1, columns: 41, values), .vertices)
    #expect(diagram.betti(0, at: 0.5) == 2)
    #expect(diagram.betti(0, at: 0.999) == 2)
    #expect(diagram.betti(0, at: 1) == 1)
    #expect(diagram.betti(0, at: 8) == 1)
    #expect(diagram.betti(0, at: -1) == 0)
    // Nested: as the level rises nothing that was in goes out.
    let levels = [0.0, 0.1, 0.5, 1, 2]
    for (low, high) in zip(levels, levels.dropFirst()) {
      #expect(
        Set(values.indices.filter { values[$0] <= low }).isSubset(of: values.indices.filter { values[$0] <= high }))
    }
  }

  @Test func `Diagrams move no further than the function does`() throws {
    for seed in 0..<8 as Range<UInt64> {
      let f = randomGrid(12, 11, seed: seed)
      var stream = Stream(book: 1, run: seed, purpose: .data("noise"))
      let noise = stream.uniforms(f.elements.count, from: -0.07, to: 0.07)
      let g = Matrix(rows: f.rows, columns: f.columns, zip(f.elements, noise).map { $0 + $1 })
      let largest = zip(f.elements, g.elements).map { abs($0 - $1) }.max() ?? 0
      for construction in CubicalConstruction.allCases {
        let (a, b) = (try cubicalPersistence(of: f, construction), try cubicalPersistence(of: g, construction))
        for dimension in 0...1 {
          let distance = bottleneckDistance(a, b, dimension: dimension)
          #expect(distance > 0)
          #expect(distance <= largest + 1e-15)
        }
      }
    }
  }

  @Test func `Samples that are not numbers never enter`() throws {
    var grid = Matrix(rows: 3, columns: 3, [1, 1, 1, 1, .nan, 1, 1, 1, 0])
    var diagram = try cubicalPersistence(of: grid, .cells)
    #expect(diagram.intervals(0) == [[0, .infinity]])
    #expect(diagram.intervals(1) == [[1, .infinity]])
    #expect(diagram.pairs(dimension: 1).first?.deathCell == nil)
    grid = Matrix(rows: 1, columns: 3, [2, .nan, 1])
    diagram = try cubicalPersistence(of: grid, .vertices)
    #expect(diagram.intervals(0) == [[1, .infinity], [2, .infinity]])
  }

  @Test func `Short-lived pairs can be left out, and a grid without samples is refused`() throws {
    let grid = try #require(topology.grids["slice"]).matrix
    let all = try cubicalPersistence(of: grid, .cells)
    let long = try cubicalPersistence(of: grid, .cells, minimumLifetime: 0.02)
    #expect(long.pairs == all.pairs.filter { $0.lifetime > 0.02 })
    #expect(long.pairs.count < all.pairs.count)
    #expect(throws: LandscapeError.self) { try cubicalPersistence(of: Matrix(rows: 0, columns: 3, []), .cells) }
  }
}
