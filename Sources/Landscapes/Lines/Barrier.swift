/// What stands between two points of weight space on a path: how far the loss rises above the straight line between the
/// losses of its ends.
///
/// B = maxₜ [L(φ(t)) − ((1 − t) L(φ(0)) + t L(φ(1)))]; ends count, so that it is never negative. Frankle, Dziugaite, Roy
/// & Carbin, "Linear mode connectivity and the lottery ticket hypothesis", 2020, arXiv:1912.05671.
public struct Barrier: Hashable, Sendable {
  public var height: Double
  /// Where it is highest.
  public var position: Double

  /// - Parameters:
  ///   - positions: t of the samples, rising, with 0 and 1 among them; what lies outside them does not count.
  ///   - losses: L(φ(t)). One that is not a number makes the height NaN, infinite ones make it infinite.
  /// - Throws: `LandscapeError` when the ends are missing.
  public init(positions: [Double], losses: [Double]) throws {
    guard positions.count == losses.count, let first = positions.firstIndex(of: 0),
      let last = positions.firstIndex(of: 1)
    else {
      throw LandscapeError(
        "a barrier needs a loss at 0 and at 1", hints: ["choose a number of points that puts samples on both ends"])
    }
    height = 0
    position = 0
    let (start, end) = (losses[first], losses[last])
    for (t, loss) in zip(positions, losses) where t >= 0 && t <= 1 {
      let rise = loss - ((1 - t) * start + t * end)
      if rise > height || rise.isNaN { (height, position) = (rise, t) }
      if rise.isNaN { return }
    }
  }
}
