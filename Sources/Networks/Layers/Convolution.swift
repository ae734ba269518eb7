import Autodiff
public import Tensors

/// A convolution of images: every filter sees a window of all channels of its group. Filters are kept as PyTorch does,
/// `[O, C/groups, height, width]`.
public struct Convolution: Layer {
  public var channels: Int
  public var window: Window
  public var groups: Int
  public var bias: Bool
  /// Whether the filters are divided by their largest singular value as rows of a matrix.
  public var isSpectral: Bool

  public init(channels: Int, _ window: Window, groups: Int = 1, bias: Bool = true, isSpectral: Bool = false) {
    self.channels = channels
    self.window = window
    self.groups = groups
    self.bias = bias
    self.isSpectral = isSpectral
  }

  /// A square window; `padding` is what it reaches over each border.
  public init(
    channels: Int, size: Int, stride: Int = 1, padding: Int = 0, dilation: Int = 1, groups: Int = 1, bias: Bool = true,
    isSpectral: Bool = false
  ) {
    self.init(
      channels: channels,
      Window(
        .init(size, size), stride: .init(stride, stride), padding: .init(padding, padding),
        dilation: .init(dilation, dilation)), groups: groups, bias: bias, isSpectral: isSpectral)
  }

  public func join(_ network: inout NetworkBuilder, input: Shape) throws -> JoinedLayer {
    let places = try window.places(over: input, for: "a convolution")
    let seen = input[2]
    guard seen % groups == 0, channels % groups == 0 else {
      throw Misfit("\(groups) groups do not divide \(seen) channels into \(channels)")
    }
    let area = window.count
    let name = network.name("conv")
    let shape: Shape = [channels, seen / groups, window.size.height, window.size.width]
    let handles = network.weight(
      name, shape,
      fanIn: seen / groups * area, fanOut: channels / groups * area, bias: bias)
    let norm = isSpectral ? SpectralNorm(&network, name: name, weight: shape) : nil
    return JoinedLayer(shape: [places.height, places.width, channels]) { x, pass in
      let weight = norm?(pass[handles.weight], &pass) ?? pass[handles.weight]
      let filters = weight.transposed([0, 2, 3, 1])
      let product = x.convolution(filters, window, groups: groups)
      let signal = handles.bias.map { product + pass[$0] } ?? product
      pass.note(signal)
      return signal
    }
  }
}

extension Window {
  /// Where the window stands on an image.
  /// - Throws: `Misfit` for what is no image, or smaller than the window.
  func places(over input: Shape, for layer: String) throws -> Extent {
    guard input.rank == 3 else { throw Misfit("\(layer) takes images, but it gets \(input.described)") }
    let places = places(height: input[0], width: input[1])
    guard places.height > 0, places.width > 0 else {
      throw Misfit("the \(size.height)×\(size.width) window of \(layer) does not fit into \(input.described)")
    }
    return places
  }
}
