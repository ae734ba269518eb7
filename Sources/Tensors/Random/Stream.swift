/// What random numbers are for. Each purpose has a stream of its own, so that drawing more for one never changes
/// another, and two runs that differ in one option start from the same weights and see the same batches.
public enum Purpose: Hashable, Sendable {
  /// The starting values of a named parameter.
  case weights(String)
  /// The order of the samples in an epoch.
  case order(epoch: Int)
  /// Data made on the spot.
  case data(String)
  /// How a picture is changed before it is learned from.
  case augmentation(epoch: Int, sample: Int)
  /// How a data set is split into training and test samples.
  case split
  /// Directions for estimators: Hutchinson's probes, random slices.
  case probes(Int)
  /// Labels sampled from a model at a step.
  case labels(step: Int)
  /// What a layer adds at random at a step: dropout, a random slope.
  case noise(layer: String, step: Int)

  var name: String {
    switch self {
    case .weights(let parameter): "weights of \(parameter)"
    case .order(let epoch): "order of epoch \(epoch)"
    case .data(let name): "data \(name)"
    case .augmentation(let epoch, let sample): "augmentation of sample \(sample) in epoch \(epoch)"
    case .split: "split"
    case .probes(let index): "probes \(index)"
    case .labels(let step): "labels at step \(step)"
    case .noise(let layer, let step): "noise of \(layer) at step \(step)"
    }
  }
}

/// An endless sequence of random numbers that is a pure function of (book seed, run seed, purpose): nothing else,
/// no clock, no process, no order of calls elsewhere.
public struct Stream: Sendable {
  private let key: SIMD2<UInt32>
  private var counter: UInt64 = 0
  private var substream: UInt32 = 0
  private var block = SIMD4<UInt32>.zero
  private var used = 4

  public init(book: UInt64, run: UInt64, purpose: Purpose) {
    // FNV-1a over the name, then the SplitMix64 finaliser to spread every bit.
    var hash: UInt64 = 0xcbf2_9ce4_8422_2325
    for byte in purpose.name.utf8 { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01b3 }
    let mixed = Stream.mix(Stream.mix(Stream.mix(book) ^ run) ^ hash)
    key = SIMD2(UInt32(truncatingIfNeeded: mixed), UInt32(truncatingIfNeeded: mixed >> 32))
  }

  /// An endless sequence of its own for each index, apart from this one's.
  public func substream(_ index: Int) -> Stream {
    var stream = self
    stream.counter = 0
    stream.used = 4
    stream.substream = UInt32(index + 1)
    return stream
  }

  private static func mix(_ value: UInt64) -> UInt64 {
    var z = value &+ 0x9E37_79B9_7F4A_7C15
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }

  /// The next 32 random bits.
  public mutating func next() -> UInt32 {
    if used == 4 {
      let low = UInt32(truncatingIfNeeded: counter)
      block = Philox.block(counter: SIMD4(low, UInt32(truncatingIfNeeded: counter >> 32), substream, 0), key: key)
      counter += 1
      used = 0
    }
    used += 1
    return block[used - 1]
  }

  private mutating func next64() -> UInt64 { UInt64(next()) << 32 | UInt64(next()) }

  /// Uniform on [0, 1), 53 bits.
  public mutating func uniform() -> Double { Double(next64() >> 11) * 0x1p-53 }

  /// Uniform on [low, high).
  public mutating func uniform(from low: Double, to high: Double) -> Double { low + (high - low) * uniform() }

  /// Two independent standard normal numbers (Box & Muller 1958).
  public mutating func normalPair() -> (Double, Double) {
    let radius = (-2 * Functions<Double>.log(1 - uniform())).squareRoot()
    let (sine, cosine) = turn(uniform())
    return (radius * cosine, radius * sine)
  }

  /// `count` standard normal numbers.
  public mutating func normals(_ count: Int) -> [Double] {
    var values: [Double] = []
    values.reserveCapacity(count + 1)
    while values.count < count {
      let (first, second) = normalPair()
      values.append(first)
      values.append(second)
    }
    if values.count > count { values.removeLast() }
    return values
  }

  /// `count` numbers uniform on [low, high).
  public mutating func uniforms(_ count: Int, from low: Double, to high: Double) -> [Double] {
    (0..<count).map { _ in uniform(from: low, to: high) }
  }

  /// A whole number below `bound`, without bias (Lemire 2019).
  public mutating func integer(below bound: UInt32) -> UInt32 {
    precondition(bound > 0)
    var product = next().multipliedFullWidth(by: bound)
    let threshold = (0 &- bound) % bound
    while product.low < threshold { product = next().multipliedFullWidth(by: bound) }
    return product.high
  }

  /// The numbers below `count` in random order (Fisher & Yates).
  public mutating func permutation(of count: Int) -> [Int] {
    var order = Array(0..<count)
    for index in stride(from: count - 1, to: 0, by: -1) {
      order.swapAt(index, Int(integer(below: UInt32(index + 1))))
    }
    return order
  }

  /// sin and cos of a fraction of a full turn.
  private func turn(_ fraction: Double) -> (sine: Double, cosine: Double) {
    let eighths = (fraction * 4).rounded(.toNearestOrEven)
    let rest = fraction - eighths / 4
    let w = rest * rest
    var s = 3.7808689593022957
    for c in [
      -15.093804209987114, 42.058685020160894, -76.70585970427454, 81.60524927594804, -41.341702240399634,
      6.283185307179586,
    ] { s = c.addingProduct(s, w) }
    s *= rest
    var c = -1.6968494702918826
    for k in [
      7.903091687751697, -26.426250908622137, 60.244641328867296, -85.45681720652271, 64.93939402266795,
      -19.739208802178716, 1.0,
    ] { c = k.addingProduct(c, w) }
    switch Int(eighths) & 3 {
    case 0: return (s, c)
    case 1: return (c, -s)
    case 2: return (-s, -c)
    default: return (-c, s)
    }
  }
}
