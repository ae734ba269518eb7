public import Specs

/// A model at a moment of its training: parameters, buffers, optimizer state.
///
/// Numbers are kept in the precision that they were computed in.
public struct Checkpoint: Sendable, Hashable {
  public var moment: Reference.Moment
  /// Named flat arrays: `parameters`, `buffers`, `optimizer`, …
  public var arrays: [String: Numbers]
  /// What the parameters belong to: slice names and shapes, so that a checkpoint for another model is refused.
  public var layout: [String: [Int]]
  /// Counters that training resumes from, such as `epoch` and `step`.
  public var counters: [String: Int]

  public enum Numbers: Sendable, Hashable {
    case floats([Float])
    case doubles([Double])
  }

  public init(
    moment: Reference.Moment, arrays: [String: Numbers], layout: [String: [Int]], counters: [String: Int]
  ) {
    self.moment = moment
    self.arrays = arrays
    self.layout = layout
    self.counters = counters
  }
}
