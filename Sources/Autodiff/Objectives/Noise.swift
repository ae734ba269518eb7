public import Tensors

/// Random numbers that a function takes in while training, a fixed number for each sample.
public struct Noise: Sendable, Hashable {
  /// Names the stream; unique in the function.
  public var name: String
  /// Numbers for one sample.
  public var count: Int
  public var kind: RandomNumbers

  public init(_ name: String, count: Int, _ kind: RandomNumbers) {
    self.name = name
    self.count = count
    self.kind = kind
  }
}

/// Which noise an evaluation sees: evaluations under equal keys see the same.
public struct NoiseKey: Sendable, Hashable {
  public var book: UInt64
  public var run: UInt64
  public var step: Int

  public init(book: UInt64 = 0, run: UInt64 = 0, step: Int = 0) {
    self.book = book
    self.run = run
    self.step = step
  }
}
