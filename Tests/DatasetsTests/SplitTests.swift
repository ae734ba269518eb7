import Tensors
import Testing

@testable import Datasets

@Suite struct SplitTests {
  private func samples(_ count: Int) -> Samples {
    Samples(
      count: count, inputs: .doubles((0..<2 * count).map { $0.isMultiple(of: 2) ? Double($0) : 5 }),
      targets: .labels((0..<count).map(Int32.init)))
  }
  private func labels(_ samples: Samples) -> [Int32] { samples.labels }

  @Test func `Each sample is on one side, in its order`() {
    let (train, test) = Split(test: 0.25, seed: 3).apply(samples(100))
    #expect((train.count, test.count) == (75, 25))
    #expect((labels(train) + labels(test)).sorted() == (0..<100).map(Int32.init))
    #expect(labels(train) == labels(train).sorted())
    #expect(test.doubles[0] == Double(2 * labels(test)[0]))
  }

  @Test func `The seed decides who is tested`() {
    func tested(_ book: UInt64, _ seed: UInt64) -> [Int32] {
      labels(Split(test: 0.5, book: book, seed: seed).apply(samples(50)).test)
    }
    #expect(tested(1, 2) == tested(1, 2))
    #expect(tested(1, 2) != tested(1, 3))
    #expect(tested(1, 2) != tested(2, 2))
  }

  @Test func `A share of nothing tests nobody, any other at least one and never all`() {
    #expect(Split(test: 0).testCount(of: 10) == 0)
    #expect(Split(test: 0.01).testCount(of: 10) == 1)
    #expect(Split(test: 0.99).testCount(of: 10) == 9)
    #expect(Split(test: 0.25).testCount(of: 10) == 3)
    #expect(Split(test: 0.5).testCount(of: 1) == 0)
    #expect(Split(test: 0.5).testCount(of: 0) == 0)
  }

  @Test func `Standardized training inputs have mean 0 and deviation 1, by their own measure alone`() {
    let split = Split(test: 0.4, standardize: true, seed: 1)
    let parts = split.apply(samples(50))
    let (train, test) = (parts.train.doubles, parts.test.doubles)
    let whole = Split(test: 0.4, seed: 1).apply(samples(50))
    let plain = (train: whole.train.doubles, test: whole.test.doubles)
    let column = stride(from: 0, to: train.count, by: 2).map { train[$0] }
    let mean = column.reduce(0, +) / 30
    #expect(abs(mean) < 1e-14)
    #expect(abs(column.reduce(0) { $0 + $1 * $1 } / 30 - 1) < 1e-13)
    // The same affine map for both parts.
    let scale = (train[2] - train[0]) / (plain.train[2] - plain.train[0])
    #expect(abs(test[0] - train[0] - scale * (plain.test[0] - plain.train[0])) < 1e-12)
    // A constant column is only shifted.
    #expect(stride(from: 1, to: train.count, by: 2).allSatisfy { train[$0] == 0 })
  }
}
