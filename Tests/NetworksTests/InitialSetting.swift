import Autodiff
import Networks
import Tensors

/// A network of a single weight array, for recipes that look at nothing else.
func setting(_ shape: Shape, fanIn: Int, fanOut: Int, seed: UInt64 = 1) -> Initializer.Setting {
  var layout = ParameterLayout()
  layout.append("w", shape, role: .weight, fanIn: fanIn, fanOut: fanOut, layer: 1)
  var model = Model.perceptron(inputs: 1, hidden: [], outputs: 1, activation: .identity)
  model.layout = layout
  return Initializer.Setting(model: model, bookSeed: 0, seed: seed)
}
