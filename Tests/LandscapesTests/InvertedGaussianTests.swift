import Landscapes
import Tensors
import Testing

/// The surface whose parameters the source printed.
private let printed = InvertedGaussian(
  offset: 29.5, depth: 29.27164346, centre: [-0.0488573, -0.06687705], width: [0.7469189, 0.94904458])

@Suite struct InvertedGaussianTests {
  let samples = SurfaceSamples(grid: Matrix(rows: 9, columns: 9, fitting.one), x: fitting.axis, y: fitting.axis)

  @Test func `Gradient and Hessian are those of differences`() {
    for point in [SIMD2(0.3, -0.4), SIMD2(-0.9, 0.2), SIMD2(1.5, 1.1)] {
      let h = 1e-4
      let (dx, dy) = (SIMD2(h, 0), SIMD2(0, h))
      let gradient = printed.gradient(at: point)
      // Five points: the error is of order h⁴.
      func slope(_ d: SIMD2<Double>) -> Double {
        let f = printed.value(at:)
        return (f(point - 2 * d) - 8 * f(point - d) + 8 * f(point + d) - f(point + 2 * d)) / (12 * h)
      }
      #expect(abs(gradient.x - slope(dx)) < 1e-8)
      #expect(abs(gradient.y - slope(dy)) < 1e-8)
      func change(_ d: SIMD2<Double>) -> SIMD2<Double> {
        let g = printed.gradient(at:)
        let outer = g(point - 2 * d) - g(point + 2 * d)
        return (outer + 8 * (g(point + d) - g(point - d))) / (12 * h)
      }
      let hessian = printed.hessian(at: point)
      #expect(abs(hessian.xx - change(dx).x) < 1e-8)
      #expect(abs(hessian.xy - change(dx).y) < 1e-8)
      #expect(abs(hessian.xy - change(dy).x) < 1e-8)
      #expect(abs(hessian.yy - change(dy).y) < 1e-8)
    }
  }

  @Test func `The surface is convex inside one deviation and nowhere else`() {
    for u in linspace(-2, 2, count: 21) {
      for v in linspace(-2, 2, count: 21) where abs(u * u + v * v - 1) > 0.01 {
        let point = printed.centre + printed.width * SIMD2(u, v)
        let h = printed.hessian(at: point)
        let isConvex = h.xx * h.yy - h.xy * h.xy >= 0 && h.xx + h.yy >= 0
        #expect(printed.isConvex(at: point) == isConvex)
        #expect(isConvex == (u * u + v * v <= 1))
      }
    }
    #expect(printed.gradient(at: [40, 40]) == .zero)
  }

  @Test func `A plus sign makes the centre a maximum`() {
    let hill = InvertedGaussian(offset: 0, depth: -1, centre: .zero, width: [1, 2])
    #expect(hill.value(at: .zero) == 1)
    #expect(hill.curvatures.max() < 0)
  }

  @Test func `The printed parameters have curvatures 52.47 and 32.50, and descent is stable below a rate of 0.0381`() {
    #expect(abs(printed.curvatures.x - 52.47) < 0.005)
    #expect(abs(printed.curvatures.y - 32.50) < 0.005)
    #expect(abs(printed.greatestStableRate - 0.0381) < 5e-5)
    func distance(rate: Double, momentum: Double? = nil, steps: Int = 2000, from start: SIMD2<Double> = [-1, 1])
      -> Double
    {
      var point = start
      var velocity = SIMD2<Double>.zero
      for step in 0..<steps {
        let gradient = printed.gradient(at: point)
        velocity = step == 0 ? gradient : (momentum ?? 0) * velocity + (1 - (momentum ?? 0)) * gradient
        point -= rate * velocity
      }
      let d = point - printed.centre
      return (d * d).sum().squareRoot()
    }
    #expect(distance(rate: 0.03) < 1e-10)
    #expect(distance(rate: 0.1) > 0.1)
    // Just below and just above the bound.
    #expect(distance(rate: 0.99 * printed.greatestStableRate, steps: 5000) < 1e-8)
    #expect(distance(rate: 1.01 * printed.greatestStableRate, steps: 5000) > 1e-3)
    // The moving-average momentum of the source is stable up to a curvature of 360.
    #expect(distance(rate: 0.05, momentum: 0.8) < 1e-10)
    let edge = printed.greatestStableRate(momentum: 0.8, average: true)
    #expect(abs(edge * printed.curvatures.max() - 18) < 1e-12)
    #expect(abs(printed.greatestStableRate(momentum: 0.9) * printed.curvatures.max() - 3.8) < 1e-12)
    let near = printed.centre + SIMD2(0.01, 0.01)
    #expect(distance(rate: 0.98 * edge, momentum: 0.8, steps: 20000, from: near) < 1e-6)
    #expect(distance(rate: 1.02 * edge, momentum: 0.8, steps: 20000, from: near) > 1e-3)
  }

  @Test func `A planted Gaussian comes back to 1e-8, widths positive`() throws {
    let axis = linspace(-1, 1, count: 30)
    let planted = InvertedGaussian(offset: 31, depth: 29.27, centre: [-0.05, -0.07], width: [0.75, 0.95])
    let grid = Matrix(rows: 30, columns: 30, axis.flatMap { y in axis.map { x in planted.value(at: [x, y]) } })
    for offset in [InvertedGaussian.Offset.free, .pinned(31)] {
      let (found, fit) = try InvertedGaussian.fit(SurfaceSamples(grid: grid, x: axis, y: axis), offset: offset)
      #expect(fit.converged)
      #expect(abs(found.depth - planted.depth) < 1e-8)
      #expect(abs(found.offset - planted.offset) < 1e-8)
      #expect((found.centre - planted.centre).max() < 1e-8)
      #expect((found.centre - planted.centre).min() > -1e-8)
      #expect((found.width - planted.width).max() < 1e-8)
      #expect((found.width - planted.width).min() > -1e-8)
      #expect(fit.determination(of: grid.elements) > 1 - 1e-14)
    }
    // Pinning the rim at the greatest sample bends everything else.
    let biased = try InvertedGaussian.fit(SurfaceSamples(grid: grid, x: axis, y: axis), offset: .greatest)
    #expect(abs(biased.surface.depth - planted.depth) > 0.1)
    #expect(biased.fit.determination(of: grid.elements) < 0.9999)
  }

  @Test func `Fits to noisy samples equal SciPy's, free and pinned`() throws {
    let free = try InvertedGaussian.fit(samples)
    #expect(difference(free.fit.parameters.map(abs), fitting.free.parameters.map(abs)) < 1e-6)
    #expect(abs(free.fit.squaredResiduals - fitting.free.squares) < 1e-12)
    let covariance = try #require(free.fit.covariance)
    let scale = fitting.free.covariance.map(abs).max() ?? 0
    #expect(difference(covariance.elements, fitting.free.covariance) < 1e-5 * scale)
    let pinned = try InvertedGaussian.fit(samples, offset: .greatest)
    #expect(difference(pinned.fit.parameters.map(abs), fitting.pinned.map(abs)) < 1e-6)
    #expect(pinned.surface.offset == fitting.one.max())
  }

  @Test func `Residuals are data minus surface, and R² is one minus their share`() throws {
    let (surface, fit) = try InvertedGaussian.fit(samples)
    for i in samples.z.indices {
      #expect(abs(samples.z[i] - surface.value(at: [samples.x[i], samples.y[i]]) - fit.residuals[i]) < 1e-12)
    }
    let mean = samples.z.reduce(0, +) / 81
    let total = samples.z.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
    #expect(abs(fit.residuals.reduce(0) { $0 + $1 * $1 } / total - (1 - fit.determination(of: samples.z))) < 1e-14)
  }

  @Test func `Samples that are not finite are left out; a plain has no shape`() throws {
    var holed = samples
    holed.z[40] = .nan
    holed.z[3] = .infinity
    let fit = try InvertedGaussian.fit(holed).fit
    #expect(fit.residuals.count == 79)
    #expect(difference(fit.parameters.map(abs), fitting.free.parameters.map(abs)) < 0.05)
    let plain = SurfaceSamples(x: [0, 1, 2], y: [0, 1, 2], z: [1, 1, 1])
    #expect(throws: LandscapeError.self) { try InvertedGaussian.fit(plain) }
    let few = SurfaceSamples(x: [0, 1, 2], y: [0, 1, 2], z: [1, 0, 1])
    #expect(throws: LandscapeError.self) { try InvertedGaussian.fit(few) }
  }
}
