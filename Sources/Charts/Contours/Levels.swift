/// Round levels between two values, about `count` of them: evenly spaced, or by powers of ten.
func contourLevels(_ low: Double, _ high: Double, isLog: Bool, count: Int) -> [Double] {
  guard low.isFinite, high.isFinite, low < high else { return [] }
  guard isLog, low > 0 else { return linearTicks(low, high, count: count).filter { $0 > low && $0 < high } }
  let decades = log10(high) - log10(low)
  // From ten levels a decade down to one level in ten decades.
  let digits: [[Double]] = [[1, 1.5, 2, 3, 4, 5, 6, 7, 8, 9], [1, 2, 3, 5, 7], [1, 2, 5], [1, 3], [1]]
  let first = floorLog10(low)
  let last = floorLog10(high)
  for (index, digits) in digits.enumerated()
  where index == 4 || decades * Double(digits.count) <= Double(count) * 1.25 {
    let every = index == 4 ? max(1, Int((decades / Double(count)).rounded(.up))) : 1
    return stride(from: first - (first % every + every) % every, through: last, by: every).flatMap { exponent in
      digits.map { exponent < 0 ? $0 / power10(-exponent) : $0 * power10(exponent) }
    }.filter { $0 > low && $0 < high }
  }
  return []
}
