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
    /// The element of the source that index 0 names. An input's own offset takes this up.
    var offset = 0

    /// Elements of the source up to the last that the view touches.
    var reach: Int { zip(shape.lengths, strides).reduce(offset + 1) { $0 + ($1.0 - 1) * $1.1 } }

    var isContiguous: Bool {
      if case .number = source { return false }
      return zip(zip(strides, shape.strides), shape.lengths).allSatisfy { $0.0 == $0.1 || $1 == 1 }
    }
  }

  enum Kind {
    case elementwise(Elementwise.Operation, [View])
    case reduction(Reduction.Operation, View, outer: Int, middle: Int, inner: Int)
    case product(View, aTransposed: Bool, View, bTransposed: Bool, m: Int, n: Int, k: Int)
    case batchedProduct(Matrices, Matrices, batch: Shape, m: Int, n: Int, k: Int)
    case place([View], [Place])
    case convolution(Convolution.Direction, Window, groups: Int, View, View)
    case pooling(Pooling.Operation, Window, [View])
  }

  /// Matrices as BLAS takes them: the last two axes are row-major, or transposed row-major, with any distance between
  /// rows.
  struct Matrices {
    var view: View
    var transposed: Bool
    var rowStride: Int
  }

  struct Node {
    var kind: Kind
    var shape: Shape

    var views: [View] {
      switch kind {
      case .elementwise(_, let views): views
      case .reduction(_, let view, _, _, _): [view]
      case .product(let a, _, let b, _, _, _, _): [a, b]
      case .batchedProduct(let a, let b, _, _, _, _): [a.view, b.view]
      case .place(let views, _): views
      case .convolution(_, _, _, let a, let b): [a, b]
      case .pooling(_, _, let views): views
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
      if case .node(let index) = view.source, view.isContiguous, view.shape.count == lowering.nodes[index].shape.count {
        return view
      }
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
    case .detach, .again: return operands[0]
    case .broadcast: return operands[0].broadcast(to: node.shape)
    case .transpose(let permutation):
      var view = operands[0]
      (view.shape, view.strides) = (node.shape, permutation.map { operands[0].strides[$0] })
      return view
    case .slice(let start, let step): return operands[0].slice(start, step, node.shape)
    case .place(let places): return add(.place(operands, places), node.shape)
    case .reshape:
      return operands[0].reshaped(node.shape) ?? copy(of: operands[0]).reshaped(node.shape)!
    case .elementwise(let operation): return add(.elementwise(operation, operands), node.shape)
    case .reduce(let operation, let axes):
      let lengths = operands[0].shape.lengths
      return add(
        .reduction(
          operation, inOnePiece(operands[0]), outer: lengths[..<axes.lowerBound].reduce(1, *),
          middle: lengths[axes].reduce(1, *), inner: lengths[axes.upperBound...].reduce(1, *)), node.shape)
    case .convolution(let direction, let window, let groups):
      return add(
        .convolution(direction, window, groups: groups, inOnePiece(operands[0]), inOnePiece(operands[1])), node.shape)
    case .pooling(let operation, let window):
      let pieces = operands.map { inOnePiece($0) }
      return add(.pooling(operation, window, pieces), node.shape)
    case .product where node.shape.rank > 2 || operands.contains(where: \.isPart):
      let batch = Shape(Array(node.shape.lengths.dropLast(2)))
      let a = asMatrices(operands[0])
      let b = asMatrices(operands[1])
      return add(
        .batchedProduct(
          a, b, batch: batch, m: node.shape[batch.rank], n: node.shape[batch.rank + 1],
          k: operands[0].shape[batch.rank + 1]), node.shape)
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

  /// A matrix in one piece: row-major, or row-major and transposed.
  private mutating func asMatrix(_ view: View) -> (View, transposed: Bool) {
    if view.isContiguous { return (view, false) }
    let flipped = view.flipped
    return flipped.isContiguous ? (flipped, true) : (copy(of: view), false)
  }

  /// Matrices where they are, if the last two axes allow it, else a copy.
  private mutating func asMatrices(_ view: View) -> Matrices {
    if let stride = view.rowStride { return Matrices(view: view, transposed: false, rowStride: stride) }
    if let stride = view.flipped.rowStride { return Matrices(view: view, transposed: true, rowStride: stride) }
    let copy = copy(of: view)
    return Matrices(view: copy, transposed: false, rowStride: view.shape[view.shape.rank - 1])
  }
}

extension Lowering.View {
  /// With the last two axes exchanged.
  fileprivate var flipped: Lowering.View {
    var view = self
    let last = shape.rank - 1
    view.shape.lengths.swapAt(last, last - 1)
    view.strides.swapAt(last, last - 1)
    return view
  }

  /// Whether this is a matrix within a larger one.
  fileprivate var isPart: Bool {
    !isContiguous && !flipped.isContiguous && (rowStride != nil || flipped.rowStride != nil)
  }

  /// The distance between rows, if the last axis lies in one piece and rows do not overlap.
  fileprivate var rowStride: Int? {
    if case .number = source { return nil }
    let last = shape.rank - 1
    let (rows, columns) = (shape[last - 1], shape[last])
    guard columns == 1 || strides[last] == 1 else { return nil }
    if rows == 1 { return max(1, columns) }
    return strides[last - 1] >= max(1, columns) ? strides[last - 1] : nil
  }

  /// The same elements under another shape, if strides can tell where they are: axes that are walked by one stride are
  /// split and joined, others are left alone.
  fileprivate func reshaped(_ target: Shape) -> Lowering.View? {
    if case .number = source { return nil }
    var view = self
    view.shape = target
    view.strides = target.strides
    if isContiguous { return view }
    let old = zip(shape.lengths, strides).filter { $0.0 != 1 }
    var (i, j) = (0, 0)
    while i < old.count {
      // The shortest run of axes on both sides with as many elements.
      let (firstOld, firstNew) = (i, j)
      var (have, want) = (old[i].0, 1)
      i += 1
      while have != want {
        if have < want {
          (have, i) = (have * old[i].0, i + 1)
        } else {
          (want, j) = (want * target[j], j + 1)
        }
      }
      for axis in firstOld..<i - 1 where old[axis].1 != old[axis + 1].1 * old[axis + 1].0 { return nil }
      var stride = old[i - 1].1
      for axis in (firstNew..<j).reversed() {
        view.strides[axis] = stride
        stride *= target[axis]
      }
    }
    return view
  }

  fileprivate func slice(_ start: [Int], _ step: [Int], _ shape: Shape) -> Lowering.View {
    var view = self
    view.shape = shape
    view.strides = zip(strides, step).map { $0 * $1 }
    let offset = zip(strides, start).reduce(0) { $0 + $1.0 * $1.1 }
    switch source {
    case .input(let slot, let first): view.source = .input(slot: slot, offset: first + offset)
    case .number: break
    case .node, .array: view.offset += offset
    }
    return view
  }

  fileprivate func broadcast(to target: Shape) -> Lowering.View {
    let extra = target.rank - shape.rank
    let strides = target.lengths.indices.map { axis in
      axis < extra || (shape[axis - extra] == 1 && target[axis] != 1) ? 0 : self.strides[axis - extra]
    }
    return Lowering.View(source: source, shape: target, strides: strides, offset: offset)
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
