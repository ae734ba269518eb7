import Autodiff
public import Tensors

/// What a window sees of each channel becomes one number: the largest, or the mean.
public struct Pooling: Layer {
  public enum Operation: Sendable, Hashable { case maximum, average }
  public var operation: Operation
  public var window: Window

  public init(_ operation: Operation, _ window: Window) {
    self.operation = operation
    self.window = window
  }

  /// A square window that moves by `stride`, its size when left out.
  public init(_ operation: Operation, size: Int, stride: Int? = nil, padding: Int = 0) {
    let stride = stride ?? size
    self.init(
      operation, Window(.init(size, size), stride: .init(stride, stride), padding: .init(padding, padding)))
  }

  public func join(_ network: inout NetworkBuilder, input: Shape) throws -> JoinedLayer {
    let places = try window.places(over: input, for: "pooling")
    guard window.alwaysSees(height: input[0], width: input[1]) else {
      throw Misfit("at some place the window sees nothing but padding: pad by at most half of its size")
    }
    return JoinedLayer(shape: [places.height, places.width, input[2]]) { x, _ in
      operation == .maximum ? x.maxPool(window) : x.averagePool(window)
    }
  }
}

/// The mean over all pixels of an image, or over all tokens.
public struct GlobalAveragePooling: Layer {
  public init() {}

  public func join(_ network: inout NetworkBuilder, input: Shape) throws -> JoinedLayer {
    guard input.rank > 1 else {
      throw Misfit("global pooling takes images or tokens, but it gets \(input.described)")
    }
    let channels = input[input.rank - 1]
    let places = input.count / channels
    return JoinedLayer(shape: [channels]) { x, _ in
      let rows = x.reshaped([x.shape[0], places, channels])
      return rows.sum(over: [1]).reshaped([x.shape[0], channels]) / Double(places)
    }
  }
}
