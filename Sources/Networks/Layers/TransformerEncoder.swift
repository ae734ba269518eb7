import Autodiff
public import Tensors

/// One layer of a transformer with norms first: x + attention(LN(x)), then x + W₂·act(W₁·LN(x)), with dropout on
/// attention weights, after the activation and at the end of both branches. torch.nn.TransformerEncoderLayer; without the
/// norms, what T-Fixup starts (Huang et al. 2020).
public struct TransformerEncoder: Layer {
  public var heads: Int
  public var hidden: Int
  public var dropout: Double
  public var activation: Activation
  public var scale: MultiHeadAttention.Scale
  /// Whether branches begin with a norm.
  public var norms: Bool

  public init(
    heads: Int, hidden: Int, dropout: Double = 0, activation: Activation = .gelu,
    scale: MultiHeadAttention.Scale = .root, norms: Bool = true
  ) {
    self.heads = heads
    self.hidden = hidden
    self.dropout = dropout
    self.activation = activation
    self.scale = scale
    self.norms = norms
  }

  public func join(_ network: inout NetworkBuilder, input: Shape) throws -> JoinedLayer {
    let units = input[input.rank - 1]
    let norm: [any Layer] = norms ? [LayerNorm()] : []
    return try Chain([
      Residual(
        Chain(norm + [MultiHeadAttention(heads: heads, dropout: dropout, scale: scale), Dropout(rate: dropout)])),
      Residual(
        Chain(
          norm + [
            Linear(units: hidden), ActivationLayer(activation), Dropout(rate: dropout), Linear(units: units),
            Dropout(rate: dropout),
          ])),
    ]).join(&network, input: input)
  }
}
