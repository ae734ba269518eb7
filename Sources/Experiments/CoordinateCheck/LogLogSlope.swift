import Tensors

/// The least-squares slope of ln y over ln x: the power with which y grows. NaN with fewer than two points or where a
/// number is not positive and finite.
func logLogSlope(_ points: [(x: Double, y: Double)]) -> Double {
  guard points.count > 1, points.allSatisfy({ $0.x > 0 && $0.y > 0 && $0.x.isFinite && $0.y.isFinite }) else {
    return .nan
  }
  let logs = points.map { (x: logarithm($0.x), y: logarithm($0.y)) }
  let count = Double(logs.count)
  let x = logs.reduce(0) { $0 + $1.x } / count
  let y = logs.reduce(0) { $0 + $1.y } / count
  return logs.reduce(0) { $0 + ($1.x - x) * ($1.y - y) } / logs.reduce(0) { $0 + ($1.x - x) * ($1.x - x) }
}
