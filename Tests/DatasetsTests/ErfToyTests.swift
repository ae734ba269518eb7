import Tensors
import Testing

@testable import Datasets

@Suite struct ErfToyTests {
  @Test func `The target is SciPy's`() throws {
    let wanted = try RegressionFixture.read().erfToy
    #expect(agree(wanted.x.map(ErfToy.target), wanted.y, 1e-14))
  }

  @Test func `Inputs are standard normal, and targets theirs`() {
    let data = ErfToy(points: 20_000, split: Split(test: 0, seed: 1)).load().train
    let x = data.doubles
    #expect(abs(x.reduce(0, +) / 20_000) < 0.03)
    #expect(abs(x.reduce(0) { $0 + $1 * $1 } / 20_000 - 1) < 0.04)
    #expect(data.values == x.map(ErfToy.target))
  }
}
