import Autodiff
import Optimizers
import Tensors
import Testing

struct ScheduleFreeTests {
  @Test("At a constant rate the model is judged at the plain mean of the points that took the steps")
  func mean() {
    // Constant gradients: z goes 1 − 0.1t, so x after t steps is the mean of z₁ … zₜ.
    let objective = Scripted(count: 1) { _ in [1] }
    let rule = ScheduleFree(base: .sgd, learningRate: 0.1)
    let optimizer = rule.makeOptimizer(for: objective.layout, precision: Double.self)
    var point = Vector([1.0])
    var state = optimizer.start(at: point)
    for _ in 0..<10 { _ = optimizer.step(&point, &state, on: objective, rateFactor: 1) }
    let mean = (1...10).reduce(0) { $0 + 1 - 0.1 * Double($1) } / 10
    #expect(abs(optimizer.evaluationPoint(point, state)[0] - mean) < 1e-14)
    #expect(abs(point[0] - (0.9 * mean + 0.1 * 0)) < 1e-14)
  }

  @Test("While the rate warms up, later points weigh more, by the square of the largest rate so far")
  func warmup() {
    let objective = Scripted(count: 1) { _ in [1] }
    let rule = ScheduleFree(base: .sgd, learningRate: 0.4, warmup: 4)
    let optimizer = rule.makeOptimizer(for: objective.layout, precision: Double.self)
    var point = Vector([0.0])
    var state = optimizer.start(at: point)
    for _ in 0..<5 { _ = optimizer.step(&point, &state, on: objective, rateFactor: 1) }
    var z = 0.0
    var (sum, weights) = (0.0, 0.0)
    for rate in [0.1, 0.2, 0.3, 0.4, 0.4] {
      z -= rate
      sum += rate * rate * z
      weights += rate * rate
    }
    #expect(abs(optimizer.evaluationPoint(point, state)[0] - sum / weights) < 1e-14)
  }
}
