import Autodiff
public import Tensors

/// The residual block of CIFAR networks: relu(x + BN(conv(relu(BN(conv(x)))))), 3×3 and without biases.
///
/// Where the block halves the image or adds channels, the shortcut takes every other pixel and pads new channels with
/// zeros, half of them on either side (option A of He et al. 2016, arXiv:1512.03385). Without `skips` nothing is added.
public struct BasicBlock: Layer {
  public var channels: Int
  public var stride: Int
  public var skips: Bool

  public init(channels: Int, stride: Int = 1, skips: Bool = true) {
    self.channels = channels
    self.stride = stride
    self.skips = skips
  }

  public func join(_ network: inout NetworkBuilder, input: Shape) throws -> JoinedLayer {
    guard input.rank == 3, input[2] <= channels else {
      throw Misfit("a residual block of \(channels) channels cannot follow \(input.described)")
    }
    let branch = Chain([
      Convolution(channels: channels, size: 3, stride: stride, padding: 1, bias: false), BatchNorm(),
      ActivationLayer(.relu), Convolution(channels: channels, size: 3, padding: 1, bias: false), BatchNorm(),
    ])
    guard skips else { return try Chain([branch, ActivationLayer(.relu)]).join(&network, input: input) }
    let joined = try network.branch { try branch.join(&$0, input: input) }
    let output = joined.shape
    return JoinedLayer(shape: output) { [stride] x, pass in
      let samples = x.shape[0]
      let kept = x.slice(
        start: [0, 0, 0, 0], lengths: [samples, output[0], output[1], input[2]], step: [1, stride, stride, 1])
      let shortcut = kept.placed(
        in: Shape([samples] + output.lengths), start: [0, 0, 0, (output[2] - input[2]) / 2])
      return (shortcut + joined.apply(x, &pass)).relu
    }
  }
}
