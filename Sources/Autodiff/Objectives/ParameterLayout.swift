public import Tensors

/// The slices of a flat vector (parameters, or a model's buffers): what an optimizer or an analysis asks when it needs
/// the shapes.
public struct ParameterLayout: Sendable, Hashable {
  public enum Role: String, Sendable {
    /// A matrix or filters.
    case weight
    case bias
    /// A learned number of an activation.
    case slope
    /// The factor of a normalization.
    case gain
    /// A factor on a whole residual branch.
    case multiplier
    /// Vectors looked up by symbol, or learned for each position.
    case embedding, position
    /// A coordinate of an analytic function.
    case coordinate
    /// Buffers: a running mean, a running variance, a singular vector.
    case mean, variance, singularVector
  }

  /// Where in a network a slice's layer stands.
  public enum Location: String, Sendable { case input, hidden, output }

  /// Where in its residual branch a slice's layer stands; all numbers from 1.
  public struct Branch: Sendable, Hashable {
    public var number: Int
    /// Branches of the network.
    public var count: Int
    /// The layer's place among the branch's layers with weights.
    public var layer: Int
    /// Layers with weights in the branch.
    public var length: Int

    public init(number: Int, count: Int, layer: Int, length: Int) {
      self.number = number
      self.count = count
      self.layer = layer
      self.length = length
    }
  }

  /// What a slice starts as when no initializer says otherwise.
  public enum Start: Sendable, Hashable {
    case constant(Double)
    case normal(deviation: Double)
    /// A random direction of length 1.
    case unitVector
  }

  public struct Slice: Sendable, Hashable {
    /// Unique in the model: `linear-1.weight`.
    public var name: String
    public var shape: Shape
    public var role: Role
    public var offset: Int
    /// Inputs that one output sums over, and outputs that one input feeds; 0 where it means nothing.
    public var fanIn: Int
    public var fanOut: Int
    /// The number of the layer, counting those with weights from 1 at the input; others share the number of the one
    /// before.
    public var layer: Int
    /// The axis that numbers filters (rows of a linear layer); `nil` for vectors.
    public var filterAxis: Int?
    public var location: Location
    /// `nil` outside residual branches.
    public var branch: Branch?
    public var start: Start

    public var range: Range<Int> { offset..<offset + shape.count }
  }

  public private(set) var slices: [Slice] = []
  /// Elements of the whole vector.
  public private(set) var count = 0

  public init() {}

  /// Adds a slice at the end.
  public mutating func append(
    _ name: String, _ shape: Shape, role: Role, fanIn: Int = 0, fanOut: Int = 0, layer: Int, filterAxis: Int? = nil,
    location: Location = .hidden, branch: Branch? = nil, start: Start? = nil
  ) {
    precondition(!slices.contains { $0.name == name }, "two parameters are named \(name)")
    slices.append(
      Slice(
        name: name, shape: shape, role: role, offset: count, fanIn: fanIn, fanOut: fanOut, layer: layer,
        filterAxis: filterAxis, location: location, branch: branch, start: start ?? role.usualStart))
    count += shape.count
  }

  /// Matrices and filters: what initialization and spectral measures are about.
  public var weights: [Slice] { slices.filter { $0.role == .weight } }

  /// What all slices start as when no initializer says otherwise; random ones draw from streams of their own names.
  public func startingValues(book: UInt64 = 0, run: UInt64 = 0) -> [Double] {
    slices.flatMap { slice in
      var stream = Stream(book: book, run: run, purpose: .weights(slice.name))
      return slice.startingValues(from: &stream)
    }
  }
}

extension ParameterLayout.Slice {
  /// What the slice starts as when no initializer says otherwise.
  public func startingValues(from stream: inout Stream) -> [Double] {
    switch start {
    case .constant(let value): return Array(repeating: value, count: shape.count)
    case .normal(let deviation): return stream.normals(shape.count).map { $0 * deviation }
    case .unitVector:
      let values = stream.normals(shape.count)
      let length = values.reduce(0) { $0 + $1 * $1 }.squareRoot()
      return values.map { $0 / length }
    }
  }
}

extension ParameterLayout.Role {
  fileprivate var usualStart: ParameterLayout.Start {
    switch self {
    case .weight, .bias, .coordinate, .mean: .constant(0)
    case .slope: .constant(0.25)
    case .gain, .multiplier, .variance: .constant(1)
    case .embedding: .normal(deviation: 1)
    case .position: .normal(deviation: 0.02)
    case .singularVector: .unitVector
    }
  }
}
