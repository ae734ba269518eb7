public import Autodiff
public import Tensors

/// A part of a network that maps the numbers of a sample to others.
///
/// One sample is `[features]`, `[tokens, features]` or an image `[height, width, channels]`; a batch has one more axis in
/// front.
public protocol Layer: Sendable {
  /// Declares what the layer learns and remembers, for samples of this shape, and says how it computes.
  /// - Throws: `Misfit` when samples of this shape do not fit.
  func join(_ network: inout NetworkBuilder, input: Shape) throws -> JoinedLayer
}

/// A layer that has its place in a network.
public struct JoinedLayer: Sendable {
  /// One sample's shape after the layer.
  public var shape: Shape
  /// Traces the layer for a batch.
  public var apply: @Sendable (Value, inout ForwardPass) -> Value

  public init(shape: Shape, apply: @escaping @Sendable (Value, inout ForwardPass) -> Value) {
    self.shape = shape
    self.apply = apply
  }
}

/// Layers one after the other.
public struct Chain: Layer {
  public var layers: [any Layer]

  public init(_ layers: [any Layer]) { self.layers = layers }

  public func join(_ network: inout NetworkBuilder, input: Shape) throws -> JoinedLayer {
    var shape = input
    var joined: [JoinedLayer] = []
    for (index, layer) in layers.enumerated() {
      do {
        joined.append(try network.add(layer, input: shape))
      } catch var misfit as Misfit {
        misfit.path.insert(index, at: 0)
        throw misfit
      }
      shape = joined[index].shape
    }
    return JoinedLayer(shape: shape) { [joined] x, pass in
      joined.reduce(x) { $1.apply($0, &pass) }
    }
  }
}

/// A layer that samples of this shape do not fit into.
public struct Misfit: Error, Hashable {
  /// Why, in words, with both shapes.
  public var message: String
  /// Which layer it is: its index in its chain, inside the index of the layer that holds the chain.
  public var path: [Int] = []

  public init(_ message: String) { self.message = message }
}

extension Shape {
  /// One sample's shape in words.
  var described: String {
    switch rank {
    case 1: "\(self[0]) \(self[0] == 1 ? "number" : "numbers")"
    case 2: "\(self[0]) tokens of \(self[1]) numbers"
    case 3: "a \(self[0])×\(self[1]) image with \(self[2]) \(self[2] == 1 ? "channel" : "channels")"
    default: description
    }
  }
}
