import Tensors

/// What each input of a value gets of the value's cotangent; `nil` where no derivative passes. Lazy, so that only the
/// shares that are wanted are traced.
func shares(of y: Value, _ g: Value) -> [() -> Value?] {
  let x = y.node.inputs.map { Value(trace: y.trace, id: $0) }
  switch y.node.primitive {
  case .input, .constant, .detach: return x.map { _ in { nil } }
  case .elementwise(let operation): return shares(operation, x, y, g)
  case .broadcast: return [{ g.summed(to: x[0].shape) }]
  case .reshape: return [{ g.reshaped(x[0].shape) }]
  case .transpose(let permutation):
    let inverse = permutation.indices.map { permutation.firstIndex(of: $0)! }
    return [{ g.transposed(inverse) }]
  case .reduce(.sum, _): return [{ g.broadcast(to: x[0].shape) }]
  // Used for shifts and predictions only.
  case .reduce: return [{ nil }]
  case .slice(let start, let step): return [{ g.placed(in: x[0].shape, start: start, step: step) }]
  case .place(let places):
    return x.indices.map { index in
      { g.slice(start: places[index].start, lengths: x[index].shape.lengths, step: places[index].step) }
    }
  case .convolution(let direction, let window, let groups):
    // ⟨convolution(images, filters), results⟩ is linear in all three; each direction is its derivative by one.
    func derivative(_ direction: Convolution.Direction, _ a: Value, _ b: Value, like target: Value) -> Value {
      y.trace.add(.convolution(direction, window, groups: groups), [a, b], target.shape)
    }
    switch direction {
    case .forward:
      return [{ derivative(.toImages, g, x[1], like: x[0]) }, { derivative(.toFilters, x[0], g, like: x[1]) }]
    case .toImages:
      return [{ derivative(.forward, g, x[1], like: x[0]) }, { derivative(.toFilters, g, x[0], like: x[1]) }]
    case .toFilters:
      return [{ derivative(.toImages, x[1], g, like: x[0]) }, { derivative(.forward, x[0], g, like: x[1]) }]
    }
  case .pooling(let operation, let window):
    // Each is linear in the images or places; the numbers of the largest pixels carry no derivative.
    func adjoint(_ operation: Pooling.Operation) -> Value {
      y.trace.add(.pooling(operation, window), [g] + x.dropFirst(), x[0].shape)
    }
    switch operation {
    case .index: return [{ nil }]
    case .take: return [{ adjoint(.put) }, { nil }]
    case .put: return [{ adjoint(.take) }, { nil }]
    case .sum: return [{ adjoint(.spread) }]
    case .spread: return [{ adjoint(.sum) }]
    }
  // A factor that is a transpose gets its share as one too, so that what reaches the array itself lies as that does.
  case .product:
    return [
      { x[0].isTransposed ? x[1].product(g.transposed).transposed : g.product(x[1].transposed) },
      { x[1].isTransposed ? g.transposed.product(x[0]).transposed : x[0].transposed.product(g) },
    ]
  }
}

private func shares(_ operation: Elementwise.Operation, _ x: [Value], _ y: Value, _ g: Value) -> [() -> Value?] {
  switch operation {
  case .add: [{ g }, { g }]
  case .subtract: [{ g }, { -g }]
  case .multiply: [{ g * x[1] }, { g * x[0] }]
  case .divide: [{ g / x[1] }, { -(g * y) / x[1] }]
  // The branch taken counts; at a tie that is the first.
  case .maximum: [{ g * (1 - x[1].isGreater(than: x[0])) }, { g * x[1].isGreater(than: x[0]) }]
  case .minimum: [{ g * (1 - x[0].isGreater(than: x[1])) }, { g * x[0].isGreater(than: x[1]) }]
  case .negate: [{ -g }]
  case .exp: [{ g * y }]
  case .log: [{ g / x[0] }]
  case .sqrt: [{ 0.5 * g / y }]
  case .tanh: [{ g * (1 - y.squared) }]
  case .erf: [{ g * (2 / Double.pi.squareRoot()) * (-x[0].squared).exp }]
  case .sigmoid: [{ g * (y * (1 - y)) }]
  case .sin: [{ g * x[0].cos }]
  case .cos: [{ -(g * x[0].sin) }]
  case .softplus: [{ g * x[0].sigmoid }]
  // By the result, which is kept anyway.
  case .relu: [{ g * y.step }]
  case .absolute: [{ g * x[0].sign }]
  case .square: [{ g * (2 * x[0]) }]
  case .copy: [{ g }]
  case .multiplyAdd: [{ g * x[1] }, { g * x[0] }, { g }]
  case .select:
    [
      { nil }, { g.selected(where: x[0], else: g.trace.constant(0)) },
      { g.trace.constant(0).broadcast(to: g.shape).selected(where: x[0], else: g) },
    ]
  case .equal, .greater, .step, .sign: x.map { _ in { nil } }
  }
}

extension Value {
  fileprivate var isTransposed: Bool { if case .transpose = node.primitive { true } else { false } }

  /// Sums over the axes along which `target` was broadcast to this shape.
  fileprivate func summed(to target: Shape) -> Value {
    let extra = shape.rank - target.rank
    let axes = shape.lengths.indices.filter { $0 < extra || (target[$0 - extra] == 1 && shape[$0] != 1) }
    return sum(over: axes).reshaped(target)
  }
}
