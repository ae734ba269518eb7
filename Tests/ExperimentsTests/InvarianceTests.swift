import Autodiff
import Networks
import Tensors
import Testing

/// What leaves a network's outputs as they are: the reason why flatness alone says little (Dinh et al. 2017,
/// arXiv:1703.04933).
struct InvarianceTests {
  private func outputs(_ model: Model, _ parameters: [Double], _ buffers: [Double], _ mode: TracedFunction.Mode)
    -> [Double]
  {
    var stream = Stream(book: 3, run: 1, purpose: .probes(0))
    let objective = TracedObjective<Double>(model.training(with: .crossEntropy), buffers: Vector(buffers))
    objective.mode = mode
    objective.set([Vector(stream.normals(7 * model.inputs)), Vector(zeros: 7)], samples: 7)
    var outputs = Vector<Double>(zeros: 7 * model.outputs)
    objective.outputs(at: Vector(parameters), into: &outputs)
    return outputs.array
  }
  private func start(_ model: Model) -> [Double] {
    var stream = Stream(book: 3, run: 1, purpose: .probes(1))
    return stream.normals(model.layout.count).map { $0 / 2 }
  }
  private func scale(_ name: String, by factor: Double, _ model: Model, _ parameters: inout [Double]) {
    let slice = model.layout.slices.first { $0.name == name }!
    for place in slice.range { parameters[place] *= factor }
  }

  @Test("A ReLU layer times c and the next one over c compute the same; a tanh layer does not")
  func relu() {
    for c in [0.01, 3, 250] {
      for activation in [Activation.relu, .tanh] {
        let model = Model.perceptron(inputs: 5, hidden: [6, 4], outputs: 3, activation: activation)
        var parameters = start(model)
        let before = outputs(model, parameters, [], .eval)
        scale("linear-1.weight", by: c, model, &parameters)
        scale("linear-1.bias", by: c, model, &parameters)
        scale("linear-2.weight", by: 1 / c, model, &parameters)
        let change = zip(before, outputs(model, parameters, [], .eval)).reduce(0) { max($0, abs($1.0 - $1.1)) }
        #expect(activation == .relu ? change < 1e-12 : change > 1e-3)
      }
    }
  }

  @Test("Batch normalization forgets the scale of the weights before it")
  func batchNorm() throws {
    // Without an ε, which alone notices the scale.
    let model = try Model.chain(
      "normalised",
      [Linear(units: 6), BatchNorm(epsilon: 0), ActivationLayer(.tanh), Linear(units: 3)], inputShape: [5], outputs: 3)
    var parameters = start(model)
    let buffers = model.buffers.startingValues()
    let before = outputs(model, parameters, buffers, .train)
    scale("linear-1.weight", by: 40, model, &parameters)
    scale("linear-1.bias", by: 40, model, &parameters)
    #expect(zip(before, outputs(model, parameters, buffers, .train)).allSatisfy { abs($0 - $1) < 1e-12 })
    // Fixed running statistics do not follow.
    #expect(
      !zip(outputs(model, start(model), buffers, .eval), outputs(model, parameters, buffers, .eval))
        .allSatisfy { abs($0 - $1) < 1e-3 })
  }
}
