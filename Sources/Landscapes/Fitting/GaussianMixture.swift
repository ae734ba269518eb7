public import Tensors

/// A surface of several bowls under one rim: offset − Σ Aₖ exp(…). A surrogate with several minima.
public struct GaussianMixture: Hashable, Sendable {
  public var offset: Double
  /// Each with the offset 0: its own part of the depth.
  public var bowls: [InvertedGaussian]

  public init(offset: Double, bowls: [InvertedGaussian]) {
    self.offset = offset
    self.bowls = bowls
  }

  public func value(at point: SIMD2<Double>) -> Double { bowls.reduce(offset) { $0 + $1.value(at: point) } }

  public func gradient(at point: SIMD2<Double>) -> SIMD2<Double> {
    bowls.reduce(.zero) { $0 + $1.gradient(at: point) }
  }

  /// Second derivatives: along x, along y, mixed.
  public func hessian(at point: SIMD2<Double>) -> (xx: Double, yy: Double, xy: Double) {
    bowls.map { $0.hessian(at: point) }.reduce((0, 0, 0)) { ($0.0 + $1.xx, $0.1 + $1.yy, $0.2 + $1.xy) }
  }

  /// The mixture of `count` bowls nearest to a grid of heights in the least-squares sense. Bowls start at the minima that
  /// persist longest, as deep as they lie below the greatest height, where the rim starts, and as wide as the samples say
  /// that are nearest to them and lie in the lower half of that depth.
  ///
  /// - Parameters:
  ///   - grid: heights, rows along `y`, columns along `x`; those not finite are left out of the fit.
  /// - Throws: `LandscapeError` when the grid has fewer minima than bowls were asked for.
  public static func fit(_ grid: Matrix, x: [Double], y: [Double], count: Int) throws -> (
    surface: GaussianMixture, fit: LeastSquaresFit
  ) {
    let all = SurfaceSamples(grid: grid, x: x, y: y)
    let samples = all.finite
    guard !samples.z.isEmpty || all.z.isEmpty else { throw LandscapeError(nothingFinite) }
    guard count >= 1, let greatest = samples.z.max() else {
      throw LandscapeError(
        "a mixture of \(count) Gaussians for \(samples.z.count) heights", hints: ["1 or more of each"])
    }
    let minima = try cubicalPersistence(of: grid, .cells).byLifetime.filter { $0.dimension == 0 }.prefix(count)
    guard minima.count == count else {
      throw LandscapeError(
        "\(count) Gaussians for a surface with \(minima.count) minima", hints: ["1 to \(minima.count)"])
    }
    let centres = minima.map { SIMD2(all.x[$0.birthCell], all.y[$0.birthCell]) }
    var start: [Double] = []
    for (centre, pair) in zip(centres, minima) {
      let width = samples.width(around: centre, among: centres, below: (pair.birth + greatest) / 2)
      start += [greatest - pair.birth, centre.x, centre.y, width.x, width.y]
    }
    start.append(greatest)
    let fit = try leastSquares(samples.z, from: start) { p, values, derivatives in
      let n = p.count
      let bowls = (0..<count).map { Bowl(p[5 * $0..<5 * $0 + 5]) }
      for i in values.indices {
        values[i] = p[n - 1]
        for (k, bowl) in bowls.enumerated() {
          values[i] -= bowl.depth(samples.x[i], samples.y[i], into: &derivatives, at: i * n + 5 * k)
        }
        for k in 0..<n - 1 { derivatives[i * n + k] = -derivatives[i * n + k] }
        derivatives[i * n + n - 1] = 1
      }
    }
    let p = fit.parameters
    let bowls = (0..<count).map { k in
      InvertedGaussian(
        offset: 0, depth: p[5 * k], centre: [p[5 * k + 1], p[5 * k + 2]],
        width: [abs(p[5 * k + 3]), abs(p[5 * k + 4])])
    }
    return (GaussianMixture(offset: p[p.count - 1], bowls: bowls), fit)
  }
}
