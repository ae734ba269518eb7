import Autodiff
public import Tensors

/// γ·(x − μ)/√(σ² + ε) + β for each feature or channel, with mean and biased variance over the batch (and over the
/// pixels or tokens) in train mode, and with running ones in eval mode.
///
/// In train mode the running statistics move by `momentum` towards the batch's, the variance towards the unbiased one;
/// a single number has none, and leaves it as it is. Ioffe & Szegedy 2015, arXiv:1502.03167; torch.nn.BatchNorm1d, 2d.
public struct BatchNorm: Layer {
  public var momentum: Double
  public var epsilon: Double

  public init(momentum: Double = 0.1, epsilon: Double = 1e-5) {
    self.momentum = momentum
    self.epsilon = epsilon
  }

  public func join(_ network: inout NetworkBuilder, input: Shape) -> JoinedLayer {
    let channels: Shape = [input[input.rank - 1]]
    let name = network.name("batch-norm")
    let gain = network.parameter("\(name).weight", channels, role: .gain)
    let bias = network.parameter("\(name).bias", channels, role: .bias)
    let runningMean = network.buffer("\(name).mean", channels, role: .mean)
    let runningVariance = network.buffer("\(name).variance", channels, role: .variance)
    return JoinedLayer(shape: input) { x, pass in
      let mean: Value
      let variance: Value
      let centred: Value
      if pass.isTraining {
        let axes = 0..<x.shape.rank - 1
        let count = Double(x.shape.count / channels[0])
        mean = x.sum(over: axes) / count
        centred = x - mean
        variance = centred.squared.sum(over: axes) / count
        move(&pass, runningMean, towards: mean.reshaped(channels))
        if count > 1 { move(&pass, runningVariance, towards: variance.reshaped(channels) * (count / (count - 1))) }
      } else {
        mean = pass[runningMean]
        variance = pass[runningVariance]
        centred = x - mean
      }
      return centred * (pass[gain] / (variance + epsilon).squareRoot) + pass[bias]
    }
  }

  private func move(_ pass: inout ForwardPass, _ buffer: NetworkBuilder.Buffer, towards value: Value) {
    pass[buffer] = (1 - momentum) * pass[buffer] + momentum * value
  }
}
