public import Tensors

/// A computation as it is written down: a list of primitives over shapes, each naming earlier ones.
///
/// Equal nodes are stored once and simple identities (x + 0, x · 1, a transpose of a transpose) are applied as nodes
/// are added, so a derivative never repeats what the value already computed.
public final class Trace {
  struct Node: Hashable {
    var primitive: Primitive
    var inputs: [Int]
    var shape: Shape
  }

  private(set) var nodes: [Node] = []
  private var known: [Node: Int] = [:]
  /// Nodes that are affine in numbers, and the numbers.
  var lines: [Int: Line] = [:]
  var moving: Set<Int> = []

  public init() {}

  /// An array that a program reads from a slot, starting at `offset`.
  public func input(slot: Int, offset: Int = 0, shape: Shape) -> Value {
    add(.input(slot: slot, offset: offset), [], shape)
  }

  /// A number.
  public func constant(_ value: Double) -> Value { add(.constant([value]), [], .scalar) }

  /// A small array of numbers, row-major.
  public func constant(_ values: [Double], shape: Shape) -> Value {
    precondition(values.count == shape.count)
    return add(.constant(values), [], shape)
  }

  func add(_ primitive: Primitive, _ inputs: [Value], _ shape: Shape) -> Value {
    for input in inputs { precondition(input.trace === self, "values of different traces do not mix") }
    let node = Node(primitive: primitive, inputs: inputs.map(\.id), shape: shape)
    if let id = known[node] { return Value(trace: self, id: id) }
    nodes.append(node)
    known[node] = nodes.count - 1
    return Value(trace: self, id: nodes.count - 1)
  }
}

/// The primitives: everything that is computed is made of these, and so is every derivative.
enum Primitive: Hashable {
  case input(slot: Int, offset: Int)
  case constant([Double])
  /// One of the element-wise operations; all operands have the shape of the result.
  case elementwise(Elementwise.Operation)
  /// Repeats along axes of length 1 and along new leading axes, as NumPy does.
  case broadcast
  /// Over one run of neighbouring axes, which stay with length 1.
  case reduce(Reduction.Operation, axes: Range<Int>)
  case reshape
  case transpose(permutation: [Int])
  /// Elements at strided places: `start + i · step` along each axis.
  case slice(start: [Int], step: [Int])
  /// Zeros with arrays put at strided places, none where another is; the adjoint of slices.
  case place([Place])
  /// Of two matrices, or of as many as the leading axes say.
  case product
  /// Of channels-last images with filters, or an adjoint of that.
  case convolution(Convolution.Direction, Window, groups: Int)
  case pooling(Pooling.Operation, Window)
  /// The same value, constant to derivatives.
  case detach
  /// The same value, but what is computed from it is computed once more.
  case again
}

/// Where an array's elements are within another: `start[a] + i · step[a]` along each axis a.
struct Place: Hashable {
  var start: [Int]
  var step: [Int]
}

/// A traced array: what model code computes with.
public struct Value {
  public let trace: Trace
  let id: Int

  var node: Trace.Node { trace.nodes[id] }
  public var shape: Shape { node.shape }

  /// Whether this is the very same node, not only an equal array.
  public func isIdentical(to other: Value) -> Bool { trace === other.trace && id == other.id }

  /// The number that every element is, if it is known while tracing.
  var known: Double? {
    switch node.primitive {
    case .constant(let values) where values.count == 1: values[0]
    case .broadcast: Value(trace: trace, id: node.inputs[0]).known
    default: nil
    }
  }
}
