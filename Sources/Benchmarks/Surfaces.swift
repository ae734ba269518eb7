import Glibc
import Landscapes
import Tensors

extension Benchmarks {
  /// A bowl with waves and a fine grain that needs no random numbers, n × n.
  private static func bumps(_ n: Int) -> Matrix {
    var grid = Matrix(rows: n, columns: n, [Double](repeating: 0, count: n * n))
    for i in 0..<n {
      for j in 0..<n {
        let (x, y) = (Double(i) / Double(n - 1) * 2 - 1, Double(j) / Double(n - 1) * 2 - 1)
        let grain = Double((7919 * i + 104_729 * j) * 31 % 1009) / 1009
        grid[i, j] = x * x + y * y + 0.3 * sin(9 * x) * cos(7 * y) + 0.05 * grain
      }
    }
    return grid
  }

  /// Sublevel-set persistence of a grid of 512 × 512 cells; its number is that of the pairs.
  static func persistence() throws {
    let grid = bumps(512)
    measure(repeats: 9, units: 1) { Double((try? cubicalPersistence(of: grid, .cells).pairs.count) ?? 0) }
  }

  /// Two levels of Haar's transform of the same grid; its number is the first coefficient.
  static func wavelets() throws {
    let grid = bumps(512)
    measure(repeats: 9, units: 20) {
      var first = 0.0
      for _ in 0..<20 {
        first = (try? WaveletDecomposition2D(grid, wavelet: .haar, levels: 2).approximation[0, 0]) ?? 0
      }
      return first
    }
  }

  /// t-SNE of 15 points of 242,762 numbers along a path that turns; its number is the divergence reached.
  static func tsne() throws {
    let width = 242_762
    var points = Matrix(rows: 15, columns: width, [Double](repeating: 0, count: 15 * width))
    for t in 0..<15 {
      for k in 0..<width {
        points[t, k] = Double(t) * cos(0.37 * Double(k)) + 3 * sin(0.2 * Double(t * (1 + k % 7)))
      }
    }
    measure(repeats: 5, units: 1) { (try? TSNE(points, options: .init(perplexity: 4)).divergence) ?? .nan }
  }
}
