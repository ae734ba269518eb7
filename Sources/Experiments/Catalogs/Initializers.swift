public import Networks
public import Specs

/// How the initializer catalog makes what it names.
typealias InitializerItem = MakerCatalog<@Sendable (Values) -> Initializer>.Item

/// Every initializer that a spec can name, in the order that decides colours: new ones stand at the end.
public let initializerCatalog = MakerCatalog<@Sendable (Values) -> Initializer>(
  "initializer",
  [
    lecunEntry,
    xavierNormalEntry,
    kaimingNormalEntry,
    orthogonalEntry,
    scaledOrthogonalEntry,
    lMomentumEntry,
    pytorchEntry,
    lecunUniformEntry,
    xavierUniformEntry,
    kaimingUniformEntry,
    varianceScalingEntry,
    normalEntry,
    uniformEntry,
    truncatedNormalEntry,
    constantEntry,
    deltaOrthogonalEntry,
    identityEntry,
    sparseEntry,
    emergencePromotingEntry,
    twiceDividedEntry,
    edgeOfChaosEntry,
    lsuvEntry,
    metaInitEntry,
    fixupEntry,
    zeroBranchesEntry,
    tFixupEntry,
    gradInitEntry,
  ])

/// Options that several initializers share.
extension Option {
  static let gain = Option("gain", .number(above: 0), .yaml("1"), "Factor on every weight.")
}
