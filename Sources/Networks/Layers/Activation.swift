public import Autodiff
public import Tensors

/// A non-linearity between linear layers.
public enum Activation: String, Sendable, CaseIterable {
  case relu, prelu, tanh, gelu, sigmoid, identity

  public var doc: String {
    switch self {
    case .relu: "max(x, 0)."
    case .prelu: "max(x, 0) + a·min(x, 0) with a learned slope a, 0.25 at the start."
    case .tanh: "The hyperbolic tangent."
    case .gelu: "x·Φ(x) with the exact normal distribution function."
    case .sigmoid: "1 / (1 + e⁻ˣ)."
    case .identity: "x: a deep linear network."
    }
  }
}

/// An activation as a layer, with what it learns its own.
public struct ActivationLayer: Layer {
  public var activation: Activation

  public init(_ activation: Activation) { self.activation = activation }

  public func join(_ network: inout NetworkBuilder, input: Shape) -> JoinedLayer {
    let learned = activation.declare(&network, name: network.name(activation.rawValue))
    return activation.join(&network, input: input, learned: learned)
  }
}

extension Activation {
  /// Declares what the activation learns; several layers may share it.
  func declare(_ network: inout NetworkBuilder, name: String) -> [NetworkBuilder.Parameter] {
    self == .prelu ? [network.parameter("\(name).slope", .scalar, role: .slope)] : []
  }

  /// The activation at one place of a network.
  func join(
    _ network: inout NetworkBuilder, input: Shape, learned: [NetworkBuilder.Parameter]
  ) -> JoinedLayer {
    network.note(self)
    return JoinedLayer(shape: input) { x, pass in self(x, learned: learned.map { pass[$0] }) }
  }

  /// The activation of traced numbers.
  /// - Parameter learned: what it learns, in the order it is declared.
  public func callAsFunction(_ x: Value, learned: [Value] = []) -> Value {
    switch self {
    case .relu: x.relu
    // max(x, 0) + a·min(x, 0).
    case .prelu: x.relu - learned[0] * (-x).relu
    case .tanh: x.tanh
    // The exact form x·Φ(x), as PyTorch's default.
    case .gelu: x * (0.5 * (1 + (x * 0.5.squareRoot()).erf))
    case .sigmoid: x.sigmoid
    case .identity: x
    }
  }
}
