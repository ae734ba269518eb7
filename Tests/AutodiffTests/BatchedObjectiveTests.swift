import Autodiff
import Tensors
import Testing

struct BatchedObjectiveTests {
  /// Mean of (tanh(x·w) − y)², and their sum.
  private let function: TracedFunction = {
    var layout = ParameterLayout()
    layout.append("w", [2, 1], role: .weight, fanIn: 2, fanOut: 1, layer: 1)
    return TracedFunction(layout: layout, data: { [[$0, 2], [$0, 1]] }) { a in
      let error = (a.data[0].product(a.parameters[0]).tanh - a.data[1]).squared
      return .init(value: error.mean(), measures: [error.sum()])
    }
  }()
  private let inputs = [1, 2, -1, 0.5, 0.25, -2, 0.4, 0.3, -0.7, 1.1]
  private let targets = [0.5, 1, -1, 2, 0.1]

  private func batch(_ rows: Range<Int>) -> BatchedObjective<Double>.Batch {
    .init([Vector(inputs[2 * rows.lowerBound..<2 * rows.upperBound]), Vector(targets[rows])], samples: rows.count)
  }

  @Test("Batches of unlike size have the values and derivatives of all samples at once")
  func batches() {
    let whole = BatchedObjective<Double>(function, batches: [batch(0..<5)])
    let parts = BatchedObjective<Double>(function, batches: [batch(0..<2), batch(2..<4), batch(4..<5)])
    #expect(parts.samples == 5 && whole.withOutputs == nil && parts.withOutputs == nil)
    let point = Vector<Double>([0.3, -0.8])
    #expect(abs(parts.value(at: point) - whole.value(at: point)) < 1e-15)
    #expect(abs(parts.measures[0] - whole.measures[0]) < 1e-14)
    #expect(abs(whole.measures[0] - 5 * whole.value(at: point)) < 1e-14)
    let many = parts.values(at: [point, Vector([1, 1])])
    #expect(many[0].value == parts.value(at: point) && many[0].measures == parts.measures)
    #expect(many[1].value == parts.value(at: Vector([1, 1])))
    // What was computed for the points before serves the next ones.
    for objective in [whole, parts] {
      let first = objective.values(at: [point])
      #expect(objective.values(at: [Vector([1, 1]), point])[1] == first[0])
    }
    // What stood in the vectors before does not matter.
    var (a, b) = (Vector<Double>([.nan, 7]), Vector<Double>([.nan, .nan]))
    #expect(abs(whole.gradient(at: point, into: &a) - parts.gradient(at: point, into: &b)) < 1e-15)
    for place in 0..<2 { #expect(abs(a[place] - b[place]) < 1e-15) }
    let direction = Vector<Double>([0.5, 2])
    (a, b) = (Vector<Double>([.nan, 7]), Vector<Double>([.nan, .nan]))
    whole.hessianProduct(at: point, with: direction, into: &a, samePoint: false)
    parts.hessianProduct(at: point, with: direction, into: &b, samePoint: true)
    for place in 0..<2 { #expect(abs(a[place] - b[place]) < 1e-14) }
  }
}
