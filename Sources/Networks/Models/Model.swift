public import Autodiff
public import Tensors

/// A network: where its parameters lie and how it maps a batch of inputs to outputs.
public struct Model: Sendable {
  public struct Pass {
    /// `[samples, outputs]`: logits or predictions.
    public var outputs: Value
    /// What each layer with weights gives before its activation, from the input up, as many as there are weights.
    public var signals: [Value]
    /// What train mode makes of the buffers; empty in eval mode.
    public var buffers: [Value]
  }

  public var name: String
  /// One sample as data keep it: `[features]`, or `[channels, height, width]`.
  public var inputShape: Shape
  public var outputs: Int
  public var layout: ParameterLayout
  /// Running statistics and the like.
  public var buffers: ParameterLayout
  public var noise: [Noise]
  /// Numbers that one sample leaves behind in a pass.
  public var activations: Int
  /// The one non-linearity between layers with weights; `nil` when there are several.
  public var activation: Activation?
  /// Traces a pass; the first array of data is the inputs, `[samples, inputs]`.
  public var trace: @Sendable (TracedFunction.Arguments) -> Pass

  init(
    name: String, inputShape: Shape, outputs: Int, layout: ParameterLayout, buffers: ParameterLayout, noise: [Noise],
    activations: Int, activation: Activation?, trace: @escaping @Sendable (TracedFunction.Arguments) -> Pass
  ) {
    self.name = name
    self.inputShape = inputShape
    self.outputs = outputs
    self.layout = layout
    self.buffers = buffers
    self.noise = noise
    self.activations = activations
    self.activation = activation
    self.trace = trace
  }
}

extension Model {
  /// Numbers in one sample.
  public var inputs: Int { inputShape.count }

  /// Whether a sample's outputs in train mode depend on the rest of its batch.
  public var mixesSamples: Bool { buffers.slices.contains { $0.role == .mean } }

  /// Layers one after the other.
  /// - Throws: `Misfit` when the shapes do not fit.
  public static func chain(_ name: String, _ layers: [any Layer], inputShape: Shape, outputs: Int) throws -> Model {
    var network = NetworkBuilder()
    let trunk = try Chain(layers).join(&network, input: inputShape.channelsLast)
    guard trunk.shape == [outputs] else {
      throw Misfit(
        "the network gives \(trunk.shape.described), but the data ask for \(Shape([outputs]).described) a sample")
    }
    return network.model(name, inputShape: inputShape, outputs: outputs, trunk: trunk)
  }

  /// Traces a pass of the network as it starts: buffers at their first values, noise at its expectation.
  public func pass(_ parameters: [Value], _ inputs: Value, mode: TracedFunction.Mode = .train) -> Pass {
    let trace = inputs.trace
    let start = buffers.startingValues()
    return self.trace(
      TracedFunction.Arguments(
        parameters: parameters, data: [inputs],
        buffers: buffers.slices.map { trace.constant(Array(start[$0.range]), shape: $0.shape) },
        noise: noise.map { trace.constant($0.kind.mean).broadcast(to: [inputs.shape[0], $0.count]) }, mode: mode))
  }
}

extension Shape {
  /// An image's shape `[c, h, w]` as `[h, w, c]`; others as they are.
  var channelsLast: Shape { rank == 3 ? [self[1], self[2], self[0]] : self }
}
