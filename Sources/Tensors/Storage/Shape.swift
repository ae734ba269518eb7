/// The lengths of an array's axes, outermost first; `[]` is a scalar. Elements lie in row-major order.
public struct Shape: Hashable, Sendable, ExpressibleByArrayLiteral, CustomStringConvertible {
  public var lengths: [Int]

  public init(_ lengths: [Int]) { self.lengths = lengths }
  public init(arrayLiteral lengths: Int...) { self.lengths = lengths }

  public static let scalar = Shape([])

  public var rank: Int { lengths.count }
  public var count: Int { lengths.reduce(1, *) }
  public subscript(axis: Int) -> Int { lengths[axis] }
  public var description: String { lengths.map(String.init).joined(separator: "×") }

  /// The distance in memory between neighbours along each axis.
  public var strides: [Int] {
    var strides = [Int](repeating: 1, count: rank)
    for axis in stride(from: rank - 2, through: 0, by: -1) { strides[axis] = strides[axis + 1] * lengths[axis + 1] }
    return strides
  }
}
