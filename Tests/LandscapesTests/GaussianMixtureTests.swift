import Landscapes
import Tensors
import Testing

@Suite struct GaussianMixtureTests {
  let grid = Matrix(rows: 9, columns: 9, fitting.two)

  @Test func `A mixture of two fitted to noisy samples is as near as SciPy's`() throws {
    let (surface, fit) = try GaussianMixture.fit(grid, x: fitting.axis, y: fitting.axis, count: 2)
    #expect(fit.converged)
    #expect(abs(fit.squaredResiduals - fitting.mixture.squares) < 1e-10)
    #expect(difference(fit.parameters.map(abs), fitting.mixture.parameters.map(abs)) < 1e-5)
    #expect(surface.bowls.allSatisfy { $0.width.min() > 0 })
    // One Gaussian cannot.
    let one = try InvertedGaussian.fit(SurfaceSamples(grid: grid, x: fitting.axis, y: fitting.axis))
    #expect(one.fit.squaredResiduals > 20 * fit.squaredResiduals)
  }

  @Test func `Three planted bowls come back, and each has a minimum near it`() throws {
    let planted = GaussianMixture(
      offset: 4,
      bowls: [
        InvertedGaussian(offset: 0, depth: 3, centre: [-2, -1], width: [0.6, 0.8]),
        InvertedGaussian(offset: 0, depth: 2, centre: [2, -1.5], width: [0.7, 0.5]),
        InvertedGaussian(offset: 0, depth: 1, centre: [0.5, 2], width: [0.5, 0.5]),
      ])
    let axis = linspace(-4, 4, count: 33)
    let grid = Matrix(rows: 33, columns: 33, axis.flatMap { y in axis.map { x in planted.value(at: [x, y]) } })
    let (found, _) = try GaussianMixture.fit(grid, x: axis, y: axis, count: 3)
    #expect(abs(found.offset - 4) < 1e-8)
    for (a, b) in zip(found.bowls, planted.bowls) {
      #expect(abs(a.depth - b.depth) < 1e-8)
      #expect(((a.centre - b.centre) * (a.centre - b.centre)).sum() < 1e-16)
      #expect(((a.width - b.width) * (a.width - b.width)).sum() < 1e-16)
      // Down from the bowl's centre there is a critical point with two positive curvatures.
      var point = b.centre
      for _ in 0..<2000 { point -= 0.1 * found.gradient(at: point) }
      let h = found.hessian(at: point)
      #expect((found.gradient(at: point) * found.gradient(at: point)).sum() < 1e-18)
      #expect(h.xx > 0 && h.xx * h.yy - h.xy * h.xy > 0)
      #expect(((point - b.centre) * (point - b.centre)).sum() < 0.01)
    }
  }

  @Test func `More bowls than minima are refused with how many there are`() {
    let bowl = Matrix([[2, 1, 2], [1, 0, 1], [2, 1, 2]])
    let error = #expect(throws: LandscapeError.self) {
      try GaussianMixture.fit(bowl, x: [0, 1, 2], y: [0, 1, 2], count: 2)
    }
    #expect(error?.hints == ["1 to 1"])
  }
}
