import Autodiff
public import Tensors

/// γ·(x − μ)/√(σ² + ε) + β with mean and biased variance over the last axis: each sample or token by itself.
/// Ba, Kiros & Hinton 2016, arXiv:1607.06450; torch.nn.LayerNorm.
public struct LayerNorm: Layer {
  public var epsilon: Double

  public init(epsilon: Double = 1e-5) { self.epsilon = epsilon }

  public func join(_ network: inout NetworkBuilder, input: Shape) throws -> JoinedLayer {
    guard input.rank < 3 else {
      throw Misfit("layer normalization takes numbers or tokens, but it gets \(input.described)")
    }
    let features = input[input.rank - 1]
    let name = network.name("layer-norm")
    let gain = network.parameter("\(name).weight", [features], role: .gain)
    let bias = network.parameter("\(name).bias", [features], role: .bias)
    return JoinedLayer(shape: input) { x, pass in
      let last = [x.shape.rank - 1]
      let centred = x - x.sum(over: last) / Double(features)
      let variance = centred.squared.sum(over: last) / Double(features)
      return centred / (variance + epsilon).squareRoot * pass[gain] + pass[bias]
    }
  }
}
