import Autodiff
import Tensors

extension Model {
  /// A multi-layer perceptron: linear layers with one activation between them, no activation at the end.
  ///
  /// All layers share what the activation learns, as one activation object used throughout would.
  public static func perceptron(
    name: String = "mlp", inputs: Int, hidden: [Int], outputs: Int, activation: Activation, bias: Bool = true
  ) -> Model {
    var network = NetworkBuilder()
    let sizes = [inputs] + hidden + [outputs]
    let linears = (1..<sizes.count).map { layer in
      Linear(units: sizes[layer], bias: bias).join(&network, inputs: [sizes[layer - 1]])
    }
    let learned = hidden.isEmpty ? [] : activation.declare(&network, name: "activation")
    let activations = hidden.map { activation.join(&network, input: [$0], learned: learned) }
    for size in sizes.dropFirst() { network.count(2 * size) }
    return network.model(
      name, inputShape: [inputs], outputs: outputs,
      trunk: JoinedLayer(shape: [outputs]) { x, pass in
        var h = linears[0].apply(x, &pass)
        for (activation, linear) in zip(activations, linears.dropFirst()) {
          h = linear.apply(activation.apply(h, &pass), &pass)
        }
        return h
      })
  }
}
