/// A reduction over the middle axis of a contiguous [outer, middle, inner] array, giving [outer, inner].
///
/// Sums accumulate in Double, in an order that depends on the shape alone.
public final class Reduction: Sendable {
  /// Columns that are summed side by side.
  static let blockCount = 512

  public enum Operation: Sendable, Hashable {
    case sum
    case maximum
    /// The first index of the largest element; NaN counts as largest, as in PyTorch.
    case argmax
  }

  let operation: Operation
  let source: Operand
  let target: Operand
  let outer: Int
  let middle: Int
  let inner: Int

  public init(_ operation: Operation, from source: Operand, to target: Operand, outer: Int, middle: Int, inner: Int) {
    self.operation = operation
    self.source = source
    self.target = target
    self.outer = outer
    self.middle = middle
    self.inner = inner
  }

  @inline(__always) func run<T: Scalar>(on workspace: Workspace<T>) {
    let x = unsafe source.address(workspace.bases)
    let y = unsafe target.address(workspace.bases)
    switch operation {
    case .sum where inner == 1:
      for row in 0..<outer { unsafe y[row] = T(sum(x + row * middle, middle)) }
    case .sum where outer == 1 && [2, 4, 8].contains(inner): unsafe sumNarrowColumns(x, y)
    case .sum: unsafe sumColumns(x, y, workspace.sums.base)
    case .maximum where inner == 1 && middle >= 16:
      for row in 0..<outer { unsafe y[row] = maximum(x + row * middle) }
    case .maximum:
      eachColumn { start, target in
        var best = unsafe x[start]
        for index in 1..<max(1, middle) {
          let value = unsafe x[start + index * inner]
          best = best < value || value != value ? value : best
        }
        unsafe y[target] = best
      }
    case .argmax:
      eachColumn { start, target in
        var best = unsafe x[start]
        var place = 0
        for index in 1..<max(1, middle) {
          let value = unsafe x[start + index * inner]
          if best < value || (value != value && best == best) { (best, place) = (value, index) }
        }
        unsafe y[target] = T(place)
      }
    }
  }

  /// Columns so narrow that eight neighbours hold whole rows.
  @inline(__always)
  private func sumNarrowColumns<T: Scalar>(_ x: UnsafeMutablePointer<T>, _ y: UnsafeMutablePointer<T>) {
    var sums = SIMD8<Double>.zero
    let count = middle * inner
    var index = 0
    while index + 32 <= count {
      sums += unsafe T.widened(sumOfFour(x + index))
      index += 32
    }
    while index + 8 <= count {
      sums += unsafe T.widened(load(UnsafePointer(x + index)))
      index += 8
    }
    while index < count {
      sums[index % 8] += unsafe Double(x[index])
      index += 1
    }
    for column in 0..<inner {
      var total = 0.0
      for lane in stride(from: column, to: 8, by: inner) { total += sums[lane] }
      unsafe y[column] = T(total)
    }
  }

  @inline(__always)
  private func sumColumns<T: Scalar>(
    _ x: UnsafeMutablePointer<T>, _ y: UnsafeMutablePointer<T>, _ sums: UnsafeMutablePointer<Double>
  ) {
    for plane in 0..<outer {
      var start = 0
      while start < inner {
        let n = min(Reduction.blockCount, inner - start)
        for column in 0..<n { unsafe sums[column] = 0 }
        unsafe Sums.addColumns(
          x + plane * middle * inner + start, rows: middle, columns: n, rowStride: inner, to: sums)
        let target = unsafe y + plane * inner + start
        for column in 0..<n { unsafe target[column] = T(sums[column]) }
        start += n
      }
    }
  }

  /// The largest of a row, eight at a time; NaN counts as largest.
  @inline(__always)
  private func maximum<T: Scalar>(_ x: UnsafeMutablePointer<T>) -> T {
    var best = unsafe UnsafeRawPointer(x).loadUnaligned(as: SIMD8<T>.self)
    var places = SIMD8<T>.zero
    var index = 8
    while index < middle {
      // The last step goes over some twice.
      T.take(
        unsafe UnsafeRawPointer(x + min(index, middle - 8)).loadUnaligned(as: SIMD8<T>.self), 0, over: &best, &places)
      index += 8
    }
    var top = best[0]
    for lane in 1..<8 where top < best[lane] || best[lane] != best[lane] { top = best[lane] }
    return top
  }

  @inline(__always) private func eachColumn(_ body: (_ start: Int, _ target: Int) -> Void) {
    for plane in 0..<outer {
      for column in 0..<inner { body(plane * middle * inner + column, plane * inner + column) }
    }
  }
}

/// The sum of a run of elements in Double: eight partial sums, so that the additions do not wait for each other. Four
/// elements at a time are added up first, which rounds once more but is half the work in Float.
///
/// - Parameter squared: adds up the squares instead.
@inline(__always)
func sum<T: Scalar>(_ x: UnsafeMutablePointer<T>, _ count: Int, squared: Bool = false) -> Double {
  unsafe squared ? sumOfTerms(x, count, { $0 * $0 }, { $0 * $0 }) : sumOfTerms(x, count, { $0 }, { $0 })
}

@inline(__always)
private func sumOfTerms<T: Scalar>(
  _ x: UnsafeMutablePointer<T>, _ count: Int, _ terms: (SIMD8<T>) -> SIMD8<T>, _ term: (T) -> T
) -> Double {
  var sums = SIMD8<Double>.zero
  var index = 0
  while index + 32 <= count {
    sums += unsafe T.widened(sumOfFour(x + index, terms))
    index += 32
  }
  var total = sums.sum()
  while index < count {
    total += unsafe Double(term(x[index]))
    index += 1
  }
  return total
}

/// Of four runs of eight neighbours.
@inline(__always)
private func sumOfFour<T: Scalar>(
  _ x: UnsafeMutablePointer<T>, _ terms: (SIMD8<T>) -> SIMD8<T> = { $0 }
) -> SIMD8<T> {
  let source = unsafe UnsafePointer(x)
  let (a, b): (SIMD8<T>, SIMD8<T>) = unsafe (load(source), load(source + 8))
  let (c, d): (SIMD8<T>, SIMD8<T>) = unsafe (load(source + 16), load(source + 24))
  return (terms(a) + terms(b)) + (terms(c) + terms(d))
}
