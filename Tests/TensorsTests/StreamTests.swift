import Testing

@testable import Tensors

@Suite struct StreamTests {
  @Test func `Philox gives the known answers of its authors`() {
    // Random123's kat_vectors, philox4x32 with 10 rounds.
    #expect(
      Philox.block(counter: SIMD4(0, 0, 0, 0), key: SIMD2(0, 0))
        == SIMD4(0x6627_e8d5, 0xe169_c58d, 0xbc57_ac4c, 0x9b00_dbd8))
    let ones = UInt32.max
    #expect(
      Philox.block(counter: SIMD4(ones, ones, ones, ones), key: SIMD2(ones, ones))
        == SIMD4(0x408f_276d, 0x41c8_3b0e, 0xa20b_c7c6, 0x6d54_51fd))
    #expect(
      Philox.block(
        counter: SIMD4(0x243f_6a88, 0x85a3_08d3, 0x1319_8a2e, 0x0370_7344), key: SIMD2(0xa409_3822, 0x299f_31d0))
        == SIMD4(0xd16c_fe09, 0x94fd_cceb, 0x5001_e420, 0x2412_6ea1))
  }

  @Test func `A stream is a function of its seeds and its purpose`() {
    func first(_ book: UInt64, _ run: UInt64, _ purpose: Purpose) -> [UInt32] {
      var stream = Stream(book: book, run: run, purpose: purpose)
      return (0..<9).map { _ in stream.next() }
    }
    #expect(first(1, 2, .split) == first(1, 2, .split))
    let all: [[UInt32]] = [
      first(1, 2, .split), first(2, 1, .split), first(1, 3, .split), first(1, 2, .order(epoch: 0)),
      first(1, 2, .order(epoch: 1)), first(1, 2, .weights("a")), first(1, 2, .weights("b")), first(1, 2, .data("a")),
      first(1, 2, .probes(0)), first(1, 2, .labels(step: 0)),
    ]
    #expect(Set(all).count == all.count)
  }

  @Test func `Copies of a stream go on alike`() {
    var stream = Stream(book: 0, run: 0, purpose: .split)
    _ = stream.next()
    var copy = stream
    #expect((0..<10).map { _ in stream.next() } == (0..<10).map { _ in copy.next() })
  }

  @Test func `Uniform numbers have the moments of the uniform distribution`() {
    var stream = Stream(book: 3, run: 1, purpose: .data("test"))
    let values = stream.uniforms(100_000, from: -1, to: 3)
    #expect(values.allSatisfy { $0 >= -1 && $0 < 3 })
    let mean = values.reduce(0, +) / 1e5
    let variance = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / 1e5
    // Four deviations: that of the mean is sqrt(16/12/1e5), that of the variance about 0.0034.
    #expect(abs(mean - 1) < 4 * 0.00366)
    #expect(abs(variance - 16.0 / 12) < 4 * 0.0038)
  }

  @Test func `Normal numbers have the moments and tails of the normal distribution`() {
    var stream = Stream(book: 3, run: 2, purpose: .data("test"))
    let values = stream.normals(200_001)
    #expect(values.count == 200_001)
    func moment(_ power: Int) -> Double {
      values.reduce(0) { sum, x in sum + (0..<power).reduce(1) { product, _ in product * x } } / Double(values.count)
    }
    let n = Double(values.count).squareRoot()
    #expect(abs(moment(1)) < 4 / n)
    #expect(abs(moment(2) - 1) < 4 * 2.0.squareRoot() / n)
    #expect(abs(moment(3)) < 4 * 15.0.squareRoot() / n)
    #expect(abs(moment(4) - 3) < 4 * 96.0.squareRoot() / n)
    // 2.7 in a thousand lie beyond three deviations.
    let beyond = Double(values.count { abs($0) > 3 })
    #expect(abs(beyond - 540) < 4 * 540.0.squareRoot())
    // Neighbours, which come in pairs, are uncorrelated.
    let products = zip(values, values.dropFirst()).reduce(0) { $0 + $1.0 * $1.1 } / Double(values.count)
    #expect(abs(products) < 4 / n)
  }

  @Test func `Whole numbers below a bound are even`() {
    var stream = Stream(book: 0, run: 9, purpose: .split)
    var counts = [Int](repeating: 0, count: 7)
    for _ in 0..<70_000 { counts[Int(stream.integer(below: 7))] += 1 }
    let chi = counts.reduce(0.0) { $0 + Double(($1 - 10_000) * ($1 - 10_000)) / 10_000 }
    // Six degrees of freedom: below 27.9 with probability 0.9999.
    #expect(chi < 27.9)
    #expect((0..<10).allSatisfy { _ in stream.integer(below: 1) == 0 })
  }

  @Test func `A permutation holds every index once`() {
    var stream = Stream(book: 0, run: 0, purpose: .order(epoch: 0))
    for count in [0, 1, 2, 1000] { #expect(stream.permutation(of: count).sorted() == Array(0..<count)) }
  }
}
