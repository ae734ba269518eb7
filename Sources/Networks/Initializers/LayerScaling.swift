import Autodiff
import Tensors

extension Initializer {
  /// Normal weights of He's variance whose layer at distance k from the middle is divided by αᵏ in the first half and
  /// multiplied by it in the second.
  ///
  /// Li, George & Silva 2024, arXiv:2407.19044 ("emergence-promoting"). The factors multiply to 1 whenever the number of
  /// layers is even or odd alike, so a ReLU network without biases computes the same function as before: only its
  /// gradients are distributed otherwise. The evidence is weak: submitted to ICLR 2025 and not accepted.
  public static func emergencePromoting(alpha: Double) -> Initializer {
    Initializer.kaiming(.normal, slope: 0, fan: .fanIn).followed { parameters, setting in
      let weights = setting.model.layout.weights
      for (index, slice) in weights.enumerated() {
        let factor = layerFactor(alpha, index: index, of: weights.count)
        for position in slice.range { parameters[position] *= factor }
      }
    }
  }

  /// α to the signed distance from the middle: −⌊L/2⌋ … ⌊L/2⌋, without 0 when the number of layers is even.
  static func layerFactor(_ alpha: Double, index: Int, of count: Int) -> Double {
    let half = count / 2
    let first = index < half
    let distance = first ? half - index : index - (count - half) + 1
    let power = (0..<max(0, distance)).reduce(1.0) { product, _ in product * alpha }
    return first ? 1 / power : power
  }
}
