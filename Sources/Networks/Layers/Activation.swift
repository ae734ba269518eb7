import Autodiff
public import Tensors

/// A non-linearity between linear layers, with PyTorch's defaults.
public enum Activation: String, Sendable, CaseIterable {
  case relu, prelu, tanh, gelu, sigmoid, identity
  case leakyReLU = "leaky-relu"
  case rrelu, elu
  case trainableELU = "trainable-elu"
  case silu, swish, hardswish, mish, telu, softplus, erf, staf

  public var doc: String {
    switch self {
    case .relu: "max(x, 0)."
    case .prelu: "max(x, 0) + a·min(x, 0) with a learned slope a, 0.25 at the start."
    case .tanh: "The hyperbolic tangent."
    case .gelu: "x·Φ(x) with the exact normal distribution function."
    case .sigmoid: "1 / (1 + e⁻ˣ)."
    case .identity: "x: a deep linear network."
    case .leakyReLU: "max(x, 0) + 0.01·min(x, 0)."
    case .rrelu: "max(x, 0) + a·min(x, 0), a drawn from [⅛, ⅓] for each number in training, else its mean."
    case .elu: "x above 0, eˣ − 1 below."
    case .trainableELU: "x above 0, a·(eˣ − 1) below, with a learned a, 1 at the start: the sources’ TeLU."
    case .silu: "x·sigmoid(x)."
    case .swish: "Another name of silu."
    case .hardswish: "x·min(max(x + 3, 0), 6)/6."
    case .mish: "x·tanh(softplus(x))."
    case .telu: "x·tanh(eˣ): the published TeLU."
    case .softplus: "ln(1 + eˣ)."
    case .erf: "The error function."
    case .staf: "Σ C·sin(Ωx + Φ) over 25 learned waves, all N(0, 1) at the start."
    }
  }
}

/// An activation as a layer, with what it learns its own.
public struct ActivationLayer: Layer {
  public var activation: Activation

  public init(_ activation: Activation) { self.activation = activation }

  public func join(_ network: inout NetworkBuilder, input: Shape) -> JoinedLayer {
    let learned = activation.declare(&network, name: activation.learns ? network.name(activation.rawValue) : "")
    return activation.join(&network, input: input, learned: learned)
  }
}

extension Activation {
  /// Whether it has parameters.
  var learns: Bool { [.prelu, .trainableELU, .staf].contains(self) }

  /// Declares what the activation learns; several layers may share it.
  func declare(_ network: inout NetworkBuilder, name: String) -> [NetworkBuilder.Parameter] {
    switch self {
    case .prelu: [network.parameter("\(name).slope", .scalar, role: .slope)]
    case .trainableELU: [network.parameter("\(name).slope", .scalar, role: .slope, start: .constant(1))]
    case .staf:
      ["amplitude", "frequency", "phase"].map {
        network.parameter("\(name).\($0)", [25], role: .slope, start: .normal(deviation: 1))
      }
    default: []
    }
  }

  /// The activation at one place of a network.
  func join(_ network: inout NetworkBuilder, input: Shape, learned: [NetworkBuilder.Parameter]) -> JoinedLayer {
    network.note(self)
    guard self == .rrelu else {
      return JoinedLayer(shape: input) { x, pass in self(x, learned.map { pass[$0] }) }
    }
    let range = RandomNumbers.uniform(from: 1.0 / 8, to: 1.0 / 3)
    let slopes = network.noise(network.name("rrelu"), count: input.count, range)
    return JoinedLayer(shape: input) { x, pass in
      let slope = pass.isTraining ? pass[slopes].reshaped(x.shape) : x.trace.constant(range.mean)
      return x.relu - slope * (-x).relu
    }
  }

  /// Where a function has a kink, the derivative of the branch that 0 belongs to in PyTorch.
  private func callAsFunction(_ x: Value, _ learned: [Value]) -> Value {
    let zero = x.trace.constant(0)
    switch self {
    case .relu: return x.relu
    case .prelu: return x.relu - learned[0] * (-x).relu
    case .leakyReLU: return x.relu - 0.01 * (-x).relu
    case .rrelu: preconditionFailure("it needs noise")
    case .elu: return x.selected(where: x.step, else: x.minimum(zero).exp - 1)
    case .trainableELU: return x.selected(where: x.step, else: learned[0] * (x.minimum(zero).exp - 1))
    case .tanh: return x.tanh
    // The exact form x·Φ(x), as PyTorch's default.
    case .gelu: return x * (0.5 * (1 + (x * 0.5.squareRoot()).erf))
    case .sigmoid: return x.sigmoid
    case .silu, .swish: return x * x.sigmoid
    case .hardswish: return x * (x + 3).maximum(zero).minimum(x.trace.constant(6)) / 6
    case .mish: return x * x.softplus.tanh
    // tanh(e⁴) is 1 to the last digit; a larger power would only overflow.
    case .telu: return x * x.minimum(x.trace.constant(4)).exp.tanh
    case .softplus: return x.softplus
    case .erf: return x.erf
    case .staf:
      let waves = (0..<25).map { wave in
        let (c, w, p) = (learned[0].element(wave), learned[1].element(wave), learned[2].element(wave))
        return c * (w * x + p).sin
      }
      return waves.dropFirst().reduce(waves[0], +)
    case .identity: return x
    }
  }
}

extension Value {
  /// One number of a vector.
  fileprivate func element(_ index: Int) -> Value { slice(axis: 0, index..<index + 1).reshaped(.scalar) }
}
