import Autodiff
import Optimizers
import Tensors
import Testing

/// ½λw² in one parameter.
private final class Parabola: Objective {
  let curvature: Double
  let layout: ParameterLayout

  init(_ curvature: Double) {
    self.curvature = curvature
    var layout = ParameterLayout()
    layout.append("w", [1], role: .coordinate, layer: 1)
    self.layout = layout
  }

  func value(at point: Vector<Double>) -> Double { curvature * point[0] * point[0] / 2 }
  func gradient(at point: Vector<Double>, into gradient: inout Vector<Double>) -> Double {
    gradient[0] = curvature * point[0]
    return value(at: point)
  }
  func hessianProduct(
    at point: Vector<Double>, with direction: Vector<Double>, into product: inout Vector<Double>, samePoint: Bool
  ) { product[0] = curvature * direction[0] }
}

struct StabilityEdgeTests {
  /// Spectral radius of [[a, b], [c, d]].
  private func radius(_ a: Double, _ b: Double, _ c: Double, _ d: Double) -> Double {
    let (half, determinant) = ((a + d) / 2, a * d - b * c)
    let square = half * half - determinant
    return square < 0 ? determinant.squareRoot() : abs(half) + square.squareRoot()
  }

  @Test("At the limit the recurrence's spectral radius is 1, on either side it is not: the four published edges")
  func radii() {
    let rate = 0.03
    for momentum in [0.3, 0.9] {
      let (m, u) = (momentum, 1 - momentum)
      let ball = SGD(learningRate: rate, momentum: m)
      let average = SGD(learningRate: rate, momentum: m, convention: .ema)
      let nesterov = SGD(learningRate: rate, momentum: m, nesterov: true)
      let limits = [ball, average, nesterov].map { $0.curvatureLimit(learningRate: rate) }
      #expect(abs(limits[0] - (2 + 2 * m) / rate) < 1e-9)
      #expect(abs(limits[1] - (2 + 2 * m) / (rate * (1 - m))) < 1e-9)
      #expect(abs(limits[2] - (2 + 2 * m) / (rate * (1 + 2 * m))) < 1e-9)
      for share in [0.999, 1, 1.001] {
        // v ← mv + tλw, then w ← w − η(v, or λw + mv).
        let x = limits.map { share * $0 * rate }
        let found = [
          radius(1 - x[0], -rate * m, x[0] / rate, m), radius(1 - u * x[1], -rate * m, u * x[1] / rate, m),
          radius(1 - x[2] * (1 + m), -rate * m * m, x[2] / rate, m),
        ]
        for value in found {
          if share == 1 { #expect(abs(value - 1) < 1e-12) } else { #expect((value > 1) == (share > 1)) }
        }
      }
    }
    #expect(SGD(learningRate: rate).curvatureLimit(learningRate: rate) == 2 / rate)
    #expect(abs(Adam().curvatureLimit(learningRate: 0.001) - 38_000) < 1e-6)
  }

  @Test(
    "The rules themselves shrink just below their limit and grow just above it",
    arguments: [
      SGD(learningRate: 0.1), SGD(learningRate: 0.1, momentum: 0.9),
      SGD(learningRate: 0.1, momentum: 0.9, nesterov: true),
      SGD(learningRate: 0.1, momentum: 0.9, convention: .ema), SGD(learningRate: 0.1, momentum: 0.5, dampening: 0.3),
      SGD(learningRate: 0.1, momentum: 0.5, dampening: 0.3, nesterov: true),
      SGD(learningRate: 0.1, momentum: 0.9, weightDecay: 2),
    ])
  func steps(_ rule: SGD) {
    let limit = rule.curvatureLimit(learningRate: rule.learningRate)
    for (share, grows) in [(0.99, false), (1.01, true)] {
      let objective = Parabola((limit + rule.weightDecay) * share - rule.weightDecay)
      let optimizer = rule.makeOptimizer(for: objective.layout, precision: Double.self)
      var point = Vector([1.0])
      var state = optimizer.start(at: point)
      for _ in 0..<4000 { _ = optimizer.step(&point, &state, on: objective, rateFactor: 1) }
      #expect(grows ? abs(point[0]) > 1e3 : abs(point[0]) < 1e-3, "\(share)")
    }
  }

  @Test("Adam with a frozen preconditioner shrinks below (2−ηλ)(1+β)/(η(1−β)) and grows above; decay shifts it")
  func adam() {
    for (decay, isDecoupled) in [(0.0, false), (0.1, true)] {
      let rule = Adam(learningRate: 0.5, beta2: 1, weightDecay: decay, isDecoupled: isDecoupled)
      let limit = rule.curvatureLimit(learningRate: 0.5)
      for (share, grows) in [(0.99, false), (1.01, true)] {
        // m ← βm + (1−β)λw; w ← (1−ηd)w − ηm, by hand.
        var (w, m) = (1.0, 0.0)
        for _ in 0..<20_000 where abs(w) < 1e4 {
          m = 0.9 * m + 0.1 * share * limit * w
          w = (1 - 0.5 * decay) * w - 0.5 * m
        }
        #expect(grows ? abs(w) > 1e3 : abs(w) < 1e-3)
      }
    }
    #expect(Adam(weightDecay: 0.1).curvatureLimit(learningRate: 0.1).isNaN)
  }

  @Test("What Adam divides by is (1 − β₁ᵗ)(√v̂ + ε): a step is the momentum over it")
  func preconditioner() throws {
    for rule in [Adam(learningRate: 0.1), Adam(learningRate: 0.1, amsgrad: true)] {
      let objective = Parabola(3)
      let optimizer = rule.makeOptimizer(for: objective.layout, precision: Double.self)
      var point = Vector([2.0])
      var state = optimizer.start(at: point)
      #expect(rule.preconditioner(in: state) == nil)
      for _ in 0..<5 {
        let before = point[0]
        _ = optimizer.step(&point, &state, on: objective, rateFactor: 1)
        let divisor = try #require(rule.preconditioner(in: state))[0]
        #expect(abs(before - point[0] - 0.1 * state.vectors[0] / divisor) < 1e-14)
      }
    }
  }
}
