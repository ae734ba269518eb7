import Fixtures

/// Fits by SciPy. Parameters: depth, centre x, y, width x, y, …, offset.
struct FittingReference: Decodable {
  struct Free: Decodable {
    var parameters: [Double]
    var covariance: [Double]
    var squares: Double
  }
  struct Mixture: Decodable {
    var parameters: [Double]
    var squares: Double
  }
  var axis: [Double]
  var one: [Double]
  var free: Free
  var pinned: [Double]
  var two: [Double]
  var mixture: Mixture
}

let fitting = try! fixture("fitting", as: FittingReference.self)
