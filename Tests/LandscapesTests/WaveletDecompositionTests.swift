import Landscapes
import Tensors
import Testing

@Suite struct WaveletDecompositionTests {
  @Test(arguments: scales.one.indices)
  func `Coefficients of a signal equal PyWavelets'`(index: Int) throws {
    let reference = scales.one[index]
    let edges = try #require(Extension(rawValue: reference.extension))
    let ours = try WaveletDecomposition(
      scales.signal, wavelet: Wavelet(named: reference.wavelet), levels: reference.levels, extension: edges)
    let lists = [ours.approximation] + ours.details.map(\.coefficients)
    #expect(lists.count == reference.coefficients.count)
    for (a, b) in zip(lists, reference.coefficients) { #expect(difference(a, b) < 1e-12) }
    #expect(ours.details.map(\.level) == (1...reference.levels).reversed())
  }

  @Test(arguments: scales.two.indices)
  func `Coefficients of a surface equal PyWavelets'`(index: Int) throws {
    let reference = scales.two[index]
    let edges = try #require(Extension(rawValue: reference.extension))
    let ours = try WaveletDecomposition2D(
      scales.surface.matrix, wavelet: Wavelet(named: reference.wavelet), levels: reference.levels, extension: edges)
    let parts = [ours.approximation] + ours.details.flatMap { [$0.horizontal, $0.vertical, $0.diagonal] }
    #expect(parts.count == reference.coefficients.count)
    for (a, b) in zip(parts, reference.coefficients) {
      #expect((a.rows, a.columns) == (b.count, b[0].count))
      #expect(difference(a.elements, b.flatMap(\.self)) < 1e-12)
    }
  }

  @Test(arguments: Wavelet.names, Extension.allCases)
  func `Signals and surfaces of odd and even size come back`(name: String, edges: Extension) throws {
    let wavelet = try Wavelet(named: name)
    for length in [32, 47, 30] {
      let signal = randomGrid(1, length, seed: 4).elements
      let levels = min(3, wavelet.maximumLevel(length: length))
      let parts = try WaveletDecomposition(signal, wavelet: wavelet, levels: levels, extension: edges)
      #expect(difference(parts.reconstructed(), signal) < 1e-12)
    }
    for (rows, columns) in [(32, 40), (31, 45), (40, 33)] {
      let grid = randomGrid(rows, columns, seed: 5)
      let levels = wavelet.maximumLevel(length: min(rows, columns))
      let parts = try WaveletDecomposition2D(grid, wavelet: wavelet, levels: levels, extension: edges)
      #expect(difference(parts.reconstructed().elements, grid.elements) < 1e-12)
    }
  }

  @Test func `Grids of 20, 40 and 30 have the sizes that PyWavelets gives`() throws {
    for (size, expected) in [(20, [5, 5, 10]), (40, [10, 10, 20]), (30, [8, 8, 15])] {
      let parts = try WaveletDecomposition2D(randomGrid(size, size, seed: 1), wavelet: .haar, levels: 2)
      #expect([parts.approximation.rows] + parts.details.map(\.horizontal.rows) == expected)
      #expect(parts.details.map(\.level) == [2, 1])
    }
  }

  @Test func `Haar's details of a quadratic are its slopes`() throws {
    // 3x² + 5y² on 20×20 over ±0.2, x along the rows' index, as in the ledger's E38.
    let axis = (0..<20).map { -0.2 + 0.4 * Double($0) / 19 }
    let grid = Matrix(rows: 20, columns: 20, axis.flatMap { x in axis.map { y in 3 * x * x + 5 * y * y } })
    let finest = try WaveletDecomposition2D(grid, wavelet: .haar, levels: 2).details[1]
    #expect(abs(finest.horizontal[0, 0] - 0.0239335) < 5e-8)
    #expect(abs(finest.vertical[0, 0] - 0.0398892) < 5e-8)
    #expect(finest.diagonal.elements.allSatisfy { abs($0) < 1e-16 })
    let slope = (0.0239335 * 0.0239335 + 0.0398892 * 0.0398892).squareRoot()
    #expect(abs(finest.magnitude[0, 0] - slope) < 1e-7)
  }

  @Test func `Orthonormal transforms keep the energy`() throws {
    for (wavelet, edges) in [("haar", Extension.symmetric), ("haar", .periodization), ("db4", .periodization)] {
      let grid = randomGrid(32, 56, seed: 2)
      let energy = try WaveletDecomposition2D(
        grid, wavelet: Wavelet(named: wavelet), levels: 2, extension: edges
      ).energy
      let whole = grid.elements.reduce(0) { $0 + $1 * $1 }
      #expect(abs(energy.total - whole) < 1e-12 * whole)
      #expect(energy.details.allSatisfy { $0.energy > 0 })
    }
    let signal = randomGrid(1, 64, seed: 3).elements
    let energy = try WaveletDecomposition(signal, wavelet: Wavelet(named: "db3"), levels: 3, extension: .periodization)
      .energy
    #expect(abs(energy.total - signal.reduce(0) { $0 + $1 * $1 }) < 1e-12)
  }

  @Test(arguments: ["haar", "db2", "db5"], Extension.allCases)
  func `A coefficient stands in the middle of what it is made of`(name: String, extension: Extension) throws {
    let wavelet = try Wavelet(named: name)
    let taps = wavelet.scaling.count
    let offset = `extension` == .periodization ? taps / 2 : 1
    for level in 1...3 {
      let middle = wavelet.middle(level: level, extension: `extension`)
      for k in [0, 3] {
        let sources = (0..<taps).map { 2 * k + offset - $0 }
        let places = sources.map {
          level == 1 ? Double($0) : wavelet.middle(level: level - 1, extension: `extension`)($0)
        }
        #expect(abs(middle(k) - places.reduce(0, +) / Double(taps)) < 1e-12)
      }
    }
  }
}
