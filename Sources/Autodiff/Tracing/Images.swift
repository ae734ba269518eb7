public import Tensors

/// What is done with channels-last images `[samples, height, width, channels]`.
extension Value {
  /// The convolution (in the sense of networks: filters are not flipped) with filters
  /// `[O, window height, window width, channels / groups]`: `[samples, H', W', O]`.
  ///
  /// Pixels outside an image are 0. Group g of the filters sees group g of the channels.
  public func convolution(_ filters: Value, _ window: Window, groups: Int = 1) -> Value {
    let (size, places) = (window.size, places(window))
    precondition(
      groups > 0 && shape[3] % groups == 0 && filters.shape[0] % groups == 0
        && filters.shape == [filters.shape[0], size.height, size.width, shape[3] / groups],
      "filters \(filters.shape) do not fit images \(shape), a \(size.height)×\(size.width) window and \(groups) groups")
    if let sum = distributed(over: filters, { convolution($0, window, groups: groups) }) { return sum }
    return trace.add(
      .convolution(.forward, window, groups: groups), [self, filters],
      [shape[0], places.height, places.width, filters.shape[0]])
  }

  /// The largest pixel that the window sees at each place, channel by channel. Pixels outside an image never win; of
  /// several largest the first counts, to derivatives too.
  public func maxPool(_ window: Window) -> Value {
    let places = places(window)
    precondition(
      window.alwaysSees(height: shape[1], width: shape[2]), "at some place the window sees nothing of images \(shape)")
    let target: Shape = [shape[0], places.height, places.width, shape[3]]
    let index = trace.add(.pooling(.index, window), [self], target)
    return trace.add(.pooling(.take, window), [self, index], target)
  }

  /// The mean of what the window sees at each place, channel by channel. Pixels outside an image count as 0 (PyTorch's
  /// `count_include_pad`).
  public func averagePool(_ window: Window) -> Value {
    let places = places(window)
    let sum = trace.add(.pooling(.sum, window), [self], [shape[0], places.height, places.width, shape[3]])
    return sum / Double(window.count)
  }

  private func places(_ window: Window) -> Window.Extent {
    precondition(shape.rank == 4, "images are [samples, height, width, channels], not \(shape)")
    let places = window.places(height: shape[1], width: shape[2])
    precondition(places.height > 0 && places.width > 0, "the window is larger than images \(shape)")
    return places
  }
}
