import Autodiff
public import Tensors

/// A learned vector for each of `symbols` symbols, N(0, 1) at the start: `[tokens]` whole numbers below `symbols` become
/// `[tokens, units]`. A number that is no symbol becomes zeros.
public struct Embedding: Layer {
  public var symbols: Int
  public var units: Int

  public init(symbols: Int, units: Int) {
    self.symbols = symbols
    self.units = units
  }

  public func join(_ network: inout NetworkBuilder, input: Shape) throws -> JoinedLayer {
    guard input.rank == 1 else {
      throw Misfit("an embedding takes a row of symbols, but it gets \(input.described)")
    }
    let table = network.parameter(network.name("embedding"), [symbols, units], role: .embedding)
    network.count(input[0] * symbols)
    return JoinedLayer(shape: [input[0], units]) { x, pass in
      x.reshaped([x.shape.count]).oneHot(symbols).product(pass[table]).reshaped([x.shape[0], input[0], units])
    }
  }
}
