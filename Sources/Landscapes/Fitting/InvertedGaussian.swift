internal import Tensors

/// A bowl with a rim: f(x, y) = offset − A exp(−(x − x₀)²/2σₓ² − (y − y₀)²/2σᵧ²), the simplest surrogate of a loss surface.
///
/// It is convex only inside the ellipse ((x − x₀)/σₓ)² + ((y − y₀)/σᵧ)² ≤ 1, quasi-convex everywhere, and flat far away.
public struct InvertedGaussian: Hashable, Sendable {
  public var offset: Double
  /// The depth A, positive for a minimum at the centre.
  public var depth: Double
  public var centre: SIMD2<Double>
  /// Positive.
  public var width: SIMD2<Double>

  public init(offset: Double, depth: Double, centre: SIMD2<Double>, width: SIMD2<Double>) {
    self.offset = offset
    self.depth = depth
    self.centre = centre
    self.width = width
  }

  private func bell(_ point: SIMD2<Double>) -> Double {
    let u = (point - centre) / width
    return exponential(-(u * u).sum() / 2)
  }

  public func value(at point: SIMD2<Double>) -> Double { offset - depth * bell(point) }

  public func gradient(at point: SIMD2<Double>) -> SIMD2<Double> {
    depth * bell(point) * (point - centre) / (width * width)
  }

  /// Second derivatives: along x, along y, mixed.
  public func hessian(at point: SIMD2<Double>) -> (xx: Double, yy: Double, xy: Double) {
    let u = (point - centre) / (width * width)
    let height = depth * bell(point)
    let straight = height * (1 / (width * width) - u * u)
    return (straight.x, straight.y, -height * u.x * u.y)
  }

  /// Whether the surface is convex at a point: no negative curvature there.
  public func isConvex(at point: SIMD2<Double>) -> Bool {
    let u = (point - centre) / width
    return (u * u).sum() <= 1
  }

  /// The curvatures A/σₓ² and A/σᵧ² at the centre.
  public var curvatures: SIMD2<Double> { depth / (width * width) }

  /// The rate above which gradient descent cannot settle at the centre: 2/curvature, 2σ²/A of the narrower side.
  public var greatestStableRate: Double { 2 / curvatures.max() }

  /// The same for momentum: (2 + 2μ)/curvature for a heavy ball, v ← μv + g, and 1/(1 − μ) times that where the velocity
  /// is a moving average, v ← μv + (1 − μ)g.
  public func greatestStableRate(momentum: Double, average: Bool = false) -> Double {
    (1 + momentum) * greatestStableRate / (average ? 1 - momentum : 1)
  }
}

extension InvertedGaussian {
  /// Whether the rim's height is fitted too.
  public enum Offset: Hashable, Sendable {
    case free
    /// Held at the greatest sample, which biases depth and widths: the rim is rarely where the samples end.
    case greatest
    case pinned(Double)
  }

  /// The Gaussian nearest to samples of a surface in the least-squares sense, starting from their moments: what lies
  /// below the greatest sample is the weight. Samples that are not finite are left out.
  ///
  /// - Returns: the surface, with positive widths, and the fit: parameters are depth, centre x and y, width x and y, and
  ///   the offset when it is free; residuals are those of the finite samples in order.
  /// - Throws: `LandscapeError` when the samples are too few or all the same.
  public static func fit(_ samples: SurfaceSamples, offset: Offset = .free) throws -> (
    surface: InvertedGaussian, fit: LeastSquaresFit
  ) {
    let samples = samples.finite
    guard !samples.z.isEmpty else { throw LandscapeError(nothingFinite) }
    let isFree = offset == .free
    guard let greatest = samples.z.max(), let least = samples.z.min(), greatest > least else {
      throw LandscapeError("samples that are all the same have no Gaussian shape")
    }
    let rim = if case .pinned(let value) = offset { value } else { greatest }
    let start = samples.moments(below: greatest)
    let fixed = [greatest - least, start.centre.x, start.centre.y, start.width.x, start.width.y]
    let fit = try leastSquares(samples.z, from: fixed + (isFree ? [rim] : [])) { p, values, derivatives in
      let bowl = Bowl(p[...])
      let top = isFree ? p[5] : rim
      let n = p.count
      for i in values.indices {
        values[i] = top - bowl.depth(samples.x[i], samples.y[i], into: &derivatives, at: i * n)
        for k in 0..<5 { derivatives[i * n + k] = -derivatives[i * n + k] }
        if isFree { derivatives[i * n + 5] = 1 }
      }
    }
    let p = fit.parameters
    return (
      InvertedGaussian(
        offset: isFree ? p[5] : rim, depth: p[0], centre: [p[1], p[2]], width: [abs(p[3]), abs(p[4])]),
      fit
    )
  }
}

let nothingFinite = "no sample is finite: there is nothing to fit"

/// A·exp(…) of five parameters, and its derivatives by them.
struct Bowl {
  let p: ArraySlice<Double>
  init(_ parameters: ArraySlice<Double>) { p = parameters }

  /// The depth at a point; writes its five derivatives from `place` on.
  func depth(_ x: Double, _ y: Double, into derivatives: inout [Double], at place: Int) -> Double {
    let s = p.startIndex
    let (u, v) = ((x - p[s + 1]) / p[s + 3], (y - p[s + 2]) / p[s + 4])
    let bell = exponential(-(u * u + v * v) / 2)
    let depth = p[s] * bell
    derivatives[place] = bell
    derivatives[place + 1] = depth * u / p[s + 3]
    derivatives[place + 2] = depth * v / p[s + 4]
    derivatives[place + 3] = depth * u * u / p[s + 3]
    derivatives[place + 4] = depth * v * v / p[s + 4]
    return depth
  }
}
