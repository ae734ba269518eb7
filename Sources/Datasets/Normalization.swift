import Tensors

/// What the byte of a pixel stands for: (x/255 − mean)/deviation, in single precision, channel by channel.
public struct Normalization: Hashable, Sendable {
  /// One for all channels, or one for each.
  public var mean: [Double]
  public var deviation: [Double]

  /// - Precondition: as many means as deviations, at least one.
  public init(mean: [Double], deviation: [Double]) {
    precondition(!mean.isEmpty && mean.count == deviation.count, "a mean and a deviation a channel")
    self.mean = mean
    self.deviation = deviation
  }

  /// From −1 to 1.
  public static let half = Normalization(mean: [0.5], deviation: [0.5])

  /// The tables for samples of this shape, channels first.
  func table(for shape: Shape) -> ByteTable {
    let tables = zip(mean, deviation).map { mean, deviation in
      (0..<256).map { (Float($0) / 255 - Float(mean)) / Float(deviation) }
    }
    return ByteTable(tables, run: tables.count == 1 ? shape.count : shape.count / shape[0])
  }
}
