@testable import Tensors
import Testing

#if canImport(Glibc)
  import Glibc
#endif

struct FunctionTests {
  /// Points over the whole range of a function, dense near zero.
  private static func points(_ limit: Double) -> [Double] {
    (-2000...2000).map { i in
      let t = Double(i) / 2000
      return limit * t * t * t
    }
  }

  private func worst(
    _ points: [Double], _ ours: (Double) -> Double, _ exact: (Double) -> Double, precision: Double
  ) -> Double {
    points.map { x in
      let wanted = exact(x)
      let got = ours(x)
      return wanted == got ? 0 : abs(got - wanted) / max(abs(wanted), Double.leastNormalMagnitude) / precision
    }.max()!
  }

  @Test("Double functions are within a few units in the last place of the C library's")
  func doubles() {
    let ulp = Double.ulpOfOne
    #expect(worst(Self.points(700), Functions<Double>.exp, { Glibc.exp($0) }, precision: ulp) < 2)
    #expect(worst(Self.points(20), Functions<Double>.tanh, { Glibc.tanh($0) }, precision: ulp) < 4)
    #expect(worst(Self.points(6), Functions<Double>.erf, { Glibc.erf($0) }, precision: ulp) < 4)
    #expect(worst(Self.points(30), Functions<Double>.sigmoid, { 1 / (1 + Glibc.exp(-$0)) }, precision: ulp) < 4)
    let positive = Self.points(700).map { Glibc.exp($0) }
    #expect(worst(positive, Functions<Double>.log, { Glibc.log($0) }, precision: ulp) < 2)
  }

  @Test("Float functions are within a few units in the last place of exact values")
  func floats() {
    let ulp = Double(Float.ulpOfOne)
    func single(_ f: @escaping (Float) -> Float) -> (Double) -> Double { { Double(f(Float($0))) } }
    func exact(_ f: @escaping (Double) -> Double) -> (Double) -> Double { { f(Double(Float($0))) } }
    #expect(worst(Self.points(86), single(Functions<Float>.exp), exact { Glibc.exp($0) }, precision: ulp) < 2)
    #expect(worst(Self.points(9), single(Functions<Float>.tanh), exact { Glibc.tanh($0) }, precision: ulp) < 4)
    #expect(worst(Self.points(4), single(Functions<Float>.erf), exact { Glibc.erf($0) }, precision: ulp) < 4)
    let positive = Self.points(80).map { Glibc.exp($0) }
    #expect(worst(positive, single(Functions<Float>.log), exact { Glibc.log($0) }, precision: ulp) < 2)
  }

  @Test("The ends of the range are right: infinities, zeros, subnormal numbers, NaN")
  func ends() {
    #expect(Functions<Double>.exp(.infinity) == .infinity)
    #expect(Functions<Double>.exp(-.infinity) == 0)
    #expect(Functions<Double>.exp(710) == .infinity)
    #expect(Functions<Double>.exp(0) == 1)
    #expect(abs(Functions<Double>.exp(-740) / Glibc.exp(-740) - 1) < 0.1)
    #expect(Functions<Float>.exp(88.8) == .infinity)
    #expect(Functions<Float>.exp(-.infinity) == 0)
    #expect(Functions<Double>.log(0) == -.infinity)
    #expect(Functions<Double>.log(.infinity) == .infinity)
    #expect(Functions<Double>.log(1) == 0)
    #expect(Functions<Double>.log(-1).isNaN)
    #expect(abs(Functions<Double>.log(.leastNonzeroMagnitude) + 744.4400719213812) < 1e-9)
    #expect(Functions<Double>.tanh(.infinity) == 1)
    #expect(Functions<Double>.tanh(-.infinity) == -1)
    #expect(Functions<Double>.erf(.infinity) == 1)
    #expect(Functions<Double>.erf(-.infinity) == -1)
    #expect(Functions<Float>.erf(-50) == -1)
    for f in [Functions<Double>.exp, Functions<Double>.log, Functions<Double>.tanh, Functions<Double>.erf] {
      #expect(f(.nan).isNaN)
    }
  }
}
