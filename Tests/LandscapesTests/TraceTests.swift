import Landscapes
import Tensors
import Testing

@Suite struct TraceTests {
  /// A positive spectrum that falls fast, as Hessians have: few directions hold the trace.
  let eigenvalues = (1...150).map { 100 / Double($0 * $0) }
  var trace: Double { eigenvalues.reduce(0, +) }

  @Test func `Hutchinson's estimate lies within its error of the trace`() throws {
    let linear = LinearOperator(symmetric(eigenvalues, seed: 10))
    let estimate = try hutchinsonTrace(of: linear, probes: 400)
    #expect(estimate.products == 400)
    #expect(abs(estimate.value - trace) < 4 * estimate.error)
    #expect(estimate.error < 0.1 * trace)
    #expect(try hutchinsonTrace(of: linear, probes: 1).error.isNaN)
    #expect(throws: LandscapeError.self) { try hutchinsonTrace(of: linear, probes: 0) }
  }

  @Test func `A diagonal matrix is met by one probe, the diagonal of another on average`() throws {
    var diagonal = Matrix(rows: 5, columns: 5, Array(repeating: 0, count: 25))
    for i in 0..<5 { diagonal[i, i] = Double(i * i) - 3 }
    #expect(abs(try hutchinsonTrace(of: LinearOperator(diagonal), probes: 1).value - 15) < 1e-13)
    #expect(try hutchinsonDiagonal(of: LinearOperator(diagonal), probes: 1) == [-3, -2, 1, 6, 13])
    let matrix = symmetric(eigenvalues, seed: 11)
    let estimate = try hutchinsonDiagonal(of: LinearOperator(matrix), probes: 3000)
    for i in 0..<150 {
      let spread = ((0..<150).reduce(0) { $1 == i ? $0 : $0 + matrix[i, $1] * matrix[i, $1] } / 3000).squareRoot()
      #expect(abs(estimate[i] - matrix[i, i]) < 5 * spread)
    }
    #expect(throws: LandscapeError.self) { try hutchinsonDiagonal(of: LinearOperator(matrix), probes: 0) }
  }

  @Test func `Hutch++ is exact for low rank and far nearer than Hutchinson for as many products`() throws {
    let low = symmetric([9, 5, 1, -2] + Array(repeating: 0, count: 60), seed: 12)
    let exact = try hutchPlusPlusTrace(of: LinearOperator(low), products: 30)
    #expect(abs(exact.value - 13) < 1e-10)
    #expect(exact.products <= 30)
    let linear = LinearOperator(symmetric(eigenvalues, seed: 13))
    var (plain, sharp) = (0.0, 0.0)
    for run in 0..<20 as Range<UInt64> {
      let a = try hutchinsonTrace(of: linear, probes: 45, run: run).value - trace
      let b = try hutchPlusPlusTrace(of: linear, products: 45, run: run)
      #expect(b.products == 45)
      plain += a * a
      sharp += (b.value - trace) * (b.value - trace)
    }
    #expect(sharp < plain / 100)
    #expect(throws: LandscapeError.self) { try hutchPlusPlusTrace(of: linear, products: 2) }
  }
}
