import Autodiff
public import Tensors

/// Every token becomes a mean of all tokens' values, weighted by softmax of query·key, in several heads side by side.
///
/// Q = xW_qᵀ + b_q and so on, `[tokens, units]` each, cut into heads of units/heads numbers; a head gives
/// softmax(QKᵀ/√(units/heads))·V; the heads side by side go through W_o. The weights of q, k and v lie one after the
/// other and so do their biases, as in PyTorch's `in_proj`. Vaswani et al. 2017, arXiv:1706.03762;
/// torch.nn.MultiheadAttention.
public struct MultiHeadAttention: Layer {
  /// What QKᵀ is divided by.
  public enum Scale: String, Sendable, CaseIterable {
    /// √(units/heads).
    case root
    /// units/heads, as the maximal update parametrization asks (arXiv:2203.03466).
    case full
  }
  public var heads: Int
  /// Probability that a weight is dropped in train mode.
  public var dropout: Double
  public var scale: Scale

  public init(heads: Int, dropout: Double = 0, scale: Scale = .root) {
    self.heads = heads
    self.dropout = dropout
    self.scale = scale
  }

  /// Whether a weight makes queries or keys, which only decide what is attended to.
  static func compares(_ slice: ParameterLayout.Slice) -> Bool {
    slice.name.hasSuffix(".query.weight") || slice.name.hasSuffix(".key.weight")
  }

  public func join(_ network: inout NetworkBuilder, input: Shape) throws -> JoinedLayer {
    guard input.rank == 2 else { throw Misfit("attention takes tokens, but it gets \(input.described)") }
    let (tokens, units) = (input[0], input[1])
    guard units % heads == 0 else { throw Misfit("\(heads) heads do not divide tokens of \(units) numbers") }
    let width = units / heads
    let name = network.name("attention")
    let parts = ["query", "key", "value"].map { "\(name).\($0)" }
    let weights = parts.map {
      network.declareWeight("\($0).weight", [units, units], fanIn: units, fanOut: units)
    }
    let biases = zip(parts, weights).map { network.declareBias("\($0).bias", of: $1) }
    let out = network.weight("\(name).out", [units, units], fanIn: units, fanOut: units, bias: true)
    let mask = Dropout(rate: dropout).join(&network, input: [heads, tokens, tokens])
    network.count(3 * input.count + 2 * heads * tokens * tokens)
    let divisor = scale == .root ? Double(width).squareRoot() : Double(width)
    return JoinedLayer(shape: input) { x, pass in
      let samples = x.shape[0]
      let projected = zip(weights, biases).map { weight, bias in
        let signal = linear(x, weight: pass[weight], bias: pass[bias])
        pass.note(signal)
        return signal.reshaped([samples, tokens, heads, width]).transposed([0, 2, 1, 3])
      }
      let scores = (projected[0] / divisor).product(projected[1].transposed)
      let mixed = mask.apply(scores.softmax, &pass).product(projected[2])
      let rows = mixed.transposed([0, 2, 1, 3]).reshaped(x.shape)
      let signal = linear(rows, weight: pass[out.weight], bias: out.bias.map { pass[$0] })
      pass.note(signal)
      return signal
    }
  }
}
