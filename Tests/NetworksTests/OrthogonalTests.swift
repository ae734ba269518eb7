import Autodiff
import Foundation
import Networks
import Tensors
import Testing

struct OrthogonalTests {
  private func square(_ n: Int, seed: UInt64) -> Matrix {
    Matrix(
      rows: n, columns: n,
      Initializer.orthogonal(gain: 1).parameters(for: setting([n, n], fanIn: n, fanOut: n, seed: seed)))
  }

  @Test("The eigenvalues of orthogonal weights lie evenly on the circle, as those of Haar's measure do")
  func angles() throws {
    let n = 120
    // The symmetric part of an orthogonal matrix has the cosines of the eigenvalues' angles as its eigenvalues.
    var symmetric = square(n, seed: 3)
    let q = symmetric
    for row in 0..<n { for column in 0..<n { symmetric[row, column] = (q[row, column] + q[column, row]) / 2 } }
    let cosines = try #require(symmetric.symmetricEigen()).values
    // Ranks of cosines against those of evenly spaced angles: eigenvalues repel, so the distance is of order ln n / n.
    for (index, cosine) in cosines.enumerated() {
      let angle = Double.pi * (1 - (Double(index) + 0.5) / Double(n))
      #expect(abs(acos(min(1, max(-1, cosine))) - angle) < 0.12, "\(index)")
    }
  }

  @Test("Traces of powers average 0, 1, 0, 1 and vary by 1, 2, 3, 4 (Diaconis & Shahshahani 1994)")
  func traces() {
    let draws = 400
    let n = 12
    var sums = [Double](repeating: 0, count: 4)
    var squares = sums
    for seed in 1...draws {
      let q = square(n, seed: UInt64(seed))
      var power = q
      for k in 0..<4 {
        let trace = (0..<n).reduce(0) { $0 + power[$1, $1] }
        sums[k] += trace
        squares[k] += trace * trace
        power = product(power, q)
      }
    }
    for k in 0..<4 {
      let mean = sums[k] / Double(draws)
      let wanted = k % 2 == 0 ? 0.0 : 1
      let variance = squares[k] / Double(draws) - mean * mean
      #expect(abs(mean - wanted) < 4 * (Double(k + 1) / Double(draws)).squareRoot(), "power \(k + 1)")
      #expect(abs(variance / Double(k + 1) - 1) < 4 * (2 / Double(draws)).squareRoot() * 1.2, "power \(k + 1)")
    }
  }

  @Test("A delta-orthogonal filter bank is orthonormal at its centre and 0 elsewhere")
  func delta() {
    let values = Initializer.deltaOrthogonal(gain: 2).parameters(
      for: setting([6, 4, 3, 3], fanIn: 36, fanOut: 54))
    func tap(_ output: Int, _ input: Int, _ place: Int) -> Double { values[(output * 4 + input) * 9 + place] }
    for place in 0..<9 where place != 4 {
      #expect((0..<6).allSatisfy { o in (0..<4).allSatisfy { tap(o, $0, place) == 0 } })
    }
    for i in 0..<4 {
      for j in 0..<4 {
        let product = (0..<6).reduce(0) { $0 + tap($1, i, 4) * tap($1, j, 4) }
        #expect(abs(product - (i == j ? 4 : 0)) < 1e-12)
      }
    }
  }

  private func product(_ a: Matrix, _ b: Matrix) -> Matrix {
    var c = a
    for i in 0..<a.rows {
      for j in 0..<a.rows { c[i, j] = (0..<a.rows).reduce(0) { $0 + a[i, $1] * b[$1, j] } }
    }
    return c
  }
}
