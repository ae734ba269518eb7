public import Autodiff
public import Tensors

/// The gradient quotient of a loss: mean over parameters of |(g − Hg)/(g + ε·sign g) − 1|, g the gradient and H the
/// Hessian. Small where a gradient step changes the gradient little; 0 for a linear loss.
/// Dauphin & Schoenholz 2019 (NeurIPS).
public func gradientQuotient(of loss: Value, withRespectTo parameters: [Value], epsilon: Double) -> Value {
  let slopes = gradient(of: loss, withRespectTo: parameters)
  let squares = slopes.map { $0.squared.sum() }
  let half = 0.5 * squares.dropFirst().reduce(squares[0], +)
  let products = gradient(of: half, withRespectTo: parameters)
  let terms = zip(slopes, products).map { g, product in
    // The sign of 0 counts as 1.
    let sign = 1 - 2 * (-g).step
    return ((g - product) / (g + epsilon * sign.detached) - 1).absolute.sum()
  }
  let count = parameters.reduce(0) { $0 + $1.shape.count }
  return terms.dropFirst().reduce(terms[0], +) / Double(count)
}

/// The gradient quotient of a network's loss, compiled for a batch size.
public struct GradientQuotient: Sendable {
  private let model: Model
  private let samples: Int
  private let program: Program

  /// - Parameter samples: rows of a batch.
  public init(of model: Model, samples: Int, epsilon: Double = 1e-5) {
    self.model = model
    self.samples = samples
    let trace = Trace()
    let parameters = model.layout.slices.map { trace.input(slot: 1, offset: $0.offset, shape: $0.shape) }
    let isClassifier = model.outputs > 1
    let lossFunction: Loss = isClassifier ? .crossEntropy : .meanSquaredError
    let data = model.training(with: lossFunction).data(samples).enumerated().map {
      trace.input(slot: 2 + $0, shape: $1)
    }
    let loss = lossFunction(model.pass(parameters, data[0]).outputs, data[1])
    let quotient = gradientQuotient(of: loss, withRespectTo: parameters, epsilon: epsilon)
    // The quotient's derivative by the logarithm of each weight's norm: ⟨W, ∂GQ/∂W⟩.
    let weights = zip(model.layout.slices, parameters).filter { $0.0.role == .weight }.map(\.1)
    let slopes = zip(weights, gradient(of: quotient, withRespectTo: weights)).map { ($0 * $1).sum() }
    program = Program(([quotient] + slopes).enumerated().map { Program.Output($1, slot: 4, offset: $0) })
  }

  public func makeWorkspace() -> Workspace<Double> {
    let workspace = program.makeWorkspace(of: Double.self)
    workspace.slots[4] = Vector(zeros: 1 + model.layout.weights.count)
    return workspace
  }

  /// The quotient on a batch, and its derivative by the logarithm of each weight's norm.
  public func callAsFunction(
    at parameters: [Double], inputs: [Double], targets: [Double], on workspace: Workspace<Double>
  ) -> (quotient: Double, slopes: [Double]) {
    workspace.slots[1] = Vector(parameters)
    workspace.slots[2] = Vector(inputs)
    workspace.slots[3] = Vector(targets)
    program.run(workspace)
    let results = workspace.slots[4].array
    return (results[0], Array(results.dropFirst()))
  }

  /// Standard normal inputs and labels drawn evenly (standard normal targets, for a single output).
  public func randomBatch(_ stream: inout Stream) -> (inputs: [Double], targets: [Double]) {
    let inputs = stream.normals(samples * model.inputs)
    guard model.outputs > 1 else { return (inputs, stream.normals(samples)) }
    return (inputs, (0..<samples).map { _ in Double(stream.integer(below: UInt32(model.outputs))) })
  }
}

extension Initializer {
  /// Another recipe's weights with their norms tuned, by signed gradient steps with momentum, for a small gradient
  /// quotient on random inputs and labels: no data is used. Dauphin & Schoenholz 2019 (NeurIPS).
  public func metaInit(steps: Int, samples: Int, rate: Double, momentum: Double) -> Initializer {
    followed { parameters, setting in
      let quotient = GradientQuotient(of: setting.model, samples: samples)
      let workspace = quotient.makeWorkspace()
      var stream = setting.stream(.data("meta-init"))
      let weights = setting.model.layout.weights
      var velocities = [Double](repeating: 0, count: weights.count)
      for _ in 0..<steps {
        let (inputs, targets) = quotient.randomBatch(&stream)
        let slopes = quotient(at: parameters, inputs: inputs, targets: targets, on: workspace).slopes
        for (index, slice) in weights.enumerated() {
          let norm = slice.range.reduce(0) { $0 + parameters[$1] * parameters[$1] }.squareRoot()
          let sign = slopes[index] > 0 ? 1.0 : slopes[index] < 0 ? -1 : 0
          velocities[index] = momentum * velocities[index] - rate * sign
          let factor = norm > 0 ? (norm + velocities[index]) / norm : 1
          for position in slice.range { parameters[position] *= factor }
        }
      }
    }
  }
}
