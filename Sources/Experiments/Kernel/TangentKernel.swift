import Autodiff
import Networks
import Tensors

/// The neural tangent kernel of a perceptron with one output: Θᵢⱼ = Σₗ rₗ ⟨∂f(xᵢ)/∂Wₗ, ∂f(xⱼ)/∂Wₗ⟩, `[samples, samples]`.
/// Jacot, Gabriel & Hongler 2018, arXiv:1806.07572.
///
/// The gradient by a matrix is the outer product of the derivative δ behind it and the signal h before it, so
/// Θ = Σₗ rₗ (δδᵀ ∘ hhᵀ): no gradient is ever stored.
final class TangentKernel {
  private let samples: Int
  private let workspace: Workspace<Double>
  private let program: Program

  /// - Parameter rates: the learning rate rₗ of each weight matrix; biases take no part.
  init(_ model: Model, rates: [Double], inputs: [Double]) {
    let activation = model.activation!
    precondition(model.outputs == 1 && model.layout.slices.allSatisfy { $0.role == .weight })
    samples = inputs.count / model.inputs
    let trace = Trace()
    let parameters = model.layout.slices.map { trace.input(slot: 1, offset: $0.offset, shape: $0.shape) }
    let x = trace.input(slot: 2, shape: [samples, model.inputs])
    let pass = model.pass(parameters, x)
    let derivatives = gradient(of: pass.outputs.sum(), withRespectTo: pass.signals)
    var kernel = trace.constant(0).broadcast(to: [samples, samples])
    for (layer, derivative) in derivatives.enumerated() {
      let before = layer == 0 ? x : activation(pass.signals[layer - 1])
      kernel = kernel + rates[layer] * (derivative.product(derivative.transposed) * before.product(before.transposed))
    }
    program = Program([Program.Output(kernel, slot: 3)])
    workspace = program.makeWorkspace()
    workspace.slots[2] = Vector(inputs)
    workspace.slots[3] = Vector(zeros: samples * samples)
  }

  func callAsFunction(at parameters: Vector<Double>) -> Matrix {
    workspace.slots[1] = parameters
    program.run(workspace)
    workspace.slots[1] = Vector(zeros: 0)
    return Matrix(rows: samples, columns: samples, workspace.slots[3].array)
  }
}

/// The kernel that a ReLU network's tends to as its width grows: with Σ⁰ the inputs' mean products and angles θ between
/// inputs, Σ ← σ²√(ΣᵢᵢΣⱼⱼ)(sin θ + (π−θ) cos θ)/2π, Σ̇ = σ²(π−θ)/2π, Θ ← Σ + ΘΣ̇.
/// Cho & Saul 2009 (arc-cosine kernels); Jacot, Gabriel & Hongler 2018.
func analyticTangentKernel(inputs: [Double], width: Int, hiddenLayers: Int, weightVariance: Double) -> Matrix {
  let samples = inputs.count / width
  var sigma = Matrix(rows: samples, columns: samples, Array(repeating: 0, count: samples * samples))
  for i in 0..<samples {
    for j in 0..<samples {
      let product = (0..<width).reduce(0) { $0 + inputs[i * width + $1] * inputs[j * width + $1] }
      sigma[i, j] = weightVariance * product / Double(width)
    }
  }
  var theta = sigma
  for _ in 0..<hiddenLayers {
    let last = sigma
    for i in 0..<samples {
      for j in 0..<samples {
        let scale = (last[i, i] * last[j, j]).squareRoot()
        let cosine = min(1, max(-1, last[i, j] / scale))
        let angle = arccosine(cosine)
        let open = (Double.pi - angle) / (2 * Double.pi)
        sigma[i, j] =
          weightVariance * scale * ((1 - cosine * cosine).squareRoot() / (2 * Double.pi) + open * cosine)
        theta[i, j] = sigma[i, j] + theta[i, j] * weightVariance * open
      }
    }
  }
  return theta
}

/// arccos x, by the half angle and three halvings of the arctangent's argument: the same bits on every machine.
func arccosine(_ x: Double) -> Double {
  guard x > -1 else { return Double.pi }
  var t = ((1 - min(1, x)) / (1 + min(1, x))).squareRoot()
  for _ in 0..<3 { t = t / (1 + (1 + t * t).squareRoot()) }
  var sum = 0.0
  for k in stride(from: 20, through: 0, by: -1) { sum = 1 / Double(2 * k + 1) - t * t * sum }
  return 16 * t * sum
}
