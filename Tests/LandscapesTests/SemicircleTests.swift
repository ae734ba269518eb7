import Landscapes
import Tensors
import Testing

@Suite struct SemicircleTests {
  @Test func `The density integrates to 1 and its integral is the share`() {
    let circle = Semicircle(shift: 0.5)
    let width = 1e-3
    var sum = 0.0
    for i in 0..<5000 {
      let x = -2 + (Double(i) + 0.5) * width
      sum += circle.density(x) * width
      if i % 500 == 499 { #expect(abs(circle.share(below: x + width / 2) - sum) < 1e-4) }
    }
    #expect(abs(sum - 1) < 1e-4)
    #expect(circle.share(below: -2) == 0 && circle.share(below: 3) == 1 && abs(circle.share(below: 0.5) - 0.5) < 1e-15)
  }

  @Test func `The index rises with the energy from 0 at −2 to 1 at 2 (Bray & Dean)`() {
    let energies = linspace(-2.5, 2.5, count: 51)
    let indices = energies.map { Semicircle.index(energy: $0) }
    #expect(zip(indices, indices.dropFirst()).allSatisfy { $0.0 <= $0.1 })
    #expect(indices[0] == 0 && Semicircle.index(energy: -2) == 0 && Semicircle.index(energy: -1.9) > 0)
    #expect(indices[50] == 1 && abs(indices[25] - 0.5) < 1e-12)
  }

  @Test func `Eigenvalues of a random symmetric matrix follow it, shifted as the matrix is`() throws {
    var stream = Stream(book: 0, run: 4, purpose: .data("goe"))
    let n = 120
    let matrix = GaussianOrthogonalEnsemble.sample(n, from: &stream)
    let values = try #require(matrix.symmetricEigen()).values.map { $0 / Double(n).squareRoot() }
    for x in [-1.5, -0.7, 0, 0.7, 1.5] {
      let share = Double(values.count { $0 < x }) / Double(n)
      #expect(abs(share - Semicircle().share(below: x)) < 0.02)
    }
    let negative = Double(values.count { $0 - 1 < 0 }) / Double(n)
    #expect(abs(negative - Semicircle.index(energy: 1)) < 0.02)
  }
}
