/// An array that is affine in numbers: `base + Σ coefficient · direction`, shape by shape.
///
/// A product of such an array with one that does not change as the coefficients do is affine in them too. Kept apart as
/// a sum of products, all but the coefficients can be computed once for many of them.
struct Line {
  var base: Value
  /// Numbers, and the arrays that they are factors of.
  var terms: [(coefficient: Value, direction: Value)]

  func mapped(_ change: (Value) -> Value) -> Value {
    terms.reduce(change(base)) { $0 + $1.coefficient * change($1.direction) }
  }
}

extension Value {
  /// An array that is affine in numbers.
  static func line(_ line: Line) -> Value {
    let value = line.mapped { $0 }
    value.trace.lines[value.id] = line
    for term in line.terms { value.trace.moving.insert(term.coefficient.id) }
    return value
  }

  /// This as a line, if it is one in another order or shape.
  private var line: Line? {
    if trace.lines.isEmpty { return nil }
    if let line = trace.lines[id] { return line }
    let change: (Value) -> Value
    switch node.primitive {
    case .transpose(let permutation): change = { $0.transposed(permutation) }
    case .reshape: change = { [shape] in $0.reshaped(shape) }
    default: return nil
    }
    guard let line = Value(trace: trace, id: node.inputs[0]).line else { return nil }
    return Line(base: change(line.base), terms: line.terms.map { ($0.coefficient, change($0.direction)) })
  }

  /// Whether this changes as the coefficients of lines do.
  private var moves: Bool {
    var seen: Set<Int> = []
    var open = [id]
    while let next = open.popLast() {
      if trace.moving.contains(next) { return true }
      for input in trace.nodes[next].inputs where seen.insert(input).inserted { open.append(input) }
    }
    return false
  }

  /// `combine` with a line, term by term; `nil` where there is nothing to gain.
  func distributed(over other: Value, _ combine: (Value) -> Value) -> Value? {
    guard let line = other.line, !moves else { return nil }
    return line.mapped(combine)
  }
}
