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
  case .product: return [{ g.product(x[1].transposed) }, { x[0].transposed.product(g) }]
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
  case .relu: [{ g * x[0].step }]
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
  /// Sums over the axes along which `target` was broadcast to this shape.
  fileprivate func summed(to target: Shape) -> Value {
    let extra = shape.rank - target.rank
    let axes = shape.lengths.indices.filter { $0 < extra || (target[$0 - extra] == 1 && shape[$0] != 1) }
    return sum(over: axes).reshaped(target)
  }
}
