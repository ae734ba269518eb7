import Landscapes
import Tensors
import Testing

/// A symmetric matrix with these eigenvalues and random eigenvectors.
func symmetric(_ eigenvalues: [Double], seed: UInt64) -> Matrix {
  let n = eigenvalues.count
  var stream = Stream(book: 2, run: seed, purpose: .data("matrix"))
  let q = Matrix(rows: n, columns: n, stream.normals(n * n)).orthonormalFactor().q
  var scaled = q
  for i in 0..<n { for j in 0..<n { scaled[i, j] = q[i, j] * eigenvalues[j] } }
  return scaled.times(q, otherTransposed: true)
}

/// As of a trained network: a few outliers, a bulk at zero, some negative ones.
private let spectrum = [147, 129, 109.6, 54.3, 39.4] + linspace(-1.1, 9.8, count: 195)

@Suite struct EigenpairsTests {
  private func residual(_ matrix: Matrix, _ value: Double, _ vector: [Double]) -> Double {
    let image = matrix.times(Matrix(rows: vector.count, columns: 1, vector)).elements
    return zip(image, vector).reduce(0) { $0 + ($1.0 - value * $1.1) * ($1.0 - value * $1.1) }.squareRoot()
  }

  @Test func `Ends of a spectrum equal the dense decomposition's, residuals below 1e-6`() throws {
    let matrix = symmetric(spectrum, seed: 1)
    let dense = try #require(matrix.symmetricEigen()).values
    let cases: [(SpectrumPart, [Double])] = [
      (.largest(4), Array(dense.reversed().prefix(4))), (.smallest(3), Array(dense.prefix(3))),
      (.ends(largest: 2, smallest: 2), [dense[199], dense[198], dense[0], dense[1]]), (.magnitude(1), [dense[199]]),
    ]
    for (part, expected) in cases {
      let found = try eigenpairs(of: LinearOperator(matrix), part)
      #expect(found.converged)
      #expect(difference(found.values, expected) < 1e-8)
      for (index, vector) in found.vectors.enumerated() {
        #expect(abs(innerProduct(vector, vector) - 1) < 1e-12)
        let actual = residual(matrix, found.values[index], vector.array)
        #expect(actual < 1e-6)
        // What is reported is what is.
        #expect(actual <= found.residuals[index] + 1e-11)
      }
      for i in found.vectors.indices {
        for j in 0..<i { #expect(abs(innerProduct(found.vectors[i], found.vectors[j])) < 1e-12) }
      }
    }
  }

  @Test func `Magnitude takes either sign, algebraic order does not`() throws {
    let matrix = symmetric([5, 3, 1, 0.5, 0, -1, -4, -9], seed: 2)
    #expect(difference(try eigenpairs(of: LinearOperator(matrix), .magnitude(3)).values, [-9, 5, -4]) < 1e-12)
    #expect(difference(try eigenpairs(of: LinearOperator(matrix), .largest(3)).values, [5, 3, 1]) < 1e-12)
  }

  @Test func `A small basis restarts and gets there, with more products`() throws {
    let matrix = symmetric(spectrum, seed: 3)
    let large = try eigenpairs(of: LinearOperator(matrix), .smallest(2), basis: 150)
    let small = try eigenpairs(of: LinearOperator(matrix), .smallest(2), basis: 16)
    #expect(large.converged && small.converged)
    #expect(difference(large.values, small.values) < 1e-8)
    #expect(small.products > large.products)
    #expect(small.products > 32)
    let impatient = try eigenpairs(of: LinearOperator(matrix), .smallest(2), basis: 16, maximumProducts: 20)
    #expect(!impatient.converged)
  }

  @Test func `All eigenvalues of a small operator are found, repeated ones as often as they are there`() throws {
    let expected = [7.0, 7, 7, 2, 0, 0, -3]
    let matrix = symmetric(expected, seed: 4)
    #expect(difference(try eigenpairs(of: LinearOperator(matrix), .largest(7)).values, expected) < 1e-12)
    let identity = Matrix(rows: 3, columns: 3, [1, 0, 0, 0, 1, 0, 0, 0, 1])
    #expect(difference(try eigenpairs(of: LinearOperator(identity), .largest(2)).values, [1, 1]) < 1e-14)
    let zero = Matrix(rows: 2, columns: 2, [0, 0, 0, 0])
    #expect(try eigenpairs(of: LinearOperator(zero), .ends(largest: 1, smallest: 1)).values == [0, 0])
  }

  @Test func `Single precision reaches single-precision residuals`() throws {
    let matrix = symmetric(spectrum, seed: 5)
    let exact = LinearOperator<Double>(matrix)
    let single = LinearOperator<Float>(dimension: 200) { vector, product in
      var result = Vector<Double>(zeros: 200)
      exact.multiply(vector.converted(to: Double.self), &result)
      product = result.converted(to: Float.self)
    }
    let found = try eigenpairs(of: single, .largest(2), tolerance: 1e-5)
    #expect(found.converged)
    #expect(difference(found.values, [147, 129]) < 2e-3)
    #expect(found.products < 40)
  }

  @Test func `The same seeds give the same bits, and too many eigenvalues are refused`() throws {
    let linear = LinearOperator(symmetric(spectrum, seed: 6))
    let (a, b) = (try eigenpairs(of: linear, .largest(2), run: 1), try eigenpairs(of: linear, .largest(2), run: 1))
    #expect(a.values == b.values && a.vectors == b.vectors)
    let error = #expect(throws: LandscapeError.self) { try eigenpairs(of: linear, .largest(201)) }
    #expect(error?.hints == ["1 to 200"])
    #expect(throws: LandscapeError.self) { try eigenpairs(of: linear, .smallest(0)) }
    let broken = LinearOperator<Double>(dimension: 5) { _, product in product = Vector(repeating: .nan, count: 5) }
    #expect(throws: LandscapeError.self) { try eigenpairs(of: broken, .largest(1)) }
  }
}
