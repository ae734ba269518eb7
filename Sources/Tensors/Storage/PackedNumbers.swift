/// Numbers in the form that they came in, until a batch of them is computed with: pixels stay bytes, a file's doubles
/// doubles.
public enum PackedNumbers: Sendable, Hashable {
  case bytes([UInt8], ByteTable)
  case floats([Float])
  case doubles([Double])

  public var count: Int {
    switch self {
    case .bytes(let bytes, _): bytes.count
    case .floats(let values): values.count
    case .doubles(let values): values.count
    }
  }

  /// Rows of `width` numbers, those at these indices, in this order.
  public func rows(_ indices: some Sequence<Int>, width: Int) -> PackedNumbers {
    func gather<Number>(_ all: [Number]) -> [Number] {
      var result: [Number] = []
      for row in indices { result += all[row * width..<(row + 1) * width] }
      return result
    }
    switch self {
    case .bytes(let bytes, let table): return .bytes(gather(bytes), table)
    case .floats(let values): return .floats(gather(values))
    case .doubles(let values): return .doubles(gather(values))
    }
  }

  /// All numbers in a precision to compute with.
  public func vector<Element: Scalar>(_ type: Element.Type = Element.self) -> Vector<Element> {
    var result = Vector<Element>(zeros: count)
    result.gather([0], width: count, of: self)
    return result
  }
}

/// The numbers that bytes stand for: a table for each channel of a sample.
///
/// They are rounded to single precision, as an image library makes them, in whatever precision one computes.
public struct ByteTable: Sendable, Hashable {
  /// 256 numbers a channel.
  let floats: [Float]
  let doubles: [Double]
  public let channels: Int
  /// Neighbouring bytes of one channel in a sample; the channels follow one another.
  public let run: Int

  /// - Precondition: every table has 256 numbers.
  public init(_ tables: [[Float]], run: Int) {
    precondition(!tables.isEmpty && tables.allSatisfy { $0.count == 256 }, "a number for every byte")
    floats = tables.flatMap(\.self)
    doubles = floats.map(Double.init)
    channels = tables.count
    self.run = run
  }

  /// What a byte stands for in a channel.
  public subscript(channel: Int, byte: UInt8) -> Float { floats[256 * channel + Int(byte)] }
}
