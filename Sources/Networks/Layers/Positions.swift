import Autodiff
public import Tensors

/// Adds a learned vector to each token, N(0, 0.02²) at the start.
public struct LearnedPositions: Layer {
  public init() {}

  public func join(_ network: inout NetworkBuilder, input: Shape) throws -> JoinedLayer {
    guard input.rank == 2 else { throw Misfit("positions are for tokens, but they get \(input.described)") }
    let positions = network.parameter(network.name("positions"), input, role: .position)
    return JoinedLayer(shape: input) { x, pass in x + pass[positions] }
  }
}

/// Adds sin(p·ω) and cos(p·ω) to token p, ω = 10000^(−2i/d) for the i-th pair of its d numbers.
/// Vaswani et al. 2017, arXiv:1706.03762.
public struct SinusoidalPositions: Layer {
  public init() {}

  public func join(_ network: inout NetworkBuilder, input: Shape) throws -> JoinedLayer {
    guard input.rank == 2 else { throw Misfit("positions are for tokens, but they get \(input.described)") }
    let (tokens, features) = (input[0], input[1])
    return JoinedLayer(shape: input) { x, _ in
      let trace = x.trace
      let places = trace.constant((0..<tokens).map(Double.init), shape: [tokens, 1])
      let rates = (0..<(features + 1) / 2).map { pair in
        exponential(-2 * Double(pair) * logarithm(10000) / Double(features))
      }
      // Sines and cosines alternate; with an odd number the last is a sine.
      let angles = places * trace.constant((0..<features).map { rates[$0 / 2] }, shape: [1, features])
      let odd = trace.constant((0..<features).map { Double($0 % 2) }, shape: [1, features]).broadcast(to: input)
      return x + angles.cos.selected(where: odd, else: angles.sin)
    }
  }
}
