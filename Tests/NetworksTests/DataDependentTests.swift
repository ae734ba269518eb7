import Autodiff
import Networks
import Tensors
import Testing

struct DataDependentTests {
  private func setting(_ model: Model, seed: UInt64 = 1) -> Initializer.Setting {
    Initializer.Setting(model: model, bookSeed: 1, seed: seed) { samples in
      var stream = Stream(book: 1, run: 9, purpose: .data("inputs"))
      return stream.normals(samples * model.inputs).map { 3 * $0 + 1 }
    }
  }

  /// The deviation of what each layer gives for the setting's inputs, over samples and units.
  private func deviations(_ parameters: [Double], _ setting: Initializer.Setting, samples: Int) -> [Double] {
    let model = setting.model
    let trace = Trace()
    let slices = model.layout.slices.map { trace.input(slot: 1, offset: $0.offset, shape: $0.shape) }
    let signals = model.pass(slices, trace.input(slot: 2, shape: [samples, model.inputs])).signals
    return signals.map { signal in
      let program = Program([Program.Output(signal, slot: 3)])
      let workspace = program.makeWorkspace(of: Double.self)
      workspace.slots[1] = Vector(parameters)
      workspace.slots[2] = Vector(setting.inputs(samples))
      workspace.slots[3] = Vector(zeros: signal.shape.count)
      program.run(workspace)
      let values = workspace.slots[3].array
      let mean = values.reduce(0, +) / Double(values.count)
      return (values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(values.count)).squareRoot()
    }
  }

  @Test("LSUV gives every layer deviation 1 on its batch, whatever the activation")
  func lsuv() {
    for activation in [Activation.relu, .tanh, .sigmoid] {
      let model = Model.perceptron(inputs: 7, hidden: [20, 16, 12], outputs: 5, activation: activation)
      let start = Initializer.lsuv(samples: 40, tolerance: 0.01).parameters(for: setting(model))
      for deviation in deviations(start, setting(model), samples: 40) { #expect(abs(deviation - 1) < 0.01) }
      let plain = Initializer.orthogonal(gain: 1).parameters(for: setting(model))
      #expect(deviations(plain, setting(model), samples: 40).contains { abs($0 - 1) > 0.1 })
      // Directions stay: each matrix is the orthonormal one times a number.
      for slice in model.layout.weights {
        let ratios = slice.range.map { start[$0] / plain[$0] }
        #expect(ratios.allSatisfy { abs($0 / ratios[0] - 1) < 1e-9 })
      }
    }
  }

  @Test("The gradient quotient and its slopes along the weights' norms agree with PyTorch")
  func quotient() {
    let wanted = meanFieldReference.gradientQuotient
    let model = Model.perceptron(
      inputs: wanted.sizes[0], hidden: [wanted.sizes[1]], outputs: wanted.sizes[2], activation: .tanh)
    let quotient = GradientQuotient(of: model, samples: wanted.labels.count, epsilon: wanted.epsilon)
    let result = quotient(
      at: wanted.parameters, inputs: wanted.inputs, targets: wanted.labels, on: quotient.makeWorkspace())
    #expect(abs(result.quotient / wanted.value - 1) < 1e-9)
    for (slope, other) in zip(result.slopes, wanted.normSlopes) { #expect(abs(slope / other - 1) < 1e-7) }
  }

  @Test("The gradient quotient of a loss that is linear in its parameters is 0, of a curved one it is not")
  func linear() {
    let trace = Trace()
    let w = trace.input(slot: 1, shape: [4])
    let slope = trace.constant([1, -2, 0.5, 3], shape: [4])
    let linear = Networks.gradientQuotient(of: (w * slope).sum(), withRespectTo: [w], epsilon: 0)
    // ½·Σ c w²: Hg = c² w, so the quotient is mean |c|.
    let curved = Networks.gradientQuotient(of: 0.5 * (slope * w.squared).sum(), withRespectTo: [w], epsilon: 0)
    let program = Program([Program.Output(linear, slot: 2), Program.Output(curved, slot: 2, offset: 1)])
    let workspace = program.makeWorkspace(of: Double.self)
    workspace.slots[1] = Vector([0.3, 1, -2, 5])
    workspace.slots[2] = Vector(zeros: 2)
    program.run(workspace)
    #expect(workspace.slots[2][0] == 0)
    #expect(abs(workspace.slots[2][1] - 6.5 / 4) < 1e-12)
  }

  @Test("MetaInit lowers the gradient quotient and changes nothing but norms")
  func metaInit() {
    let model = Model.perceptron(inputs: 8, hidden: [16, 16, 16], outputs: 4, activation: .tanh)
    let base = Initializer.normal(mean: 0, deviation: 1)
    let before = base.parameters(for: setting(model))
    let after = base.metaInit(steps: 60, samples: 16, rate: 0.1, momentum: 0.9).parameters(for: setting(model))
    for slice in model.layout.weights {
      let ratios = slice.range.map { after[$0] / before[$0] }
      #expect(ratios.allSatisfy { abs($0 / ratios[0] - 1) < 1e-9 })
    }
    let quotient = GradientQuotient(of: model, samples: 64)
    var stream = Stream(book: 1, run: 1, purpose: .probes(7))
    let (inputs, targets) = quotient.randomBatch(&stream)
    let workspace = quotient.makeWorkspace()
    let first = quotient(at: before, inputs: inputs, targets: targets, on: workspace).quotient
    let last = quotient(at: after, inputs: inputs, targets: targets, on: workspace).quotient
    #expect(last < 0.5 * first)
  }

  @Test("Edge of chaos draws weights and biases with the deviations asked for, or the activation's own")
  func edgeOfChaos() {
    let model = Model.perceptron(inputs: 100, hidden: [300], outputs: 200, activation: .tanh)
    func meanSquare(_ initializer: Initializer, _ index: Int) -> Double {
      let values = initializer.parameters(for: setting(model))[model.layout.slices[index].range]
      return values.reduce(0) { $0 + $1 * $1 } / Double(values.count)
    }
    let given = Initializer.edgeOfChaos(weightDeviation: 1.5, biasDeviation: 0.2)
    #expect(abs(meanSquare(given, 0) * 100 / 2.25 - 1) < 4 * (2 / 30_000.0).squareRoot())
    #expect(abs(meanSquare(given, 1) / 0.04 - 1) < 4 * (2 / 300.0).squareRoot())
    let solved = Initializer.edgeOfChaos(weightDeviation: nil, biasDeviation: 0.3)
    #expect(abs((meanSquare(solved, 0) * 100).squareRoot() / 1.39558 - 1) < 4 * (0.5 / 30_000.0).squareRoot())
    #expect(solved.refusal(of: model) == nil)
    let relu = Model.perceptron(inputs: 2, hidden: [2], outputs: 2, activation: .relu)
    #expect(solved.refusal(of: relu)?.contains("relu") == true)
  }
}
