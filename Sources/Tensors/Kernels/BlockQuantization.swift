/// Dynamic 8-bit numbers: 256 values in [−1, 1] (signed) or [0, 1], more of them near 0, each decade having twice as many
/// as the one below. Dettmers et al. 2022, arXiv:2110.02861; the values are those of their `create_dynamic_map`.
///
/// A block of numbers is kept as one byte a number and its largest magnitude. What is closest in the map is taken, with
/// one exception: a positive number is never kept as the unsigned 0, since a second moment that became 0 would divide.
public struct DynamicCode: Sendable {
  /// The numbers that bytes stand for, ascending.
  public let values: [Float]
  /// Where the closest number changes: `edges[i]` lies between `values[i]` and `values[i + 1]`; the last is never passed.
  let edges: [Float]
  /// A byte that is right or one too small, by the upper half of a Float's bits.
  let guesses: [UInt8]
  /// The byte of a positive number that is closest to 0.
  let least: UInt8

  public static let signed = DynamicCode(isSigned: true)
  public static let unsigned = DynamicCode(isSigned: false)

  private init(isSigned: Bool) {
    var numbers = [0.0, 1.0]
    for decade in 0..<7 {
      // The middles of equal steps from a tenth to one, in each of seven decades.
      let steps = (isSigned ? 1 : 2) << decade
      let unit = (0..<6 - decade).reduce(1.0) { value, _ in value / 10 }
      for step in 0..<steps {
        let middle = (0.1 + 0.9 * (Double(step) + 0.5) / Double(steps)) * unit
        numbers += isSigned ? [middle, -middle] : [middle]
      }
    }
    let values = numbers.sorted().map { Float($0) }
    let edges = (0..<255).map { (values[$0] + values[$0 + 1]) / 2 } + [.infinity]
    func code(_ x: Float) -> UInt8 { UInt8(edges.firstIndex { x <= $0 }!) }
    self.values = values
    self.edges = edges
    least = isSigned ? 0 : 1
    guesses = (0..<1 << 16).map { upper in
      // The least number with these upper bits, held to the map's range.
      let first = Float(bitPattern: UInt32(upper) << 16)
      let last = Float(bitPattern: UInt32(upper) << 16 | 0xFFFF)
      guard first.isFinite, last.isFinite else { return 0 }
      return code(Swift.max(-1, Swift.min(1, Swift.min(first, last))))
    }
  }
}

/// Numbers kept as bytes in a vector's memory, block by block.
public struct QuantizedArray: Sendable {
  public var count: Int
  /// Numbers that share a scale.
  public var block: Int
  public var code: DynamicCode
  /// Where in the vector's memory its bytes and its scales (a Float a block) begin, in bytes.
  public var codesAt: Int
  public var scalesAt: Int

  public var blockCount: Int { (count + block - 1) / block }

  public init(count: Int, block: Int, code: DynamicCode, codesAt: Int, scalesAt: Int) {
    self.count = count
    self.block = block
    self.code = code
    self.codesAt = codesAt
    self.scalesAt = scalesAt
  }

  /// Numbers of a block; the last may be shorter.
  public func range(of index: Int) -> Range<Int> { index * block..<min(count, (index + 1) * block) }

  /// Writes a block's numbers over `values` from `start` on.
  public func decode<T: Scalar>(
    block index: Int, of memory: Vector<T>, into values: inout Vector<T>, at start: Int
  ) {
    let range = range(of: index)
    precondition(range.count + start <= values.count && end <= memory.count * MemoryLayout<T>.stride)
    values.makeUnique()
    let bytes = unsafe UnsafeRawPointer(memory.base)
    let scale = unsafe bytes.loadUnaligned(fromByteOffset: scalesAt + 4 * index, as: Float.self)
    unsafe T.decode(
      (bytes + codesAt + range.lowerBound).assumingMemoryBound(to: UInt8.self), range.count, scale: scale, code,
      into: values.base + start)
  }

  /// Keeps numbers of `values` from `start` on as a block.
  public func encode<T: Scalar>(
    block index: Int, of memory: inout Vector<T>, from values: Vector<T>, at start: Int
  ) {
    let range = range(of: index)
    precondition(range.count + start <= values.count && end <= memory.count * MemoryLayout<T>.stride)
    memory.makeUnique()
    let bytes = unsafe UnsafeMutableRawPointer(memory.base)
    let scale = unsafe T.encode(
      values.base + start, range.count, code,
      into: (bytes + codesAt + range.lowerBound).assumingMemoryBound(to: UInt8.self))
    unsafe bytes.storeBytes(of: scale, toByteOffset: scalesAt + 4 * index, as: Float.self)
  }

  private var end: Int { max(codesAt + count, scalesAt + 4 * blockCount) }
}

extension Scalar {
  @inline(__always)
  static func decodeBlock(
    _ bytes: UnsafePointer<UInt8>, _ count: Int, scale: Float, _ code: DynamicCode,
    into values: UnsafeMutablePointer<Self>
  ) {
    unsafe code.values.withUnsafeBufferPointer { map in
      for index in 0..<count { unsafe values[index] = Self(map[Int(bytes[index])] * scale) }
    }
  }

  /// - Returns: the largest magnitude; NaN and infinity are kept there, so that a block that left the numbers stays out.
  @inline(__always)
  static func encodeBlock(
    _ values: UnsafePointer<Self>, _ count: Int, _ code: DynamicCode, into bytes: UnsafeMutablePointer<UInt8>
  ) -> Float {
    var largest: Float = 0
    for index in 0..<count {
      let magnitude = unsafe abs(Float(values[index]))
      largest = magnitude > largest || magnitude.isNaN ? magnitude : largest
    }
    let factor: Float = largest >= .leastNormalMagnitude && largest.isFinite ? 1 / largest : 0
    unsafe code.guesses.withUnsafeBufferPointer { guesses in
      unsafe code.edges.withUnsafeBufferPointer { edges in
        for index in 0..<count {
          let value = unsafe Float(values[index])
          let x = value * factor
          var byte = unsafe guesses[Int(x.bitPattern >> 16)]
          if unsafe x > edges[Int(byte)] { byte &+= 1 }
          unsafe bytes[index] = value > 0 ? max(byte, code.least) : byte
        }
      }
    }
    return largest
  }
}

extension Float {
  public static func decode(
    _ bytes: UnsafePointer<UInt8>, _ count: Int, scale: Float, _ code: DynamicCode,
    into values: UnsafeMutablePointer<Float>
  ) { unsafe decodeBlock(bytes, count, scale: scale, code, into: values) }
  public static func encode(
    _ values: UnsafePointer<Float>, _ count: Int, _ code: DynamicCode, into bytes: UnsafeMutablePointer<UInt8>
  ) -> Float { unsafe encodeBlock(values, count, code, into: bytes) }
}

extension Double {
  public static func decode(
    _ bytes: UnsafePointer<UInt8>, _ count: Int, scale: Float, _ code: DynamicCode,
    into values: UnsafeMutablePointer<Double>
  ) { unsafe decodeBlock(bytes, count, scale: scale, code, into: values) }
  public static func encode(
    _ values: UnsafePointer<Double>, _ count: Int, _ code: DynamicCode, into bytes: UnsafeMutablePointer<UInt8>
  ) -> Float { unsafe encodeBlock(values, count, code, into: bytes) }
}
