import Autodiff
import Optimizers
import Tensors
import Testing

struct RatesBySliceTests {
  /// ½Σ cᵢ wᵢ² over two slices.
  private func bowl() -> TracedFunction {
    var layout = ParameterLayout()
    layout.append("a", [2], role: .weight, fanIn: 2, fanOut: 1, layer: 1)
    layout.append("b", [3], role: .bias, layer: 1)
    return TracedFunction(layout: layout) { arguments in
      let p = arguments.parameters
      return TracedFunction.Result(value: 0.5 * p[0].squared.sum() + 1.5 * (p[1] - 1).squared.sum())
    }
  }

  private func path(_ rule: any Rule) -> (points: [[Double]], updates: [Double]) {
    let function = bowl()
    let objective = TracedObjective<Double>(function)
    let optimizer = rule.makeOptimizer(for: function.layout, precision: Double.self)
    var point = Vector([1.0, -2, 0.5, 3, -1])
    var state = optimizer.start(at: point)
    var points = [point.array]
    var updates: [Double] = []
    for _ in 0..<6 {
      updates.append(optimizer.step(&point, &state, on: objective, rateFactor: 1).updateNorm)
      points.append(point.array)
    }
    return (points, updates)
  }

  @Test("A factor on a slice is another learning rate there, for momentum as for Adam")
  func rates() {
    for make in [
      { (rate: Double) -> any Rule in SGD(learningRate: rate, momentum: 0.9) },
      { (rate: Double) -> any Rule in
        Adam(learningRate: rate, beta1: 0.9, beta2: 0.99, epsilon: 1e-8, weightDecay: 0, isDecoupled: false)
      },
    ] {
      let sliced = path(RatesBySlice(make(0.1)) { $0.name == "a" ? 0.25 : 1 })
      let (slow, fast) = (path(make(0.025)).points, path(make(0.1)).points)
      for (step, point) in sliced.points.enumerated() {
        for index in 0..<5 {
          #expect(abs(point[index] - (index < 2 ? slow : fast)[step][index]) < 1e-12)
        }
        if step > 0 {
          let change = zip(point, sliced.points[step - 1]).reduce(0) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) }
          #expect(abs(sliced.updates[step - 1] - change.squareRoot()) < 1e-12)
        }
      }
    }
  }

  @Test("With factors of 1 nothing is wrapped: the same bits")
  func unchanged() {
    #expect(path(RatesBySlice(SGD(learningRate: 0.1)) { _ in 1 }).points == path(SGD(learningRate: 0.1)).points)
  }
}
