import Autodiff
import Tensors
import Testing

struct BatchStatisticsTests {
  @Test("Statistics are the batches' own, weighted by their sizes, whatever they were and however fast they move")
  func weighted() {
    var layout = ParameterLayout()
    layout.append("w", .scalar, role: .weight, layer: 1)
    var buffers = ParameterLayout()
    buffers.append("mean", .scalar, role: .mean, layer: 1)
    buffers.append("direction", .scalar, role: .singularVector, layer: 1, start: .constant(3))
    let function = TracedFunction(layout: layout, buffers: buffers, data: { [[$0]] }) { a in
      let mean = (a.data[0] * a.parameters[0]).mean()
      let used = a.mode == .train ? mean : a.buffers[0]
      return .init(value: used.squared, buffers: [0.7 * a.buffers[0] + 0.3 * mean, a.buffers[1] + 1])
    }
    let objective = BatchedObjective<Double>(
      function, buffers: Vector([-40, 3]),
      batches: [.init([Vector([1, 2, 6])], samples: 3), .init([Vector([10])], samples: 1)])
    let found = objective.statistics(at: Vector([2]))
    // (3 · 2 · 3 + 1 · 2 · 10)/4; what is no statistic stays.
    #expect(abs(found[0] - 9.5) < 1e-8 && found[1] == 3)
    #expect(objective.mode == .eval && objective.buffers.array == [-40, 3])
    objective.buffers = found
    #expect(abs(objective.value(at: Vector([2])) - 90.25) < 1e-6)
  }
}
