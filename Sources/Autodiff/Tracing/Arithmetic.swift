import Tensors

extension Value {
  public static func + (a: Value, b: Value) -> Value { a.combined(.add, b) }
  public static func - (a: Value, b: Value) -> Value { a.combined(.subtract, b) }
  public static func * (a: Value, b: Value) -> Value { a.combined(.multiply, b) }
  public static func / (a: Value, b: Value) -> Value { a.combined(.divide, b) }
  public static func + (a: Value, b: Double) -> Value { a + a.trace.constant(b) }
  public static func - (a: Value, b: Double) -> Value { a - a.trace.constant(b) }
  public static func * (a: Value, b: Double) -> Value { a * a.trace.constant(b) }
  public static func / (a: Value, b: Double) -> Value { a / a.trace.constant(b) }
  public static func + (a: Double, b: Value) -> Value { b.trace.constant(a) + b }
  public static func - (a: Double, b: Value) -> Value { b.trace.constant(a) - b }
  public static func * (a: Double, b: Value) -> Value { b.trace.constant(a) * b }
  public static func / (a: Double, b: Value) -> Value { b.trace.constant(a) / b }
  public static prefix func - (a: Value) -> Value { a.mapped(.negate) }

  /// 1 where the elements are equal, else 0.
  public func equals(_ other: Value) -> Value { combined(.equal, other) }
  /// 1 where this is greater, else 0.
  public func isGreater(than other: Value) -> Value { combined(.greater, other) }
  public func maximum(_ other: Value) -> Value { combined(.maximum, other) }
  public func minimum(_ other: Value) -> Value { combined(.minimum, other) }

  public var exp: Value { mapped(.exp) }
  public var log: Value { mapped(.log) }
  public var squareRoot: Value { mapped(.sqrt) }
  public var squared: Value { mapped(.square) }
  public var tanh: Value { mapped(.tanh) }
  public var erf: Value { mapped(.erf) }
  public var sigmoid: Value { mapped(.sigmoid) }
  public var sin: Value { mapped(.sin) }
  public var cos: Value { mapped(.cos) }
  /// ln(1 + eˣ).
  public var softplus: Value { mapped(.softplus) }
  /// max(x, 0); the derivative at 0 is 0.
  public var relu: Value { mapped(.relu) }
  /// 1 for positive elements, else 0.
  public var step: Value { mapped(.step) }
  public var sign: Value { mapped(.sign) }
  public var absolute: Value { mapped(.absolute) }

  /// Where `condition` is not 0 this value, else the other.
  public func selected(where condition: Value, else other: Value) -> Value {
    let shape = broadcastShape(broadcastShape(condition.shape, shape), other.shape)
    return trace.add(
      .elementwise(.select), [condition.broadcast(to: shape), broadcast(to: shape), other.broadcast(to: shape)], shape)
  }

  func mapped(_ operation: Elementwise.Operation) -> Value {
    if let value = known, let folded = fold(operation, value) {
      return trace.constant(folded).broadcast(to: shape)
    }
    if operation == .negate, node.primitive == .elementwise(.negate) { return Value(trace: trace, id: node.inputs[0]) }
    return trace.add(.elementwise(operation), [self], shape)
  }

  func combined(_ operation: Elementwise.Operation, _ other: Value) -> Value {
    let shape = broadcastShape(self.shape, other.shape)
    if let simple = simplified(operation, other, shape) { return simple }
    // What is the same along a broadcast axis is computed once and broadcast after.
    if let a = unbroadcast, let b = other.unbroadcast, a.shape == b.shape, a.shape != shape {
      return a.combined(operation, b).broadcast(to: shape)
    }
    return trace.add(.elementwise(operation), [broadcast(to: shape), other.broadcast(to: shape)], shape)
  }

  /// What this repeats, if it only repeats something.
  private var unbroadcast: Value? {
    node.primitive == .broadcast ? Value(trace: trace, id: node.inputs[0]) : (shape == .scalar ? self : nil)
  }

  private func simplified(_ operation: Elementwise.Operation, _ other: Value, _ shape: Shape) -> Value? {
    switch (operation, known, other.known) {
    case (_, let a?, let b?):
      return fold(operation, a, b).map { trace.constant($0).broadcast(to: shape) }
    case (.add, 0, _): return other.broadcast(to: shape)
    case (.add, _, 0), (.subtract, _, 0), (.multiply, _, 1), (.divide, _, 1): return broadcast(to: shape)
    case (.multiply, 1, _): return other.broadcast(to: shape)
    case (.multiply, 0, _), (.multiply, _, 0): return trace.constant(0).broadcast(to: shape)
    case (.multiply, -1, _): return (-other).broadcast(to: shape)
    case (.multiply, _, -1): return (-self).broadcast(to: shape)
    case (.subtract, 0, _): return (-other).broadcast(to: shape)
    case (.multiply, _, _) where id == other.id: return squared
    case (.add, _, _) where self.shape == other.shape: return joined(other)
    default: return nil
    }
  }
}

private func fold(_ operation: Elementwise.Operation, _ a: Double) -> Double? {
  switch operation {
  case .negate: -a
  case .square: a * a
  case .relu: max(a, 0)
  case .step: a > 0 ? 1 : 0
  default: nil
  }
}

private func fold(_ operation: Elementwise.Operation, _ a: Double, _ b: Double) -> Double? {
  switch operation {
  case .add: a + b
  case .subtract: a - b
  case .multiply: a * b
  case .divide: a / b
  default: nil
  }
}

/// The shape that two shapes broadcast to.
/// - Precondition: aligned at the right, lengths agree or one of them is 1.
func broadcastShape(_ a: Shape, _ b: Shape) -> Shape {
  let rank = max(a.rank, b.rank)
  return Shape(
    (0..<rank).map { axis in
      let i = axis - (rank - a.rank)
      let j = axis - (rank - b.rank)
      let m = i < 0 ? 1 : a[i]
      let n = j < 0 ? 1 : b[j]
      precondition(m == n || m == 1 || n == 1, "shapes \(a) and \(b) do not fit together")
      return max(m, n)
    })
}
