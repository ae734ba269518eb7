/// Kinds of random numbers that fill whole arrays.
public enum RandomNumbers: Sendable, Hashable {
  /// 0 with probability `rate`, else 1/(1 − rate): what inverted dropout multiplies by.
  case dropout(rate: Double)
  /// Uniform on an interval.
  case uniform(from: Double, to: Double)
  /// −1 or 1, as likely.
  case signs

  /// The expectation.
  public var mean: Double {
    switch self {
    case .dropout: 1
    case .uniform(let low, let high): (low + high) / 2
    case .signs: 0
    }
  }
}

extension Vector {
  /// Writes `perSample` numbers for each of the samples, row by row; sample number i draws from the i-th substream, so
  /// that a part of a batch sees what the whole batch would have.
  public mutating func fill(_ kind: RandomNumbers, perSample: Int, samples: Range<Int>, from stream: Stream) {
    precondition(count >= perSample * samples.count)
    makeUnique()
    Element.fill(kind, perSample: perSample, samples: samples, from: stream, into: self)
  }
}

/// The loop, specialised for each scalar by its callers in `Float` and `Double`.
@inline(__always)
func fillRandom<T: Scalar>(
  _ kind: RandomNumbers, perSample: Int, samples: Range<Int>, from stream: Stream, into vector: Vector<T>
) {
  let target = unsafe vector.base
  var index = 0
  for sample in samples {
    var numbers = stream.substream(sample)
    switch kind {
    case .dropout(let rate):
      let kept = T(1 / (1 - rate))
      let threshold = UInt32(min(rate * 0x1p32, 0x1p32 - 1))
      for _ in 0..<perSample {
        unsafe target[index] = numbers.next() < threshold ? 0 : kept
        index += 1
      }
    case .uniform(let low, let high):
      let scale = (high - low) * 0x1p-32
      for _ in 0..<perSample {
        unsafe target[index] = T(low + scale * Double(numbers.next()))
        index += 1
      }
    case .signs:
      var bits: UInt32 = 0
      for place in 0..<perSample {
        if place % 32 == 0 { bits = numbers.next() }
        unsafe target[index] = bits & 1 == 0 ? -1 : 1
        bits >>= 1
        index += 1
      }
    }
  }
}
