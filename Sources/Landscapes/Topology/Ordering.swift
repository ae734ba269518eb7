/// The indices of `values` from the least value to the greatest, equal ones by index: a radix sort of the bits of the
/// numbers, 11 at a time.
///
/// - Precondition: fewer than 2³¹ values, none NaN.
func order(of values: [Double]) -> [Int32] {
  let digits = 6
  let base = 1 << 11
  // Bits that sort as the numbers do: negative ones inverted, others with the sign set. −0 equals 0.
  var keys = values.map { value -> UInt64 in
    let bits = (value + 0).bitPattern
    return bits >> 63 == 0 ? bits | 1 << 63 : ~bits
  }
  var indices = (0..<Int32(values.count)).map { $0 }
  guard values.count > 256 else { return indices.sorted { (keys[Int($0)], $0) < (keys[Int($1)], $1) } }
  var counts = [Int](repeating: 0, count: digits * base)
  for key in keys {
    for digit in 0..<digits {
      counts[digit * base + Int(truncatingIfNeeded: key >> UInt64(11 * digit)) & (base - 1)] += 1
    }
  }
  var sortedKeys = keys
  var sortedIndices = indices
  for digit in 0..<digits {
    let shift = UInt64(11 * digit)
    let range = digit * base..<(digit + 1) * base
    if counts[range].contains(values.count) { continue }
    var starts: [Int] = []
    starts.reserveCapacity(base)
    var start = 0
    for count in counts[range] {
      starts.append(start)
      start += count
    }
    for (key, index) in zip(keys, indices) {
      let bucket = Int(truncatingIfNeeded: key >> shift) & (base - 1)
      sortedKeys[starts[bucket]] = key
      sortedIndices[starts[bucket]] = index
      starts[bucket] += 1
    }
    swap(&keys, &sortedKeys)
    swap(&indices, &sortedIndices)
  }
  return indices
}
