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

  /// The value whose numbers these are, in the same order: reshapes of reshapes are joined, so a derivative by numbers
  /// that have been reshaped is one by this.
  public var unreshaped: Value { node.primitive == .reshape ? Value(trace: trace, id: node.inputs[0]) : self }

  /// Axes in another order: axis i of the result is axis `permutation[i]` of this.
  public func transposed(_ permutation: [Int]) -> Value {
    precondition(permutation.sorted() == Array(0..<shape.rank))
    guard permutation != Array(0..<shape.rank) else { return self }
    if case .transpose(let inner) = node.primitive {
      return Value(trace: trace, id: node.inputs[0]).transposed(permutation.map { inner[$0] })
    }
    return trace.add(.transpose(permutation: permutation), [self], Shape(permutation.map { shape[$0] }))
  }

  /// A matrix with rows and columns exchanged: the last two axes.
  public var transposed: Value {
    let rank = shape.rank
    return transposed(Array(0..<rank - 2) + [rank - 1, rank - 2])
  }

  /// `lengths[a]` elements along each axis a, from `start[a]` on, `step[a]` apart.
  public func slice(start: [Int], lengths: [Int], step: [Int]? = nil) -> Value {
    let step = step ?? lengths.map { _ in 1 }
    precondition(
      fits(start, lengths, step, in: shape), "no slice of \(shape): \(lengths) from \(start) in steps of \(step)")
    if Shape(lengths) == shape { return self }
    if let value = known { return trace.constant(value).broadcast(to: Shape(lengths)) }
    if case .slice(let first, let stride) = node.primitive {
      return Value(trace: trace, id: node.inputs[0]).slice(
        start: zip(first, zip(stride, start)).map { $0 + $1.0 * $1.1 }, lengths: lengths,
        step: zip(stride, step).map { $0 * $1 })
    }
    return trace.add(.slice(start: start, step: step), [self], Shape(lengths))
  }

  /// Elements in a range along one axis.
  public func slice(axis: Int, _ range: Range<Int>) -> Value {
    var start = [Int](repeating: 0, count: shape.rank)
    var lengths = shape.lengths
    (start[axis], lengths[axis]) = (range.lowerBound, range.count)
    return slice(start: start, lengths: lengths)
  }

  /// Zeros of a shape with this array's elements at `start[a] + i · step[a]` along each axis a: the adjoint of `slice`,
  /// and with steps of 1 what is called padding.
  public func placed(in target: Shape, start: [Int], step: [Int]? = nil) -> Value {
    let step = step ?? start.map { _ in 1 }
    precondition(
      fits(start, shape.lengths, step, in: target),
      "\(shape) does not go into \(target) from \(start) in steps of \(step)")
    if target == shape { return self }
    if known == 0 { return trace.constant(0).broadcast(to: target) }
    return trace.add(.place([Place(start: start, step: step)]), [self], target)
  }

  /// This and other arrays one after another along an axis.
  public func concatenated(with others: [Value], axis: Int) -> Value {
    let parts = [self] + others
    var target = shape
    target.lengths[axis] = parts.reduce(0) { $0 + $1.shape[axis] }
    var start = [Int](repeating: 0, count: shape.rank)
    var sum: Value?
    for part in parts {
      let placed = part.placed(in: target, start: start)
      sum = sum.map { $0 + placed } ?? placed
      start[axis] += part.shape[axis]
    }
    return sum!
  }

  /// The sum of two placements that do not meet, as one placement of all their parts.
  func joined(_ other: Value) -> Value? {
    guard case .place(let places) = node.primitive, case .place(let others) = other.node.primitive else { return nil }
    let shapes = node.inputs.map { trace.nodes[$0].shape }
    let otherShapes = other.node.inputs.map { trace.nodes[$0].shape }
    for (a, shape) in zip(places, shapes) {
      for (b, otherShape) in zip(others, otherShapes) where !a.isApart(from: b, shape, otherShape) { return nil }
    }
    return trace.add(
      .place(places + others), (node.inputs + other.node.inputs).map { Value(trace: trace, id: $0) }, shape)
  }

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

  /// The product of two matrices; of many, if both have the same leading axes. `[…, m, k] · [k, n]` takes all rows of
  /// the left side through one matrix.
  public func product(_ other: Value) -> Value {
    let rank = shape.rank
    precondition(
      rank >= 2 && other.shape.rank >= 2 && shape[rank - 1] == other.shape[other.shape.rank - 2]
        && (other.shape.rank == 2 || shape.lengths.dropLast(2) == other.shape.lengths.dropLast(2)),
      "matrices \(shape) and \(other.shape) do not multiply")
    let result = Shape(shape.lengths.dropLast() + other.shape.lengths.suffix(1))
    if rank > 2, other.shape.rank == 2 {
      let rows = reshaped([shape.count / max(1, shape[rank - 1]), shape[rank - 1]])
      return rows.product(other).reshaped(result)
    }
    if let sum = distributed(over: other, { product($0) }) { return sum }
    return trace.add(.product, [self, other], result)
  }

  /// The same value, constant to derivatives.
  public var detached: Value { trace.add(.detach, [self], shape) }

  /// Rows of 0 with a single 1 at each label: `[n]` labels to `[n, classes]`.
  public func oneHot(_ classes: Int) -> Value {
    let count = shape.count
    let numbers = trace.constant((0..<classes).map(Double.init), shape: [1, classes])
    return reshaped([count, 1]).broadcast(to: [count, classes]).equals(numbers.broadcast(to: [count, classes]))
  }

  /// ln Σ exp along the last axis, which stays with length 1, without overflow: the maximum is taken out, and since the
  /// result does not depend on it, it is constant to derivatives.
  public var logSumExp: Value {
    let last = shape.rank - 1
    let top = maximum(over: last).detached
    return (self - top).exp.sum(over: [last]).log + top
  }

  /// exp(x) / Σ exp(x) along the last axis, without overflow.
  public var softmax: Value {
    let last = shape.rank - 1
    let powers = (self - maximum(over: last).detached).exp
    return powers / powers.sum(over: [last])
  }

  /// ln of `softmax`, which keeps its digits where that is tiny.
  public var logSoftmax: Value { self - logSumExp }
}

extension Place {
  /// Whether arrays of two shapes at these places do not meet, as far as the axes tell one by one.
  fileprivate func isApart(from other: Place, _ shape: Shape, _ otherShape: Shape) -> Bool {
    shape.lengths.indices.contains { axis in
      let end = start[axis] + (shape[axis] - 1) * step[axis]
      let otherEnd = other.start[axis] + (otherShape[axis] - 1) * other.step[axis]
      if end < other.start[axis] || otherEnd < start[axis] { return true }
      // Equal steps that never fall on the same element.
      return step[axis] == other.step[axis] && (start[axis] - other.start[axis]) % step[axis] != 0
    }
  }
}

/// Whether a strided slice lies within a shape.
private func fits(_ start: [Int], _ lengths: [Int], _ step: [Int], in shape: Shape) -> Bool {
  start.count == shape.rank && lengths.count == shape.rank && step.count == shape.rank
    && shape.lengths.indices.allSatisfy {
      start[$0] >= 0 && lengths[$0] > 0 && step[$0] > 0 && start[$0] + (lengths[$0] - 1) * step[$0] < shape[$0]
    }
}
