import Autodiff
import Networks
import Tensors

/// What mean-field theory expects of a chain of layers whose weights are independent with the mean squares found.
struct SignalTheory {
  struct Layer {
    var forward: Double
    var backward: Double
    var correlation: Double
  }

  private struct Scale {
    /// fan-in · mean square of the weights, and fan-out · the same.
    var forward: Double
    var backward: Double
    var bias: Double
  }
  private let activation: Activation
  private let scales: [Scale]

  /// `nil` for models that are no chain of matrices with one activation between them.
  init?(_ model: Model, at parameters: [Double]) {
    let weights = model.layout.weights
    guard weights.allSatisfy({ $0.shape.rank == 2 }),
      zip(weights, weights.dropFirst()).allSatisfy({ $0.shape[0] == $1.shape[1] }),
      model.layout.slices.allSatisfy({ [.weight, .bias, .slope].contains($0.role) && $0.branch == nil }),
      let activation = model.activation ?? (weights.count == 1 ? .identity : nil)
    else { return nil }
    func meanSquare(_ slice: ParameterLayout.Slice?) -> Double {
      guard let slice else { return 0 }
      return slice.range.reduce(0) { $0 + parameters[$1] * parameters[$1] } / Double(slice.shape.count)
    }
    self.activation = activation
    scales = weights.map { slice in
      let square = meanSquare(slice)
      let bias = meanSquare(model.layout.slices.first { $0.role == .bias && $0.layer == slice.layer })
      return Scale(
        forward: square * Double(slice.shape[1]), backward: square * Double(slice.shape[0]), bias: bias)
    }
  }

  /// - Parameters:
  ///   - inputMoment: mean square of the inputs.
  ///   - correlation: of the inputs with their partners.
  func layers(inputMoment: Double, correlation: Double) -> [Layer] {
    var layers: [Layer] = []
    for scale in scales {
      let field = MeanField(activation, weightVariance: scale.forward, biasVariance: scale.bias)
      if let last = layers.last {
        layers.append(
          Layer(
            forward: field.variance(after: last.forward), backward: 1,
            correlation: field.correlation(after: min(1, last.correlation), variance: last.forward)))
      } else {
        let q = scale.forward * inputMoment + scale.bias
        layers.append(
          Layer(forward: q, backward: 1, correlation: (scale.forward * inputMoment * correlation + scale.bias) / q))
      }
    }
    for index in stride(from: scales.count - 2, through: 0, by: -1) {
      let field = MeanField(activation, weightVariance: scales[index + 1].backward, biasVariance: 0)
      layers[index].backward = layers[index + 1].backward * field.susceptibility(layers[index].forward)
    }
    return layers
  }
}
