import Autodiff
public import Tensors

/// Cuts an image into squares and maps each to a token of `units` numbers: a convolution whose windows touch, row by
/// row. Dosovitskiy et al. 2021, arXiv:2010.11929.
public struct Patches: Layer {
  public var size: Int
  public var units: Int

  public init(size: Int, units: Int) {
    self.size = size
    self.units = units
  }

  public func join(_ network: inout NetworkBuilder, input: Shape) throws -> JoinedLayer {
    guard input.rank == 3, input[0] % size == 0, input[1] % size == 0 else {
      throw Misfit("patches of \(size)×\(size) do not tile \(input.described)")
    }
    let convolution = try Convolution(channels: units, size: size, stride: size).join(&network, input: input)
    let tokens = convolution.shape[0] * convolution.shape[1]
    return JoinedLayer(shape: [tokens, units]) { x, pass in
      convolution.apply(x, &pass).reshaped([x.shape[0], tokens, units])
    }
  }
}
