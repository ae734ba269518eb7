import Autodiff
public import Tensors

/// x + m·f(x), where f is a branch of layers that gives the shape it got.
///
/// m is 1, or a learned number that starts at 1 (Fixup: Zhang, Dauphin & Ma 2019, arXiv:1901.09321; an initializer may
/// start it at 0, as ReZero does: Bachlechner et al. 2020, arXiv:2003.04887).
public struct Residual: Layer {
  public var branch: any Layer
  public var multiplier: Bool

  public init(_ branch: any Layer, multiplier: Bool = false) {
    self.branch = branch
    self.multiplier = multiplier
  }

  public func join(_ network: inout NetworkBuilder, input: Shape) throws -> JoinedLayer {
    let name = network.name("residual")
    let (joined, factor) = try network.branch { network in
      let joined = try branch.join(&network, input: input)
      return (joined, multiplier ? network.parameter("\(name).multiplier", .scalar, role: .multiplier) : nil)
    }
    guard joined.shape == input else {
      throw Misfit("a residual branch must give what it gets: \(input.described) becomes \(joined.shape.described)")
    }
    return JoinedLayer(shape: input) { x, pass in
      let change = joined.apply(x, &pass)
      return x + (factor.map { pass[$0] * change } ?? change)
    }
  }
}
