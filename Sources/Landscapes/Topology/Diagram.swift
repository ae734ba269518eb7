internal import Tensors

/// A persistence diagram: when each class of homology appears in a growing family of sets, and when it is gone.
///
/// For the sublevel sets {f ≤ c} of a function, a component (dimension 0) is born at a local minimum and dies at the
/// saddle where it meets an older one; a loop (dimension 1) is born at a saddle and dies at a maximum. In a plot of
/// death over birth all pairs lie above the diagonal, as far as they persist.
///
/// Edelsbrunner & Harer, "Computational Topology", 2010, chapter VII.
public struct Diagram: Hashable, Sendable {
  public struct Pair: Hashable, Sendable {
    public var dimension: Int
    /// The value at which the class appears.
    public var birth: Double
    /// The value at which it is gone; infinite for an essential class, one that stays.
    public var death: Double
    /// The cell that brings it, numbered as the maker of the diagram says.
    public var birthCell: Int
    /// The cell that ends it; `nil` for an essential class.
    public var deathCell: Int?

    public init(dimension: Int, birth: Double, death: Double, birthCell: Int, deathCell: Int?) {
      self.dimension = dimension
      self.birth = birth
      self.death = death
      self.birthCell = birthCell
      self.deathCell = deathCell
    }

    public var isEssential: Bool { death == .infinity }
    /// How long it lasts: death − birth, the vertical distance to the diagonal.
    public var lifetime: Double { death - birth }
  }

  public var pairs: [Pair]

  public init(_ pairs: [Pair] = []) { self.pairs = pairs }

  public func pairs(dimension: Int) -> [Pair] { pairs.filter { $0.dimension == dimension } }

  /// The number of classes alive at `level`: birth ≤ level < death. In dimension 0 these are the components of the
  /// sublevel set, in dimension 1 its loops.
  public func betti(_ dimension: Int, at level: Double) -> Int {
    pairs.count { $0.dimension == dimension && $0.birth <= level && level < $0.death }
  }

  /// Longest-lived first, essential classes before all; ties by birth, then by cell.
  public var byLifetime: [Pair] {
    pairs.sorted {
      ($1.lifetime, $0.dimension, $0.birth, $0.birthCell) < ($0.lifetime, $1.dimension, $1.birth, $1.birthCell)
    }
  }

  /// The entropy −Σ p ln p of the lifetimes of a dimension's finite pairs, p = lifetime / Σ lifetimes: 0 for one pair,
  /// ln n for n equal ones. 0 when there is none.
  ///
  /// Chintakunta, Gentimis, Gonzalez-Diaz, Jimenez & Krim, "An entropy-based persistence barcode", 2015.
  public func entropy(dimension: Int) -> Double {
    let lifetimes = pairs(dimension: dimension).filter { !$0.isEssential && $0.lifetime > 0 }.map(\.lifetime)
    let total = lifetimes.reduce(0, +)
    return lifetimes.reduce(0) { $0 - $1 / total * logarithm($1 / total) }
  }
}
