import Autodiff
import Fixtures
import Optimizers
import Tensors
import Testing

private struct Reference: Decodable {
  struct Case: Decodable, Sendable {
    var kind: String
    var limit: Double
    var gradient: [Double]
    var clipped: [Double]
  }
  var cases: [Case]
}

private let reference = try! fixture("clipping", as: Reference.self)

/// ⟨g, x⟩: its gradient is g everywhere.
private func slope(_ g: [Double]) -> TracedObjective<Double> {
  var layout = ParameterLayout()
  layout.append("x", [g.count], role: .coordinate, layer: 1)
  return TracedObjective(
    TracedFunction(layout: layout) { arguments in
      let x = arguments.parameters[0]
      return TracedFunction.Result(value: (x * x.trace.constant(g, shape: [g.count])).sum())
    })
}

struct ClippingTests {
  @Test("Clipped gradients agree with PyTorch's to 1e-14", arguments: reference.cases)
  fileprivate func clipped(_ wanted: Reference.Case) {
    let clip: Clip = wanted.kind == "norm" ? .norm(wanted.limit) : .value(wanted.limit)
    let objective = ClippedObjective(slope(wanted.gradient), clip)
    var gradient = Vector<Double>(zeros: 4)
    objective.begin()
    _ = objective.gradient(at: Vector(zeros: 4), into: &gradient)
    for (ours, theirs) in zip(gradient.array, wanted.clipped) {
      #expect(abs(ours - theirs) <= 1e-14 * max(1e-9, abs(theirs)))
    }
    let norm = wanted.gradient.reduce(0) { $0 + $1 * $1 }.squareRoot()
    #expect(abs(objective.firstNorm - norm) <= 1e-12 * norm)
    #expect(objective.hasClipped == (gradient.array != wanted.gradient))
  }

  @Test(
    "What is printed as norm clipping in the sources, min(max(g, −c), c), turns the gradient; norm clipping does not")
  func direction() {
    func direction(_ clip: Clip) -> Double {
      var gradient = Vector<Double>(zeros: 2)
      _ = ClippedObjective(slope([10, 1]), clip).gradient(at: Vector(zeros: 2), into: &gradient)
      return gradient[1] / gradient[0]
    }
    #expect(direction(.value(1)) == 1)
    #expect(abs(direction(.norm(1)) - 0.1) < 1e-15)
  }

  @Test("Any rule works on a clipped objective without knowing: the step is that of the clipped gradient")
  func rules() {
    for rule in [SGD(learningRate: 0.5), SGD(learningRate: 0.5, momentum: 0.9)] {
      let objective = ClippedObjective(slope([3, 4]), .norm(1))
      let optimizer = rule.makeOptimizer(for: objective.layout, precision: Double.self)
      var point = Vector([0.0, 0.0])
      var state = optimizer.start(at: point)
      let report = optimizer.step(&point, &state, on: objective, rateFactor: 1)
      #expect(abs(report.updateNorm - 0.5) < 1e-6)
      #expect(abs(point[0] + 0.3) < 1e-6 && abs(point[1] + 0.4) < 1e-6)
    }
  }

  @Test("A gradient that is not finite stays so: divergence is not hidden")
  func divergence() {
    for clip in [Clip.norm(1), .value(1)] {
      var gradient = Vector<Double>(zeros: 2)
      let objective = ClippedObjective(slope([.nan, 1]), clip)
      _ = objective.gradient(at: Vector(zeros: 2), into: &gradient)
      #expect(!objective.firstNorm.isFinite)
    }
  }
}
