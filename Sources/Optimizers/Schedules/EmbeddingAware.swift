/// The sources' heuristic for deep networks, as they coded it: 0.9^(depth−2), times 0.1 for ten units, then times
/// 0.1^(t/50). The "warm-up" jumps from 0.1 to 0.63 and the "cosine" is an exponential; a `Cosine` after a warm-up of
/// ten units is what was meant.
public struct EmbeddingAware: Schedule {
  public var depth: Int

  public init(depth: Int = 2) { self.depth = depth }

  public func factor(at time: Int) -> Double {
    power(0.9, Double(depth - 2)) * (time < 10 ? 0.1 : power(0.1, Double(time) / 50))
  }
}
