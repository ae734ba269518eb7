/// `count` numbers at equal distances from `start` to `end`, both included, as NumPy's `linspace` rounds them.
/// - Precondition: count ≥ 2, or 1 for `start` alone.
public func linspace(_ start: Double, _ end: Double, count: Int) -> [Double] {
  precondition(count >= 1)
  guard count > 1 else { return [start] }
  let step = (end - start) / Double(count - 1)
  return (0..<count).map { $0 == count - 1 ? end : Double($0) * step + start }
}

/// What each number is more than the one before: one fewer than there are.
public func differences(_ values: [Double]) -> [Double] { zip(values.dropFirst(), values).map { $0 - $1 } }
