import Tensors
import Testing

@testable import Datasets

@Suite struct NormalizationTests {
  @Test func `Half maps each of the 256 bytes to the bits of (x/255 − 0.5)/0.5`() {
    let table = Normalization.half.table(for: [1, 16, 16])
    var batch = Vector<Float>(zeros: 256)
    batch.gather([0], width: 256, of: .bytes((0..<256).map { UInt8($0) }, table))
    for byte in 0..<256 {
      let wanted = (Float(byte) / 255 - 0.5) / 0.5
      #expect(batch[byte].bitPattern == wanted.bitPattern)
    }
    #expect((batch[0], batch[255]) == (-1, 1))
  }

  @Test func `Each channel has its own mean and deviation`() {
    let table = Normalization(mean: [0, 0.5, 1], deviation: [1, 0.25, 2]).table(for: [3, 2, 1])
    let pixels = PackedNumbers.bytes([255, 0, 255, 0, 255, 0], table)
    #expect(pixels.vector(Float.self).array == [1, 0, 2, -2, 0, -0.5])
  }

  @Test func `One mean and deviation serve all channels`() {
    let table = Normalization(mean: [0.1307], deviation: [0.3081]).table(for: [3, 1, 1])
    let numbers = PackedNumbers.bytes([0, 255, 0], table).vector(Float.self).array
    #expect(numbers[0] == numbers[2])
    // −0.1307/0.3081 and 0.8693/0.3081.
    #expect(abs(numbers[0] + 0.424_212_9) < 1e-6 && abs(numbers[1] - 2.821_486_5) < 1e-6)
  }
}
