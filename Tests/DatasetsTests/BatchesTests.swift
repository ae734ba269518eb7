import Testing

@testable import Datasets

@Suite struct BatchesTests {
  @Test func `60,000 samples make 469 batches of 128, the last of 96`() {
    let batches = Batches(count: 60000, size: 128, book: 1, run: 2, epoch: 3)
    #expect(batches.count == 469)
    #expect(batches.dropLast().allSatisfy { $0.count == 128 })
    #expect(batches.last?.count == 96)
  }

  @Test func `Every index is in exactly one batch`() {
    for (count, size) in [(60000, 128), (10, 3), (9, 3), (1, 5), (0, 4)] {
      let batches = Batches(count: count, size: size, book: 7, run: 7, epoch: 0)
      #expect(batches.flatMap(\.self).sorted() == Array(0..<count))
      #expect(batches.map(\.count).reduce(0, +) == count)
    }
  }

  @Test func `The order depends on the seeds and the epoch, and on nothing else`() {
    func order(_ book: UInt64, _ run: UInt64, _ epoch: Int) -> [Int] {
      Batches(count: 500, size: 64, book: book, run: run, epoch: epoch).flatMap(\.self)
    }
    #expect(order(1, 2, 3) == order(1, 2, 3))
    #expect(Set([order(1, 2, 3), order(1, 2, 4), order(1, 3, 3), order(2, 2, 3), order(2, 1, 3)]).count == 5)
    #expect(Batches(count: 500, size: 7, book: 1, run: 2, epoch: 3).flatMap(\.self) == order(1, 2, 3))
  }

  @Test func `Without seeds the order is that of the file`() {
    #expect(Batches(count: 5, size: 2).map(Array.init) == [[0, 1], [2, 3], [4]])
    #expect(Batches(of: [3, 1, 2], size: 2).map(Array.init) == [[3, 1], [2]])
  }

  @Test func `Each sample comes first about as often as any other`() {
    var firsts = [Int](repeating: 0, count: 10)
    for epoch in 0..<5000 { firsts[Batches(count: 10, size: 1, book: 5, run: 0, epoch: epoch)[0].first!] += 1 }
    // 500 expected each, deviation 21; chi-squared with 9 degrees of freedom is below 33.7 with probability 0.9999.
    let chi = firsts.reduce(0.0) { $0 + Double(($1 - 500) * ($1 - 500)) / 500 }
    #expect(chi < 33.7)
  }
}
