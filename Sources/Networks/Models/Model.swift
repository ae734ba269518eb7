public import Autodiff
import Tensors

/// A network: where its parameters lie and how it maps a batch of inputs to outputs.
public struct Model: Sendable {
  public struct Pass {
    /// `[samples, outputs]`: logits or predictions.
    public var outputs: Value
    /// What each linear layer gives before its activation, from the input up.
    public var signals: [Value]
  }

  public var name: String
  /// Numbers in one sample.
  public var inputs: Int
  public var outputs: Int
  public var layout: ParameterLayout
  public var activation: Activation
  /// Traces a pass: parameters come slice by slice, inputs as `[samples, inputs]`.
  public var pass: @Sendable (_ parameters: [Value], _ inputs: Value) -> Pass
}

extension Model {
  /// A multi-layer perceptron: linear layers with one activation between them, no activation at the end.
  ///
  /// With PReLU all layers share one slope, as one activation object used throughout would.
  public static func perceptron(
    name: String = "mlp", inputs: Int, hidden: [Int], outputs: Int, activation: Activation, bias: Bool = true
  ) -> Model {
    var layout = ParameterLayout()
    let sizes = [inputs] + hidden + [outputs]
    for layer in 1..<sizes.count {
      layout.appendLinear(
        "linear-\(layer)", inputs: sizes[layer - 1], outputs: sizes[layer], layer: layer, bias: bias)
    }
    if activation.hasSlope, !hidden.isEmpty {
      layout.append("activation.slope", .scalar, role: .slope, layer: 1)
    }
    let perLayer = bias ? 2 : 1
    let layers = sizes.count - 1
    return Model(name: name, inputs: inputs, outputs: outputs, layout: layout, activation: activation) { p, x in
      let slope = activation.hasSlope && layers > 1 ? p[layers * perLayer] : nil
      var signals: [Value] = []
      var h = x
      for layer in 0..<layers {
        let z = linear(h, weight: p[layer * perLayer], bias: bias ? p[layer * perLayer + 1] : nil)
        signals.append(z)
        h = layer < layers - 1 ? activation(z, slope: slope) : z
      }
      return Pass(outputs: h, signals: signals)
    }
  }
}
