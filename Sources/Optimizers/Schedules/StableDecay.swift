/// 1 until `decay` units before the end, then down to `minimum`: after a warm-up this is warmup-stable-decay. The
/// stable part can be prolonged without deciding the end beforehand. Hu et al. 2024, arXiv:2404.06395; the shape
/// 1 − √ is of Hägele et al. 2024, arXiv:2405.18392.
public struct StableDecay: Schedule {
  public enum Shape: String, Sendable, CaseIterable { case linear, cosine, squareRoot = "square-root" }

  public var duration: Int
  public var decay: Int
  public var shape: Shape
  public var minimum: Double

  /// - Precondition: `duration` ≥ `decay` ≥ 0.
  public init(duration: Int, decay: Int, shape: Shape = .linear, minimum: Double = 0) {
    precondition(decay >= 0 && decay <= duration)
    self.duration = duration
    self.decay = decay
    self.shape = shape
    self.minimum = minimum
  }

  public func factor(at time: Int) -> Double {
    let into = time - (duration - decay)
    guard into > 0 else { return 1 }
    guard into < decay else { return minimum }
    let progress = Double(into) / Double(decay)
    return switch shape {
    case .linear: 1 - (1 - minimum) * progress
    case .cosine: cosineBlend(from: 1, to: minimum, progress)
    case .squareRoot: 1 - (1 - minimum) * progress.squareRoot()
    }
  }
}
