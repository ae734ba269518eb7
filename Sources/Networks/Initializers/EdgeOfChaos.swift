import Autodiff
import Tensors

extension Initializer {
  /// Normal weights of variance σw²/fan-in and normal biases of variance σb²: a point of the phase diagram of
  /// Poole et al. 2016 and Schoenholz et al. 2017, arXiv:1611.01232.
  ///
  /// - Parameter weightDeviation: σw; solved for the model's activation when `nil`, so that derivatives neither fade
  ///   nor grow.
  public static func edgeOfChaos(weightDeviation: Double?, biasDeviation: Double) -> Initializer {
    @Sendable func weightVariance(_ activation: Activation?) -> Double? {
      weightDeviation.map { $0 * $0 }
        ?? activation.flatMap { MeanField.critical($0, biasVariance: biasDeviation * biasDeviation) }?.0.weightVariance
    }
    return Initializer(refusing: { model in
      weightVariance(model.activation) == nil
        ? "no weight deviation makes \(model.activation?.rawValue ?? "a mix of activations") critical with this bias-deviation; give weight-deviation"
        : nil
    }) { setting in
      let variance = weightVariance(setting.model.activation)!
      return Initializer.eachWeight(
        biases: { slice, stream in stream.normals(slice.shape.count).map { $0 * biasDeviation } },
        { slice, stream in
          Distribution.normal.draw(slice.shape.count, variance: variance / Double(slice.fanIn), &stream)
        }
      ).parameters(for: setting)
    }
  }
}
