public import Tensors

/// The slices of a flat parameter vector: what an optimizer or an analysis asks when it needs the shapes.
public struct ParameterLayout: Sendable, Hashable {
  public enum Role: String, Sendable { case weight, bias, slope, gain, coordinate }

  public struct Slice: Sendable, Hashable {
    /// Unique in the model: `linear-1.weight`.
    public var name: String
    public var shape: Shape
    public var role: Role
    public var offset: Int
    /// Inputs that one output sums over, and outputs that one input feeds; 0 where it means nothing.
    public var fanIn: Int
    public var fanOut: Int
    /// The layer's number, from 1 at the input.
    public var layer: Int
    /// The axis that numbers filters (rows of a linear layer); `nil` for vectors.
    public var filterAxis: Int?

    public var range: Range<Int> { offset..<offset + shape.count }
  }

  public private(set) var slices: [Slice] = []
  /// Elements of the whole vector.
  public private(set) var count = 0

  public init() {}

  /// Adds a slice at the end.
  public mutating func append(
    _ name: String, _ shape: Shape, role: Role, fanIn: Int = 0, fanOut: Int = 0, layer: Int, filterAxis: Int? = nil
  ) {
    precondition(!slices.contains { $0.name == name }, "two parameters are named \(name)")
    slices.append(
      Slice(
        name: name, shape: shape, role: role, offset: count, fanIn: fanIn, fanOut: fanOut, layer: layer,
        filterAxis: filterAxis))
    count += shape.count
  }

  /// Matrices and filters: what initialization and spectral measures are about.
  public var weights: [Slice] { slices.filter { $0.role == .weight } }
}
