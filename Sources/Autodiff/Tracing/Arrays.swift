public import Tensors

extension Value {
  /// Repeats along axes of length 1 and along new leading axes.
  public func broadcast(to target: Shape) -> Value {
    guard target != shape else { return self }
    precondition(broadcastShape(shape, target) == target, "\(shape) does not broadcast to \(target)")
    if node.primitive == .broadcast { return Value(trace: trace, id: node.inputs[0]).broadcast(to: target) }
    return trace.add(.broadcast, [self], target)
  }

  /// The same elements in the same order under another shape.
  public func reshaped(_ target: Shape) -> Value {
    precondition(target.count == shape.count, "\(shape) does not reshape to \(target)")
    guard target != shape else { return self }
    if node.primitive == .reshape { return Value(trace: trace, id: node.inputs[0]).reshaped(target) }
    if let value = known { return trace.constant(value).broadcast(to: target) }
    return trace.add(.reshape, [self], target)
  }

  /// Axes in another order: axis i of the result is axis `permutation[i]` of this.
  public func transposed(_ permutation: [Int]) -> Value {
    precondition(permutation.sorted() == Array(0..<shape.rank))
    guard permutation != Array(0..<shape.rank) else { return self }
    if case .transpose(let inner) = node.primitive {
      return Value(trace: trace, id: node.inputs[0]).transposed(permutation.map { inner[$0] })
    }
    return trace.add(.transpose(permutation: permutation), [self], Shape(permutation.map { shape[$0] }))
  }

  /// A matrix with rows and columns exchanged.
  public var transposed: Value { transposed([1, 0]) }

  /// Sums over axes, which stay with length 1.
  public func sum(over axes: some Collection<Int>) -> Value { reduced(.sum, over: axes) }
  /// The sum of all elements.
  public func sum() -> Value { sum(over: 0..<shape.rank).reshaped(.scalar) }
  /// The mean of all elements.
  public func mean() -> Value { sum() / Double(max(1, shape.count)) }
  /// The largest element along an axis, which stays with length 1; no derivative passes through it.
  public func maximum(over axis: Int) -> Value { reduced(.maximum, over: [axis]) }
  /// The index of the largest element along an axis, which stays with length 1.
  public func argmax(over axis: Int) -> Value { reduced(.argmax, over: [axis]) }

  private func reduced(_ operation: Reduction.Operation, over axes: some Collection<Int>) -> Value {
    // One run of neighbouring axes at a time; axes of length 1 need no work.
    let wanted = axes.filter { shape[$0] != 1 || operation == .argmax }.sorted()
    guard let first = wanted.first else { return self }
    var end = first + 1
    while wanted.contains(end)
      || (end < shape.rank && shape[end] == 1 && wanted.contains { $0 > end } && operation == .sum)
    {
      end += 1
    }
    if operation == .sum, let value = known {
      let lengths = shape.lengths.enumerated().map { wanted.contains($0) ? 1 : $1 }
      let count = wanted.reduce(1) { $0 * shape[$1] }
      return trace.constant(value * Double(count)).broadcast(to: Shape(lengths))
    }
    let lengths = shape.lengths.enumerated().map { (first..<end).contains($0) ? 1 : $1 }
    let partial = trace.add(.reduce(operation, axes: first..<end), [self], Shape(lengths))
    return partial.reduced(operation, over: wanted.filter { $0 >= end })
  }

  /// The product of two matrices.
  public func product(_ other: Value) -> Value {
    precondition(
      shape.rank == 2 && other.shape.rank == 2 && shape[1] == other.shape[0],
      "matrices \(shape) and \(other.shape) do not multiply")
    return trace.add(.product, [self, other], [shape[0], other.shape[1]])
  }

  /// The same value, constant to derivatives.
  public var detached: Value { trace.add(.detach, [self], shape) }

  /// Rows of 0 with a single 1 at each label: `[n]` labels to `[n, classes]`.
  public func oneHot(_ classes: Int) -> Value {
    let count = shape.count
    let numbers = trace.constant((0..<classes).map(Double.init), shape: [1, classes])
    return reshaped([count, 1]).broadcast(to: [count, classes]).equals(numbers.broadcast(to: [count, classes]))
  }

  /// ln Σ exp along the last axis of a matrix, `[n, c]` to `[n, 1]`, without overflow: the maximum is taken out, and
  /// since the result does not depend on it, it is constant to derivatives.
  public var logSumExp: Value {
    let top = maximum(over: 1).detached
    return (self - top).exp.sum(over: [1]).log + top
  }
}
