import Autodiff
public import Tensors

/// s(x) + m·f(x), where f is a branch of layers and s is nothing, or layers that bring x to the shape of f(x).
///
/// m is 1, or a learned number that starts at 1 (Fixup: Zhang, Dauphin & Ma 2019, arXiv:1901.09321; an initializer may
/// start it at 0, as ReZero does: Bachlechner et al. 2020, arXiv:2003.04887).
public struct Residual: Layer {
  public var branch: any Layer
  public var shortcut: (any Layer)?
  public var multiplier: Bool

  public init(_ branch: any Layer, shortcut: (any Layer)? = nil, multiplier: Bool = false) {
    self.branch = branch
    self.shortcut = shortcut
    self.multiplier = multiplier
  }

  public func join(_ network: inout NetworkBuilder, input: Shape) throws -> JoinedLayer {
    let name = network.name("residual")
    let (joined, factor) = try network.branch { network in
      let joined = try branch.join(&network, input: input)
      return (joined, multiplier ? network.parameter("\(name).multiplier", .scalar, role: .multiplier) : nil)
    }
    let way: JoinedLayer?
    do {
      way = try shortcut?.join(&network, input: input)
    } catch let misfit as Misfit {
      // Its path would point into the branch.
      throw Misfit("on the shortcut \(misfit.message)")
    }
    let kept = way?.shape ?? input
    guard joined.shape == kept else {
      throw Misfit(
        "a branch adds to what passes it by: \(joined.shape.described) cannot be added to \(kept.described)")
    }
    return JoinedLayer(shape: kept) { x, pass in
      let change = joined.apply(x, &pass)
      return (way?.apply(x, &pass) ?? x) + (factor.map { pass[$0] * change } ?? change)
    }
  }
}
