import Tensors

/// Turns the reachable part of a trace into kernels' terms: what is only another view of memory (broadcast, transpose,
/// reshape) becomes strides, and a copy is added where a kernel needs its operand in one piece.
struct Lowering {
  /// What a view looks at.
  enum Source: Hashable {
    /// The result of a lowered node.
    case node(Int)
    case input(slot: Int, offset: Int)
    case number(Double)
    /// A constant array.
    case array([Double])
  }

  /// Elements of a source, one for each index of `shape`, found by strides.
  struct View: Hashable {
    var source: Source
    var shape: Shape
    var strides: [Int]

    /// Elements of the source from the first to the last that the view touches.
    var reach: Int { zip(shape.lengths, strides).reduce(1) { $0 + ($1.0 - 1) * $1.1 } }

    var isContiguous: Bool {
      if case .number = source { return false }
      return zip(zip(strides, shape.strides), shape.lengths).allSatisfy { $0.0 == $0.1 || $1 == 1 }
    }
  }

  enum Kind {
    case elementwise(Elementwise.Operation, [View])
    case reduction(Reduction.Operation, View, outer: Int, middle: Int, inner: Int)
    case product(View, aTransposed: Bool, View, bTransposed: Bool, m: Int, n: Int, k: Int)
  }

  struct Node {
    var kind: Kind
    var shape: Shape

    var views: [View] {
      switch kind {
      case .elementwise(_, let views): views
      case .reduction(_, let view, _, _, _): [view]
      case .product(let a, _, let b, _, _, _, _): [a, b]
      }
    }

    /// Lowered nodes that this one reads.
    var sources: [Int] { views.compactMap { if case .node(let index) = $0.source { index } else { nil } } }
  }

  private(set) var nodes: [Node] = []
  private var views: [Int: View] = [:]

  /// Lowers what `outputs` need, and gives each output's view.
  static func lower(_ trace: Trace, outputs: [Value]) -> (nodes: [Node], outputs: [View]) {
    var needed = Set(outputs.map(\.id))
    for id in stride(from: needed.max() ?? -1, through: 0, by: -1) where needed.contains(id) {
      needed.formUnion(trace.nodes[id].inputs)
    }
    var lowering = Lowering()
    for id in needed.sorted() { lowering.views[id] = lowering.lower(trace.nodes[id]) }
    let result = outputs.map { output in
      let view = lowering.views[output.id]!
      if case .node = view.source, view.isContiguous { return view }
      return lowering.copy(of: view)
    }
    return (lowering.nodes, result)
  }

  private mutating func lower(_ node: Trace.Node) -> View {
    let operands = node.inputs.map { views[$0]! }
    switch node.primitive {
    case .input(let slot, let offset):
      return View(source: .input(slot: slot, offset: offset), shape: node.shape, strides: node.shape.strides)
    case .constant(let values):
      let source = values.count == 1 ? Source.number(values[0]) : .array(values)
      return View(source: source, shape: node.shape, strides: node.shape.strides)
    case .detach: return operands[0]
    case .broadcast: return operands[0].broadcast(to: node.shape)
    case .transpose(let permutation):
      return View(
        source: operands[0].source, shape: node.shape, strides: permutation.map { operands[0].strides[$0] })
    case .reshape:
      var view = inOnePiece(operands[0])
      (view.shape, view.strides) = (node.shape, node.shape.strides)
      return view
    case .elementwise(let operation): return add(.elementwise(operation, operands), node.shape)
    case .reduce(let operation, let axes):
      let lengths = operands[0].shape.lengths
      return add(
        .reduction(
          operation, inOnePiece(operands[0]), outer: lengths[..<axes.lowerBound].reduce(1, *),
          middle: lengths[axes].reduce(1, *), inner: lengths[axes.upperBound...].reduce(1, *)), node.shape)
    case .product:
      let (a, aTransposed) = asMatrix(operands[0])
      let (b, bTransposed) = asMatrix(operands[1])
      return add(
        .product(
          a, aTransposed: aTransposed, b, bTransposed: bTransposed, m: node.shape[0], n: node.shape[1],
          k: operands[0].shape[1]), node.shape)
    }
  }

  private mutating func add(_ kind: Kind, _ shape: Shape) -> View {
    nodes.append(Node(kind: kind, shape: shape))
    return View(source: .node(nodes.count - 1), shape: shape, strides: shape.strides)
  }

  private mutating func copy(of view: View) -> View { add(.elementwise(.copy, [view]), view.shape) }

  private mutating func inOnePiece(_ view: View) -> View { view.isContiguous ? view : copy(of: view) }

  /// A matrix as BLAS takes it: row-major, or row-major and transposed.
  private mutating func asMatrix(_ view: View) -> (View, transposed: Bool) {
    if view.isContiguous { return (view, false) }
    let flipped = View(
      source: view.source, shape: [view.shape[1], view.shape[0]], strides: [view.strides[1], view.strides[0]])
    return flipped.isContiguous ? (flipped, true) : (copy(of: view), false)
  }
}

extension Lowering.View {
  fileprivate func broadcast(to target: Shape) -> Lowering.View {
    let extra = target.rank - shape.rank
    let strides = target.lengths.indices.map { axis in
      axis < extra || (shape[axis - extra] == 1 && target[axis] != 1) ? 0 : self.strides[axis - extra]
    }
    return Lowering.View(source: source, shape: target, strides: strides)
  }

  /// How a kernel over this view's flattened shape reaches its elements; `nil` for a number.
  var access: Elementwise.Access {
    // Neighbouring axes that one stride can walk become one; axes of length 1 drop out.
    var lengths: [Int] = []
    var steps: [Int] = []
    for (length, step) in zip(shape.lengths, strides) where length != 1 {
      if let last = steps.last, last == step * length {
        lengths[lengths.count - 1] *= length
        steps[steps.count - 1] = step
      } else {
        lengths.append(length)
        steps.append(step)
      }
    }
    switch steps {
    case []: return shape.count == 1 ? .contiguous : .scalar
    case [1]: return .contiguous
    case [0]: return .scalar
    case [0, 1]: return .cycled(period: lengths[1])
    case [1, 0]: return .spread(run: lengths[1])
    default: return .strided(lengths: lengths, strides: steps)
    }
  }
}
