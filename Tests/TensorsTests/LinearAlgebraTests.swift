import Fixtures
import Tensors
import Testing

/// LAPACK, as called from here, against NumPy and mpmath.
@Suite struct LinearAlgebraTests {
  private struct Reference: Decodable {
    struct Decomposed: Decodable {
      var name: String
      var matrix: [[Double]]
      var singularValues: [Double]
      var conditionNumber: Double
    }
    struct Orthonormal: Decodable {
      struct Case: Decodable {
        var matrix: [[Double]]
        var q: [[Double]]
        var r: [[Double]]
      }
      var cases: [Case]
    }
    struct Symmetric: Decodable {
      var matrix: [[Double]]
      var eigenvalues: [Double]
      var eigenvectors: [[Double]]
    }
    var svd: [Decomposed]
    var qr: Orthonormal
    var symmetric: Symmetric
  }

  private let reference: Reference

  init() throws { reference = try fixture("linear-algebra") }

  private func matrix(_ rows: [[Double]]) -> Matrix {
    Matrix(rows: rows.count, columns: rows[0].count, rows.flatMap(\.self))
  }

  @Test func `Singular values are NumPy's to 1e-10`() {
    for wanted in reference.svd {
      let found = matrix(wanted.matrix).singularValues()
      #expect(found.count == wanted.singularValues.count)
      for (a, b) in zip(found, wanted.singularValues) { #expect(abs(a - b) <= 1e-10 * b, "\(wanted.name)") }
      #expect(matrix(wanted.matrix).transposed.singularValues().count == found.count)
    }
  }

  @Test func `The condition number of the Hilbert matrix of order 5 is 4.766e5`() throws {
    let hilbert = try #require(reference.svd.first { $0.name == "hilbert-5" })
    let s = matrix(hilbert.matrix).singularValues()
    #expect(abs(s[0] / s[4] / 4.766e5 - 1) < 1e-4)
    #expect(abs(s[0] / s[4] / hilbert.conditionNumber - 1) < 1e-10)
  }

  @Test func `What is not finite has no singular values`() {
    #expect(Matrix(rows: 2, columns: 2, [1, .infinity, 0, 1]).singularValues().allSatisfy { $0.isNaN })
    #expect(Matrix(rows: 2, columns: 2, [1, .nan, 0, 1]).symmetricEigen() == nil)
    #expect(Matrix(rows: 0, columns: 3, []).singularValues() == [])
  }

  @Test func `The orthonormal factor is NumPy's, up to the signs of its columns`() {
    for wanted in reference.qr.cases {
      let (q, diagonal) = matrix(wanted.matrix).orthonormalFactor()
      for column in 0..<q.columns {
        let sign: Double = diagonal[column] < 0 ? -1 : 1
        #expect(abs(sign * diagonal[column] - wanted.r[column][column]) < 1e-12)
        for row in 0..<q.rows { #expect(abs(sign * q[row, column] - wanted.q[row][column]) < 1e-12) }
      }
      for a in 0..<q.columns {
        for b in 0..<q.columns {
          let product = (0..<q.rows).reduce(0.0) { $0 + q[$1, a] * q[$1, b] }
          #expect(abs(product - (a == b ? 1 : 0)) < 1e-12)
        }
      }
    }
  }

  @Test func `Symmetric eigenvalues and eigenvectors are NumPy's, and put the matrix together again`() throws {
    let wanted = reference.symmetric
    let (values, vectors) = try #require(matrix(wanted.matrix).symmetricEigen())
    for (k, value) in values.enumerated() {
      #expect(abs(value - wanted.eigenvalues[k]) < 1e-12)
      let largest = (0..<6).max { abs(vectors[$0, k]) < abs(vectors[$1, k]) }!
      let sign: Double = vectors[largest, k] < 0 ? -1 : 1
      for row in 0..<6 { #expect(abs(sign * vectors[row, k] - wanted.eigenvectors[row][k]) < 1e-10) }
    }
    for i in 0..<6 {
      for j in 0..<6 {
        let sum = (0..<6).reduce(0.0) { $0 + values[$1] * vectors[i, $1] * vectors[j, $1] }
        #expect(abs(sum - wanted.matrix[i][j]) < 1e-12)
      }
    }
  }

  @Test func `A Cholesky factor is lower triangular and its square is the matrix`() {
    let a = Matrix(rows: 3, columns: 3, [4, 2, -2, 2, 10, 5, -2, 5, 9])
    let l = a.choleskyFactor()!
    #expect(l.elements == [2, 0, 0, 1, 3, 0, -1, 2, 2])
    #expect(Matrix(rows: 2, columns: 2, [1, 2, 2, 1]).choleskyFactor() == nil)
    #expect(Matrix(rows: 1, columns: 1, [.nan]).choleskyFactor() == nil)
  }
}
