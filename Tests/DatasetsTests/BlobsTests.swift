import Tensors
import Testing

@testable import Datasets

@Suite struct BlobsTests {
  @Test func `Clouds are round, of the spread asked for, about centres in the cube`() {
    let data = Blobs(classes: 3, points: 4000, spread: 0.3, dimensions: 2, split: Split(test: 0, seed: 9)).load()
    #expect(data.train.count == 12000)
    for cloud in 0..<3 {
      for axis in 0..<2 {
        let values = (0..<4000).map { Double(data.train.doubles[2 * (4000 * cloud + $0) + axis]) }
        let mean = values.reduce(0, +) / 4000
        let deviation = (values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / 4000).squareRoot()
        #expect(abs(mean) < 1.02)
        #expect(abs(deviation - 0.3) < 0.015)
      }
    }
  }

  @Test func `Without spread every point is its class's centre`() {
    let source = Blobs(classes: 4, points: 5, spread: 0, dimensions: 3, split: Split(seed: 2))
    let data = source.load()
    guard case .labels(let labels) = data.test.targets else { return }
    #expect(source.facts.inputShape == [3])
    #expect((data.train.count, data.test.count) == (16, 4))
    var centres: [Int32: [Float]] = [:]
    for (index, label) in labels.enumerated() {
      let point = Array(data.test.floats[3 * index..<3 * index + 3])
      #expect(centres.updateValue(point, forKey: label) ?? point == point)
    }
  }

  @Test func `Seeds decide`() {
    func inputs(_ seed: UInt64) -> [Float] {
      Blobs(classes: 2, points: 3, spread: 1, dimensions: 2, split: Split(seed: seed)).load().train.floats
    }
    #expect(inputs(1) == inputs(1))
    #expect(inputs(1) != inputs(2))
  }
}
