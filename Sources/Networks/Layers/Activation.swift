public import Autodiff

/// A non-linearity between linear layers.
public enum Activation: String, Sendable, CaseIterable {
  case relu, prelu, tanh, gelu, sigmoid, identity

  /// Whether it has a learned slope, shared by all layers, that starts at 0.25.
  public var hasSlope: Bool { self == .prelu }

  /// - Parameter slope: the learned slope, for those that have one.
  public func callAsFunction(_ x: Value, slope: Value? = nil) -> Value {
    switch self {
    case .relu: x.relu
    // max(x, 0) + a·min(x, 0).
    case .prelu: x.relu - slope! * (-x).relu
    case .tanh: x.tanh
    // The exact form x·Φ(x), as PyTorch's default.
    case .gelu: x * (0.5 * (1 + (x * 0.5.squareRoot()).erf))
    case .sigmoid: x.sigmoid
    case .identity: x
    }
  }

  public var doc: String {
    switch self {
    case .relu: "max(x, 0)."
    case .prelu: "max(x, 0) + a·min(x, 0) with one learned slope a for the whole network, 0.25 at the start."
    case .tanh: "The hyperbolic tangent."
    case .gelu: "x·Φ(x) with the exact normal distribution function."
    case .sigmoid: "1 / (1 + e⁻ˣ)."
    case .identity: "x: a deep linear network."
    }
  }
}
