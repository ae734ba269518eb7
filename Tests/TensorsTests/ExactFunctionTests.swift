import Fixtures
import Testing

@testable import Tensors

/// Our own elementary functions against values computed with 60 digits and rounded once.
@Suite struct ExactFunctionTests {
  private struct Points: Decodable {
    var x: [Double]
    var y: [Double]
  }

  private struct Functions60: Decodable {
    var exp: Points
    var expm1: Points
    var tanh: Points
    var erf: Points
    var log: Points
    var sigmoid: Points
    var sin: Points
    var cos: Points
    var softplus: Points
  }

  /// How many units in the last place lie between two numbers.
  private func distance(_ a: Double, _ b: Double) -> Double {
    if a == b || a.isNaN && b.isNaN { return 0 }
    return abs(a - b) / max(abs(b).ulp, Double.leastNonzeroMagnitude)
  }

  private func expect(
    _ function: (Double) -> Double, _ points: Points, within units: Double,
    _ location: SourceLocation = #_sourceLocation
  ) {
    for (x, y) in zip(points.x, points.y) where abs(y) >= .leastNormalMagnitude || y == 0 {
      let found = function(x)
      #expect(
        distance(found, y) <= units, "at \(x): \(found) instead of \(y), \(distance(found, y)) units in the last place",
        sourceLocation: location)
    }
  }

  @Test func `Elementary functions are right to a few units in the last place`() throws {
    let exact: Functions60 = try fixture("functions")
    expect(Functions<Double>.exp, exact.exp, within: 1)
    let small = exact.expm1.x.indices.filter { (0...60).contains(exact.expm1.x[$0]) }
    expect(
      Functions<Double>.expm1, Points(x: small.map { exact.expm1.x[$0] }, y: small.map { exact.expm1.y[$0] }), within: 2
    )
    expect(Functions<Double>.tanh, exact.tanh, within: 4)
    expect(Functions<Double>.erf, exact.erf, within: 4)
    expect(Functions<Double>.log, exact.log, within: 1)
    expect(Functions<Double>.sigmoid, exact.sigmoid, within: 2)
    expect(Functions<Double>.sin, exact.sin, within: 1)
    expect(Functions<Double>.cos, exact.cos, within: 1)
    expect(Functions<Double>.softplus, exact.softplus, within: 2)
  }
}
