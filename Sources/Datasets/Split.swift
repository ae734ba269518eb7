import Tensors

/// How samples that come in one piece are divided into samples to train on and to be tested on.
public struct Split: Hashable, Sendable {
  /// The share of samples to be tested on, from 0 up to but not including 1.
  public var test: Double
  /// Whether inputs are shifted and scaled, column by column, to mean 0 and deviation 1 over the training samples.
  public var standardize: Bool
  /// The book's seed and the data's own: samples are drawn by them, not taken from the end.
  public var book: UInt64
  public var seed: UInt64

  public init(test: Double = 0.2, standardize: Bool = false, book: UInt64 = 0, seed: UInt64 = 0) {
    precondition(test >= 0 && test < 1, "a share of test samples from 0 to 1")
    self.test = test
    self.standardize = standardize
    self.book = book
    self.seed = seed
  }

  /// How many of `count` samples are for testing: the nearest whole number, but never all and, unless the share is 0,
  /// never none.
  func testCount(of count: Int) -> Int {
    let wanted = test == 0 ? 0 : max(1, Int((test * Double(count)).rounded()))
    return max(0, min(count - 1, wanted))
  }

  /// The two parts; samples keep their order within each.
  func apply(_ all: Samples) -> (train: Samples, test: Samples) {
    var stream = Stream(book: book, run: seed, purpose: .split)
    let drawn = Set(stream.permutation(of: all.count).prefix(testCount(of: all.count)))
    var train = all.rows((0..<all.count).filter { !drawn.contains($0) })
    var test = all.rows((0..<all.count).filter(drawn.contains))
    if standardize { (train.inputs, test.inputs) = standardized(train, test) }
    return (train, test)
  }

  /// x ↦ (x − mean)/deviation with the training samples' mean and deviation (dividing by their number); a constant
  /// column is only shifted.
  private func standardized(_ train: Samples, _ test: Samples) -> (train: PackedNumbers, test: PackedNumbers) {
    let width = train.inputWidth
    var parts = [train, test].map { $0.inputs.vector(Double.self).array }
    for column in 0..<width {
      let values = stride(from: column, to: parts[0].count, by: width).map { parts[0][$0] }
      let mean = values.reduce(0, +) / Double(values.count)
      let variance = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(values.count)
      let scale = variance > 0 ? 1 / variance.squareRoot() : 1
      for part in parts.indices {
        for index in stride(from: column, to: parts[part].count, by: width) {
          parts[part][index] = (parts[part][index] - mean) * scale
        }
      }
    }
    return (.doubles(parts[0]), .doubles(parts[1]))
  }
}
