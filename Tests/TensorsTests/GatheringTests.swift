import Tensors
import Testing

@Suite struct GatheringTests {
  private func gathered<Element: Scalar>(
    _ rows: ArraySlice<Int>, _ width: Int, _ numbers: PackedNumbers, _ type: Element.Type
  ) -> [Element] {
    // Room for one number more, which stays as it is.
    var batch = Vector<Element>(repeating: -9, count: rows.count * width + 1)
    batch.gather(rows, width: width, of: numbers)
    #expect(batch[rows.count * width] == -9)
    return Array(batch.array.dropLast())
  }

  @Test func `Rows come in the order asked for, in either precision`() {
    let values = PackedNumbers.doubles([0.1, 1, 2, 3, 4, 1e-9])
    #expect(gathered([2, 0, 2], 2, values, Double.self) == [4, 1e-9, 0.1, 1, 4, 1e-9])
    #expect(gathered([2, 0], 2, values, Float.self) == [4, 1e-9, 0.1, 1])
    #expect(gathered([1], 3, .floats([1, 2, 3, 4, 5, 0.1]), Double.self) == [4, 5, Double(0.1 as Float)])
    #expect(gathered([], 3, values, Float.self) == [])
    // A slice of an order: what counts is what is in it.
    #expect(gathered([9, 9, 1, 9][2...2], 2, values, Float.self) == [2, 3])
  }

  @Test func `A byte is its number in its channel's table`() {
    let table = ByteTable([(0..<256).map { Float($0) / 3 }, (0..<256).map { -Float($0) }], run: 2)
    let pixels = PackedNumbers.bytes([0, 255, 7, 8, 1, 2, 3, 4], table)
    #expect(gathered([1, 0], 4, pixels, Float.self) == [1 / 3, 2 / 3, -3, -4, 0, 85, -7, -8])
    #expect(gathered([1], 4, pixels, Double.self) == [1 / 3 as Float, 2 / 3, -3, -4].map(Double.init))
    #expect(pixels.vector(Float.self).array == [0, 85, -7, -8, 1 / 3, 2 / 3, -3, -4])
    #expect(table[1, 9] == -9)
  }

  @Test func `Labels become numbers`() {
    var batch = Vector<Float>(zeros: 3)
    batch.gather([2, 0, 2], of: [5, 6, 16_777_215])
    #expect(batch.array == [16_777_215, 5, 16_777_215])
    var doubles = Vector<Double>(zeros: 1)
    doubles.gather([1], of: [5, -6])
    #expect(doubles.array == [-6])
  }

  @Test func `A batch that is shared is copied before it is written`() {
    var batch = Vector<Float>(zeros: 2)
    let before = batch
    batch.gather([0, 1], of: [3, 4])
    #expect(before.array == [0, 0])
    #expect(batch.array == [3, 4])
  }

  @Test func `Packed rows stay packed`() {
    let table = ByteTable([(0..<256).map { Float($0) }], run: 2)
    #expect(PackedNumbers.bytes([1, 2, 3, 4], table).rows([1, 1], width: 2) == .bytes([3, 4, 3, 4], table))
    #expect(PackedNumbers.doubles([1, 2, 3]).rows([2], width: 1) == .doubles([3]))
    #expect(PackedNumbers.floats([1, 2]).rows([], width: 1) == .floats([]))
  }
}
