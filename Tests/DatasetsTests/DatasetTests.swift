import Tensors
import Testing

@testable import Datasets

@Suite struct DatasetTests {
  @Test func `Rows are gathered in the order asked for`() {
    let samples = Samples(
      count: 3, inputs: .floats([1, 2, 3, 4, 5, 6]), targets: .values([10, 20, 30, 40, 50, 60]))
    let batch = samples.rows([2, 0, 2])
    #expect(batch.count == 3)
    #expect(batch.floats == [5, 6, 1, 2, 5, 6])
    #expect(batch.targets == .values([50, 60, 10, 20, 50, 60]))
    #expect(samples.rows([]).inputs.count == 0)
    let labelled = Samples(count: 2, inputs: .doubles([1, 2]), targets: .labels([7, 8]))
    #expect(labelled.rows([1]).targets == .labels([8]))
  }

  @Test func `Facts count outputs and bytes`() {
    let regression = DataFacts(
      name: "r", inputShape: [3], task: .regression(targets: ["a", "b"]), trainCount: 8, testCount: 2)
    #expect(regression.outputCount == 2)
    #expect(regression.bytes == 10 * (3 + 2) * 8)
  }
}
