import Autodiff
public import Tensors

/// In train mode each number is set to 0 with probability `rate` and the others are divided by 1 − rate; in eval mode
/// nothing happens. Srivastava et al. 2014.
public struct Dropout: Layer {
  public var rate: Double

  /// - Precondition: `rate` is from 0 up to but not including 1.
  public init(rate: Double) {
    precondition(rate >= 0 && rate < 1)
    self.rate = rate
  }

  public func join(_ network: inout NetworkBuilder, input: Shape) -> JoinedLayer {
    guard rate > 0 else { return JoinedLayer(shape: input) { x, _ in x } }
    let mask = network.noise(network.name("dropout"), count: input.count, .dropout(rate: rate))
    return JoinedLayer(shape: input) { x, pass in
      pass.isTraining ? x * pass[mask].reshaped(x.shape) : x
    }
  }
}
