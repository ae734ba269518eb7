public import Autodiff
import Tensors

/// How starting weights and learning rates depend on a network's width.
public enum Parametrization: Sendable, Hashable {
  /// The same learning rate for every parameter; weights start as their recipe says.
  case standard
  /// The maximal update parametrization: every layer's activations move by an amount that does not depend on the width.
  /// It is the standard one for the base model, which has the same slices in its own width. Yang et al. 2022,
  /// arXiv:2203.03466, table 3.
  ///
  /// The output multiplier of the paper's other tables is folded into the output weights and their rate.
  case maximalUpdate(base: ParameterLayout)

  /// How a rule's step answers to a gradient of another length.
  public enum Answer: Sendable {
    /// In proportion, as gradient descent does.
    case proportional
    /// Not at all, as Adam and sign methods do.
    case normalized
  }

  /// Factor on the starting values that a recipe has drawn for a slice.
  public func startFactor(_ slice: ParameterLayout.Slice) -> Double {
    // Variance 1/fan-in² instead of 1/fan-in in the last layer.
    guard slice.role == .weight, slice.location == .output else { return 1 }
    return (1 / growth(of: slice).inputs).squareRoot()
  }

  /// Factor on the learning rate of a slice.
  public func rateFactor(_ slice: ParameterLayout.Slice, answer: Answer) -> Double {
    let growth = growth(of: slice)
    return answer == .proportional ? growth.outputs / growth.inputs : 1 / growth.inputs
  }

  /// How many times more inputs and outputs a weight has than in the base model. Whatever is a number a unit, such as
  /// biases, gains and embeddings, has outputs alone.
  private func growth(of slice: ParameterLayout.Slice) -> (inputs: Double, outputs: Double) {
    guard case .maximalUpdate(let base) = self, let small = base.slices.first(where: { $0.name == slice.name }) else {
      return (1, 1)
    }
    guard slice.role == .weight else { return (1, Double(slice.shape.count) / Double(small.shape.count)) }
    return (Double(slice.fanIn) / Double(small.fanIn), Double(slice.fanOut) / Double(small.fanOut))
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
