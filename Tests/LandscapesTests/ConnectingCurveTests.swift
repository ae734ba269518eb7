import Landscapes
import Tensors
import Testing

private func combination(_ weights: [Double], _ points: [[Double]]) -> [Double] {
  points[0].indices.map { axis in zip(weights, points).reduce(0) { $0 + $1.0 * $1.1[axis] } }
}

@Suite struct ConnectingCurveTests {
  let points = lines.curve.control

  @Test func `Bézier points, slopes and length equal SciPy's`() {
    let curve = ConnectingCurve.bezier
    #expect(difference(combination(curve.coefficients(at: 0.3, points: 4), points), lines.curve.middle) < 1e-14)
    #expect(difference(combination(curve.slopes(at: 0.3, points: 4), points), lines.curve.slope) < 1e-13)
    let control = Matrix(points)
    #expect(abs(curve.length(products: control.times(control, otherTransposed: true)) - lines.curve.length) < 1e-12)
  }

  @Test func `Three points give Garipov's weights`() {
    for t in [0, 0.2, 0.5, 0.9, 1] {
      let expected = [(1 - t) * (1 - t), 2 * t * (1 - t), t * t]
      #expect(difference(ConnectingCurve.bezier.coefficients(at: t, points: 3), expected) < 1e-15)
      let chain = [max(0, 1 - 2 * t), 1 - abs(2 * t - 1), max(0, 2 * t - 1)]
      #expect(difference(ConnectingCurve.polyChain.coefficients(at: t, points: 3), chain) < 1e-15)
    }
  }

  @Test(arguments: ConnectingCurve.allCases)
  func `Curves start and end at their ends, weights sum to 1, slopes are differences`(curve: ConnectingCurve) {
    #expect(curve.coefficients(at: 0, points: 4) == [1, 0, 0, 0])
    #expect(curve.coefficients(at: 1, points: 4) == [0, 0, 0, 1])
    for t in [0.05, 0.31, 0.5, 0.77] {
      #expect(abs(curve.coefficients(at: t, points: 4).reduce(0, +) - 1) < 1e-14)
      let (above, below) = (curve.coefficients(at: t + 1e-6, points: 4), curve.coefficients(at: t - 1e-6, points: 4))
      #expect(difference(zip(above, below).map { ($0 - $1) / 2e-6 }, curve.slopes(at: t, points: 4)) < 1e-8)
    }
    // Two points are a straight line whatever the curve.
    #expect(curve.slopes(at: 0.4, points: 2) == [-1, 1])
    #expect(abs(curve.length(products: Matrix([[25, 0], [0, 144]])) - 13) < 1e-12)
  }

  @Test func `A chain is as long as its pieces`() {
    let control = Matrix([[0, 0], [3, 4], [3, 5], [8, 17]])
    let length = ConnectingCurve.polyChain.length(products: control.times(control, otherTransposed: true))
    #expect(abs(length - 19) < 1e-12)
  }
}
