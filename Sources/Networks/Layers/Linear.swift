import Autodiff
public import Tensors

/// x·Wᵀ + b along the last axis. W is `[units, inputs]` as in PyTorch.
public struct Linear: Layer {
  public var units: Int
  public var bias: Bool
  /// Whether W is divided by its largest singular value.
  public var isSpectral: Bool

  public init(units: Int, bias: Bool = true, isSpectral: Bool = false) {
    self.units = units
    self.bias = bias
    self.isSpectral = isSpectral
  }

  public func join(_ network: inout NetworkBuilder, input: Shape) throws -> JoinedLayer {
    guard input.rank < 3 else {
      throw Misfit("a linear layer takes numbers or tokens, but it gets \(input.described): flatten it first")
    }
    return join(&network, inputs: input)
  }

  func join(_ network: inout NetworkBuilder, inputs: Shape) -> JoinedLayer {
    let features = inputs[inputs.rank - 1]
    let name = network.name("linear")
    let handles = network.weight(name, [units, features], fanIn: features, fanOut: units, bias: bias)
    let norm = isSpectral ? SpectralNorm(&network, name: name, weight: [units, features]) : nil
    return JoinedLayer(shape: Shape(inputs.lengths.dropLast() + [units])) { x, pass in
      let signal = linear(
        x, weight: norm?(pass[handles.weight], &pass) ?? pass[handles.weight], bias: handles.bias.map { pass[$0] })
      pass.note(signal)
      return signal
    }
  }
}

/// x·Wᵀ + b along the last axis.
func linear(_ x: Value, weight: Value, bias: Value?) -> Value {
  let features = x.shape[x.shape.rank - 1]
  let rows = x.reshaped([x.shape.count / features, features])
  let product = rows.product(weight.transposed)
  let sum = bias.map { product + $0 } ?? product
  return sum.reshaped(Shape(x.shape.lengths.dropLast() + [weight.shape[0]]))
}
