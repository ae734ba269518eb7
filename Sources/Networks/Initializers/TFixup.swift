import Autodiff
import Tensors

extension Initializer {
  /// Training transformers without layer normalization and warm-up: Xavier's weights, and with N encoder layers values,
  /// outputs of attention and both linear layers of each scaled by 0.67·N^(−1/4), and what makes the tokens (embeddings,
  /// drawn as N(0, 1/d) for d numbers, patches, positions) by (9N)^(−1/4), so that a step changes the network by an amount
  /// that does not depend on N. Huang, Perez, Ba & Volkovs 2020 (ICML).
  ///
  /// The paper has it for encoder and decoder of text; here are encoders alone, and pictures too.
  public static let tFixup = Initializer.xavier(.uniform, gain: 1).followed(refusing: { model in
    encoderLayers(model) > 0 ? nil : "t-fixup is for transformers, and this model has no attention"
  }) { parameters, setting in
    let layers = encoderLayers(setting.model)
    for slice in setting.model.layout.slices {
      let factor = tFixupFactor(slice, layers: layers)
      if factor != 1 { for index in slice.range { parameters[index] *= factor } }
    }
  }

  /// What Xavier's weights, and embeddings of deviation 1, are scaled by.
  static func tFixupFactor(_ slice: Slice, layers: Int) -> Double {
    func fourthRoot(_ value: Double) -> Double { value.squareRoot().squareRoot() }
    let token = 1 / fourthRoot(9 * Double(layers))
    switch slice.role {
    case .embedding: return token / Double(slice.shape[1]).squareRoot()
    case .position: return token
    case .weight where slice.location == .input: return token
    case .weight where slice.branch != nil && !MultiHeadAttention.compares(slice): break
    default: return 1
    }
    return 0.67 / fourthRoot(Double(layers))
  }

  private static func encoderLayers(_ model: Model) -> Int {
    // Each layer has queries and keys.
    model.layout.weights.count(where: MultiHeadAttention.compares) / 2
  }
}
