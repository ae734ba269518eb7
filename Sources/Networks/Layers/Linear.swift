import Autodiff
public import Tensors

/// x·Wᵀ + b along the last axis. W is `[units, inputs]` as in PyTorch.
public struct Linear: Layer {
  public var units: Int
  public var bias: Bool

  public init(units: Int, bias: Bool = true) {
    self.units = units
    self.bias = bias
  }

  public func join(_ network: inout NetworkBuilder, input: Shape) throws -> JoinedLayer {
    guard input.rank < 3 else {
      throw Misfit("a linear layer takes numbers or tokens, but it gets \(input.described): flatten it first")
    }
    return join(&network, inputs: input)
  }

  func join(_ network: inout NetworkBuilder, inputs: Shape) -> JoinedLayer {
    let features = inputs[inputs.rank - 1]
    let handles = network.weight(network.name("linear"), [units, features], fanIn: features, fanOut: units, bias: bias)
    return JoinedLayer(shape: Shape(inputs.lengths.dropLast() + [units])) { x, pass in
      let signal = linear(x, weight: pass[handles.weight], bias: handles.bias.map { pass[$0] })
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
