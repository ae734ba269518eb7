import Landscapes
import Tensors
import Testing

@Suite struct RoughnessTests {
  private func quadratic(_ n: Int) -> Matrix {
    let axis = (0..<n).map { 2 * Double($0) / Double(n - 1) - 1 }
    return Matrix(rows: n, columns: n, axis.flatMap { x in axis.map { y in x * x + y * y } })
  }

  @Test func `A quadratic has the share that its slopes say`() throws {
    // On −1 … 1 with spacing d = 2/(n−1), blocks of two: detail (x₁² − x₂²) = 2·x̄·d each way, times 2 columns over 2.
    let n = 64
    let d = 2.0 / Double(n - 1)
    let middles = (0..<n / 2).map { -1 + d * (2 * Double($0) + 0.5) }
    let squaresOfMiddles = middles.reduce(0) { $0 + $1 * $1 }
    let details = 2 * Double(n / 2) * squaresOfMiddles * 4 * d * d
    let grid = quadratic(n)
    let mean = grid.elements.reduce(0, +) / Double(n * n)
    let variation = grid.elements.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
    #expect(abs(try roughness(of: grid, levels: 1) - details / variation) < 1e-12)
  }

  @Test func `Noise is three quarters detail, and smooth surfaces have less the finer they are sampled`() throws {
    let noise = try roughness(of: randomGrid(128, 128, seed: 6), levels: 1)
    #expect(abs(noise - 0.75) < 0.02)
    let shares = try [32, 64, 128].map { try roughness(of: quadratic($0), levels: 1) }
    #expect(shares[0] > 3.5 * shares[1])
    #expect(shares[1] > 3.5 * shares[2])
  }

  @Test func `Neither a constant nor a factor changes it`() throws {
    let grid = randomGrid(16, 16, seed: 7)
    let moved = Matrix(rows: 16, columns: 16, grid.elements.map { 100 - 3 * $0 })
    let db2 = try Wavelet(named: "db2")
    let (a, b) = (try roughness(of: grid, wavelet: db2, levels: 2), try roughness(of: moved, wavelet: db2, levels: 2))
    #expect(abs(a - b) < 1e-11)
    #expect(try roughness(of: Matrix(rows: 4, columns: 4, Array(repeating: 2, count: 16)), levels: 1) == 0)
  }

  @Test func `A surface with a hole is refused`() {
    var grid = randomGrid(8, 8, seed: 8)
    grid[2, 3] = .infinity
    #expect(throws: LandscapeError.self) { try roughness(of: grid, levels: 1) }
  }
}
