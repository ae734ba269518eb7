import Autodiff
import Tensors

extension ParameterLayout {
  /// Adds the weight `[outputs, inputs]` and the bias `[outputs]` of a linear layer, PyTorch's layout.
  mutating func appendLinear(_ name: String, inputs: Int, outputs: Int, layer: Int, bias: Bool) {
    append(
      "\(name).weight", [outputs, inputs], role: .weight, fanIn: inputs, fanOut: outputs, layer: layer, filterAxis: 0)
    if bias { append("\(name).bias", [outputs], role: .bias, fanIn: inputs, fanOut: outputs, layer: layer) }
  }
}

/// x·Wᵀ + b for a batch of rows.
func linear(_ x: Value, weight: Value, bias: Value?) -> Value {
  let product = x.product(weight.transposed)
  return bias.map { product + $0 } ?? product
}
