import Tensors
import Testing

@Suite struct BasisTests {
  private func vectors<T: Scalar>(_ count: Int, _ n: Int, as type: T.Type) -> [Vector<T>] {
    var stream = Stream(book: 0, run: 0, purpose: .data("basis"))
    return (0..<count).map { _ in Vector(stream.normals(n).map { T($0) }) }
  }

  private func check<T: Scalar>(_ type: T.Type, within tolerance: Double) {
    let given = vectors(7, 50, as: T.self)
    var basis = Basis<T>(dimension: 50, capacity: 7)
    for vector in given {
      var rest = vector
      let coefficients = basis.orthogonalize(&rest)
      #expect(coefficients.count == basis.count)
      let norm = innerProduct(rest, rest).squareRoot()
      basis.append(rest, scaledBy: 1 / norm)
      // The vector again from its parts.
      var back = Vector<T>(zeros: 50)
      basis.add(coefficients + [norm], to: &back)
      #expect(back.indices.allSatisfy { abs(Double(back[$0] - vector[$0])) < tolerance })
    }
    var member = Vector<T>(zeros: 50)
    for i in 0..<7 {
      basis.copy(i, into: &member)
      for (j, product) in basis.coefficients(of: member).enumerated() {
        #expect(abs(product - (i == j ? 1 : 0)) < tolerance)
      }
    }
    var (first, fourth) = (member, member)
    basis.copy(0, into: &first)
    basis.copy(3, into: &fourth)
    var weights = Matrix(rows: 7, columns: 2, Array(repeating: 0, count: 14))
    weights[0, 1] = 2
    weights[3, 1] = -1
    weights[3, 0] = 1
    basis.recombine(weights)
    #expect(basis.count == 2)
    basis.copy(0, into: &member)
    #expect(member == fourth)
    basis.copy(1, into: &member)
    #expect(member.indices.allSatisfy { abs(Double(member[$0] - (2 * first[$0] - fourth[$0]))) < tolerance })
  }

  @Test func `Vectors made orthonormal are their parts' sum, in both precisions`() {
    check(Double.self, within: 1e-13)
    check(Float.self, within: 1e-5)
  }

  @Test func `Long vectors are made orthogonal in panels, and who takes which changes no bit`() {
    let n = 40_000
    let given = vectors(4, n, as: Float.self)
    let backwards = Parallel(workers: 2) { count, body in for panel in (0..<count).reversed() { body(panel) } }
    let results = [Parallel.serial, backwards].map { parallel in
      var basis = Basis<Float>(dimension: n, capacity: 4, parallel: parallel)
      for vector in given {
        var rest = vector
        let following = basis.follow(&rest)
        basis.append(rest, scaledBy: 1 / following.rest, owing: following.owed)
      }
      basis.settle()
      var last = Vector<Float>(zeros: n)
      basis.copy(3, into: &last)
      for (i, product) in basis.coefficients(of: last).enumerated() {
        #expect(abs(product - (i == 3 ? 1 : 0)) < 1e-5)
      }
      return last
    }
    #expect(results[0] == results[1])
  }

  private func checkFollowing<T: Scalar>(_ type: T.Type, rounding: Double) {
    let (n, count) = (5000, 12)
    let random = vectors(count, n, as: T.self)
    var basis = Basis<T>(dimension: n, capacity: count)
    var previous = Vector<T>(zeros: n)
    var debts = 0
    for (i, fresh) in random.enumerated() {
      // Mostly the two before, a good deal of what is new, and a trace of all others, or once much of the first.
      var (settled, vector) = (basis, fresh)
      settled.settle()
      _ = settled.orthogonalize(&vector)
      for earlier in 0..<i {
        basis.copy(earlier, into: &previous)
        vector.add(earlier >= i - 2 ? 300 : i == 8 && earlier == 0 ? 50 : rounding * 70, times: previous)
      }
      let whole = innerProduct(vector, vector).squareRoot()
      var rest = vector
      let following = basis.follow(&rest)
      #expect(abs(following.whole / whole - 1) < 1e-6)
      if !following.owed.isEmpty { debts += 1 }
      if i == 8 { #expect(following.owed.isEmpty) }
      basis.append(rest, scaledBy: 1 / following.rest, owing: following.owed)
      // The vector again from its parts, debts settled.
      settled = basis
      var back = Vector<T>(zeros: n)
      settled.settle()
      settled.add(following.coefficients + [following.rest], to: &back)
      #expect(back.indices.allSatisfy { abs(Double(back[$0] - vector[$0])) < 4000 * rounding })
    }
    #expect(debts >= 6)
    basis.settle()
    for i in 0..<count {
      basis.copy(i, into: &previous)
      for (j, product) in basis.coefficients(of: previous).enumerated() {
        #expect(abs(product - (i == j ? 1 : 0)) < 20 * rounding, "\(i), \(j)")
      }
    }
  }

  @Test func `What rounding leaves of a Lanczos recurrence is taken off one member later, more than that at once`() {
    checkFollowing(Double.self, rounding: Double.ulpOfOne)
    checkFollowing(Float.self, rounding: Double(Float.ulpOfOne))
  }

  @Test func `Adding to a copy leaves the other as it was`() {
    var basis = Basis<Double>(dimension: 3, capacity: 1)
    basis.append(Vector([1, 2, 3]), scaledBy: 2)
    let zero = Vector<Double>(zeros: 3)
    var sum = zero
    basis.add([0.5], scaledBy: 3, to: &sum)
    #expect(sum.array == [3, 6, 9])
    #expect(zero.array == [0, 0, 0])
    let copy = basis
    basis.recombine(Matrix(rows: 1, columns: 1, [10]))
    var member = zero
    copy.copy(0, into: &member)
    #expect(member.array == [2, 4, 6])
  }

  @Test func `Products of matrices, as they are and turned`() {
    let a = Matrix(rows: 2, columns: 3, [1, 2, 3, 4, 5, 6])
    let b = Matrix(rows: 3, columns: 2, [7, 8, 9, 10, 11, 12])
    #expect(a.times(b).elements == [58, 64, 139, 154])
    #expect(a.times(a, transposed: true).elements == [17, 22, 27, 22, 29, 36, 27, 36, 45])
    #expect(a.times(a, otherTransposed: true).elements == [14, 32, 32, 77])
    #expect(b.times(a, transposed: true, otherTransposed: true) == a.times(b).transposed)
    #expect(Matrix(rows: 2, columns: 0, []).times(Matrix(rows: 0, columns: 1, [])).elements == [0, 0])
  }
}
