import Autodiff
public import Tensors

/// One layer of a transformer with norms first: x + attention(LN(x)), then x + W₂·act(W₁·LN(x)), with dropout on
/// attention weights, after the activation and at the end of both branches. torch.nn.TransformerEncoderLayer.
public struct TransformerEncoder: Layer {
  public var heads: Int
  public var hidden: Int
  public var dropout: Double
  public var activation: Activation
  public var scale: MultiHeadAttention.Scale

  public init(
    heads: Int, hidden: Int, dropout: Double = 0, activation: Activation = .gelu,
    scale: MultiHeadAttention.Scale = .root
  ) {
    self.heads = heads
    self.hidden = hidden
    self.dropout = dropout
    self.activation = activation
    self.scale = scale
  }

  public func join(_ network: inout NetworkBuilder, input: Shape) throws -> JoinedLayer {
    let units = input[input.rank - 1]
    return try Chain([
      Residual(
        Chain([LayerNorm(), MultiHeadAttention(heads: heads, dropout: dropout, scale: scale), Dropout(rate: dropout)])),
      Residual(
        Chain([
          LayerNorm(), Linear(units: hidden), ActivationLayer(activation), Dropout(rate: dropout), Linear(units: units),
          Dropout(rate: dropout),
        ])),
    ]).join(&network, input: input)
  }
}
