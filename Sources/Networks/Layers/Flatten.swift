import Autodiff
public import Tensors

/// All numbers of a sample in one row, an image channel by channel as in PyTorch.
public struct Flatten: Layer {
  public init() {}

  public func join(_ network: inout NetworkBuilder, input: Shape) -> JoinedLayer {
    JoinedLayer(shape: [input.count]) { x, _ in
      (input.rank == 3 ? x.channelsFirst : x).reshaped([x.shape[0], input.count])
    }
  }
}
