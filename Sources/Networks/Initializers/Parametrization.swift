public import Autodiff
import Tensors

/// How starting weights and learning rates depend on a network's width.
public enum Parametrization: Sendable, Hashable {
  /// The same learning rate for every parameter; weights start as their recipe says.
  case standard
  /// The maximal update parametrization: every layer's activations move by an amount that does not depend on the width,
  /// and at the base width it is the standard one. Yang et al. 2022, arXiv:2203.03466, table 3.
  ///
  /// The output multiplier of the paper's other tables is folded into the output weights and their rate.
  case maximalUpdate(baseWidth: Int)

  /// How a rule's step answers to a gradient of another length.
  public enum Answer: Sendable {
    /// In proportion, as gradient descent does.
    case proportional
    /// Not at all, as Adam and sign methods do.
    case normalized
  }

  /// Factor on the starting values that a recipe has drawn for a slice.
  public func startFactor(_ slice: ParameterLayout.Slice) -> Double {
    switch self {
    case .standard: return 1
    case .maximalUpdate(let base):
      // Variance 1/fan-in² instead of 1/fan-in in the last layer.
      guard slice.role == .weight, slice.location == .output else { return 1 }
      return (Double(base) / Double(slice.fanIn)).squareRoot()
    }
  }

  /// Factor on the learning rate of a slice.
  public func rateFactor(_ slice: ParameterLayout.Slice, answer: Answer) -> Double {
    guard case .maximalUpdate(let base) = self, slice.role == .weight || slice.role == .bias else { return 1 }
    // How many times wider the layer is than at the base width, where its width grows at all.
    let inputs = slice.location == .input ? 1 : Double(slice.fanIn) / Double(base)
    let outputs = slice.location == .output ? 1 : Double(slice.fanOut) / Double(base)
    switch (slice.role, answer) {
    case (.bias, .proportional): return outputs
    case (.bias, .normalized): return 1
    case (_, .proportional): return outputs / inputs
    case (_, .normalized): return 1 / inputs
    }
  }
}

extension Initializer {
  /// This recipe with its weights scaled as a parametrization wants them.
  public func scaled(for parametrization: Parametrization) -> Initializer {
    followed { parameters, setting in
      for slice in setting.model.layout.slices {
        let factor = parametrization.startFactor(slice)
        if factor != 1 { for index in slice.range { parameters[index] *= factor } }
      }
    }
  }
}
