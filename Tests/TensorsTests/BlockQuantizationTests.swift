import Tensors
import Testing

struct BlockQuantizationTests {
  @Test("The maps hold 256 numbers, with 0 and 1, seven decades deep, the signed one mirrored but for 1")
  func maps() {
    for code in [DynamicCode.signed, .unsigned] {
      #expect(code.values.count == 256)
      #expect(zip(code.values, code.values.dropFirst()).allSatisfy { $0 < $1 })
      #expect(code.values.contains(0) && code.values.last == 1)
    }
    // As bitsandbytes' create_dynamic_map gives them.
    #expect(abs(DynamicCode.signed.values[0] + 0.992_968_75) < 1e-7)
    #expect(abs(DynamicCode.signed.values[128] - 5.5e-7) < 1e-13)
    #expect(abs(DynamicCode.unsigned.values[1] - 3.25e-7) < 1e-13)
    #expect(abs(DynamicCode.unsigned.values[254] - 0.996_484_375) < 1e-6)
    let negatives = DynamicCode.signed.values.prefix(127).map { -$0 }
    #expect(Array(DynamicCode.signed.values[128..<255]) == negatives.reversed())
  }

  /// Keeps numbers and brings them back.
  private func kept(_ numbers: [Float], block: Int, _ code: DynamicCode) -> [Float] {
    let blocks = (numbers.count + block - 1) / block
    let array = QuantizedArray(
      count: numbers.count, block: block, code: code, codesAt: 3, scalesAt: 3 + numbers.count)
    var memory = Vector<Float>(zeros: (3 + numbers.count + 4 * blocks + 3) / 4)
    let values = Vector(numbers)
    var result = Vector<Float>(zeros: numbers.count)
    for index in 0..<array.blockCount {
      array.encode(block: index, of: &memory, from: values, at: index * block)
    }
    for index in 0..<array.blockCount { array.decode(block: index, of: memory, into: &result, at: index * block) }
    return result.array
  }

  @Test("Every number comes back as the closest in the map times its block's largest magnitude")
  func closest() {
    var stream = Stream(book: 1, run: 1, purpose: .probes(0))
    let numbers = stream.normals(2000).enumerated().map { index, x in
      // Eight decades, and in the second block everything is a thousand times smaller.
      Float(x * [1, 1e-2, 1e-4, 1e-6, 1e-8][index % 5] * (index < 1000 ? 1 : 1e-3))
    }
    for (code, numbers) in [(DynamicCode.signed, numbers), (.unsigned, numbers.map { $0 * $0 })] {
      let back = kept(numbers, block: 1000, code)
      for block in [0..<1000, 1000..<2000] {
        let largest = numbers[block].map { abs($0) }.max()!
        for index in block {
          let errors = code.values.map { abs($0 * largest - numbers[index]) }
          let allowed = numbers[index] > 0 && code.values[0] == 0 ? errors.dropFirst().min()! : errors.min()!
          #expect(abs(back[index] - numbers[index]) <= allowed * 1.0001 + largest * 1e-7, "\(numbers[index])")
        }
      }
    }
  }

  @Test(
    "The error of keeping is at most half a gap of its decade: 7 % of a number near the largest, 14 % a decade below, …"
  )
  func bound() {
    let largest: Float = 2.5
    for exponent in 0..<600 {
      // From 1 down to 10⁻⁶.
      var x = largest
      for _ in 0..<exponent { x *= 0.977_237_2 }
      let back = kept([x, -x, largest], block: 3, .signed)
      let share = max(abs(back[0] - x), abs(back[1] + x)) / x
      // The map has twice as many numbers in each decade: the gap is 0.9 of the decade over 1, 2, 4, … 64.
      let decade = min(6, Int(Double(exponent) / 100))
      let gap = Float(0.9) / Float(64 >> decade)
      #expect(share <= 0.5 * gap / 0.1 * 1.001 + 1e-5, "\(x)")
    }
  }

  @Test("Zeros come back as zeros, and a positive second moment never does")
  func zeros() {
    #expect(kept([0, 0, 0, 0], block: 4, .signed) == [0, 0, 0, 0])
    #expect(kept([0, 1e-20, 1, 0], block: 4, .unsigned)[0] == 0)
    #expect(kept([0, 1e-20, 1, 0], block: 4, .unsigned)[1] > 0)
    #expect(kept([0, -1e-20, 1, 1e-20], block: 4, .signed) == [0, 0, 1, 0])
  }

  @Test("A block that left the numbers stays out of them, and no other block with it")
  func divergence() {
    let back = kept([1, .nan, 2, 1, .infinity, 2, 1, 0.5, 0], block: 3, .signed)
    #expect(back[0..<6].allSatisfy { !$0.isFinite })
    #expect(back[6] == 1 && back[8] == 0)
  }
}
