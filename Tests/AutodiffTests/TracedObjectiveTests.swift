import Autodiff
import Tensors
import Testing

struct TracedObjectiveTests {
  /// ½ Σᵢ (tanh(xᵢ·w) − yᵢ²)² over samples with two inputs each.
  private func objective() -> TracedObjective<Double> {
    var layout = ParameterLayout()
    layout.append("w", [2, 1], role: .weight, fanIn: 2, fanOut: 1, layer: 1)
    let function = TracedFunction(layout: layout, data: { [[$0, 2], [$0, 1]] }) { arguments in
      let difference = arguments.data[0].product(arguments.parameters[0]).tanh - arguments.data[1].squared
      return TracedFunction.Result(value: 0.5 * difference.squared.sum())
    }
    let objective = TracedObjective<Double>(function)
    objective.set([Vector([1, 2, -1, 0.5, 0.25, -2]), Vector([0.5, 1, -1])], samples: 3)
    return objective
  }

  @Test("Values at many points are those of the points one by one, on whatever data stands at the time")
  func manyPoints() {
    let objective = objective()
    let points = [[0.1, 0.2], [-1, 1], [3, 0], [0.1, 0.2]].map { Vector<Double>($0) }
    let first = objective.values(at: points)
    #expect(first == points.map { objective.value(at: $0) })
    #expect(Set(first).count == 3)
    objective.set([Vector([2, 2, -1, 0.5, 0.25, -2]), Vector([0.5, 3, -1])], samples: 3)
    let second = objective.values(at: points)
    #expect(second == points.map { objective.value(at: $0) })
    #expect(second[0] != first[0])
    #expect(objective.values(at: []).isEmpty)
  }

  @Test("A gradient says how many bytes it keeps on its way, and none before there was one")
  func bytes() {
    let objective = objective()
    #expect(objective.gradientBytes == 0)
    var gradient = Vector<Double>(zeros: 2)
    _ = objective.gradient(at: Vector([0.1, 0.2]), into: &gradient)
    #expect(objective.gradientBytes >= 3 * 8)
  }
}
