import Autodiff
import Tensors

extension Model {
  /// A perceptron of residual blocks x + W₂·relu(W₁·LN(x)), all `width` wide, between a linear layer in and one out.
  ///
  /// With `skips` off the blocks are W₂·relu(W₁·LN(x)), with `normalizes` off the normalization is left out. With a
  /// multiplier each branch is scaled by a learned number.
  public static func residualPerceptron(
    blocks: Int, width: Int, skips: Bool = true, normalizes: Bool = true, multiplier: Bool = false, inputs: Int,
    outputs: Int
  ) throws -> Model {
    let layers: [any Layer] = (0..<blocks).map { _ in
      let branch = Chain(
        (normalizes ? [LayerNorm()] : []) + [Linear(units: width), ActivationLayer(.relu), Linear(units: width)])
      return skips ? Residual(branch, multiplier: multiplier) : branch
    }
    return try chain(
      "residual-mlp", [Linear(units: width)] + layers + [Linear(units: outputs)], inputShape: [inputs],
      outputs: outputs)
  }
}
