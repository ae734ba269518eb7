import Autodiff
public import Tensors

extension Model {
  /// A vision transformer: patches as tokens, learned positions, encoder layers, a norm, the mean over tokens, a linear
  /// layer. Dosovitskiy et al. 2021, arXiv:2010.11929, with the mean in place of a class token. All norms may be left out.
  /// - Throws: `Misfit` when patches do not tile the images or heads do not divide the tokens.
  public static func visionTransformer(
    patch: Int, units: Int, depth: Int, heads: Int, hidden: Int, dropout: Double = 0,
    scale: MultiHeadAttention.Scale = .root, norms: Bool = true, inputShape: Shape, outputs: Int
  ) throws -> Model {
    let encoders: [any Layer] = (0..<depth).map { _ in
      TransformerEncoder(heads: heads, hidden: hidden, dropout: dropout, scale: scale, norms: norms)
    }
    let norm: [any Layer] = norms ? [LayerNorm()] : []
    return try chain(
      "vit",
      [Patches(size: patch, units: units), LearnedPositions()] + encoders
        + norm + [GlobalAveragePooling(), Linear(units: outputs)], inputShape: inputShape, outputs: outputs)
  }

  /// The sources' SimpleTransformer: an encoder over a sequence of one token.
  ///
  /// With one token softmax is 1, so attention is the linear map W_o·W_v and queries and keys get no gradient. The
  /// sources' pooling, ½·mean + ½·max over the tokens, gives back that token. 62,099,812 parameters on 3×32×32 images of
  /// 100 classes with 768 units, 8 layers, 12 heads and 3072 hidden units.
  /// - Throws: `Misfit` when heads do not divide the units.
  public static func simpleTransformer(
    units: Int, depth: Int, heads: Int, hidden: Int, dropout: Double, inputShape: Shape, outputs: Int
  ) throws -> Model {
    func dense(_ units: Int) -> [any Layer] {
      [Linear(units: units), BatchNorm(), Dropout(rate: dropout), ActivationLayer(.gelu)]
    }
    let encoders: [any Layer] = (0..<depth).map { _ in
      TransformerEncoder(heads: heads, hidden: hidden, dropout: dropout)
    }
    return try chain(
      "transformer",
      [Flatten()] + dense(units) + dense(units)
        + [Token(), SinusoidalPositions(), Dropout(rate: dropout)] + encoders
        + [Flatten()] + dense(2 * units) + dense(units) + [Linear(units: outputs)], inputShape: inputShape,
      outputs: outputs)
  }
}

/// A row of numbers as the only token of a sequence.
private struct Token: Layer {
  func join(_ network: inout NetworkBuilder, input: Shape) -> JoinedLayer {
    JoinedLayer(shape: [1, input.count]) { x, _ in x.reshaped([x.shape[0], 1, input.count]) }
  }
}
