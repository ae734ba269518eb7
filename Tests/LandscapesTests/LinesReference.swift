import Fixtures

/// Numbers from NumPy and SciPy.
struct LinesReference: Decodable {
  struct Spacing: Decodable {
    var from: Double
    var to: Double
    var count: Int
    var values: [Double]
  }
  struct Curve: Decodable {
    var control: [[Double]]
    var middle: [Double]
    var slope: [Double]
    var length: Double
  }
  var values: [Double]
  var percents: [Double]
  var percentiles: [Double]
  var differences: [Double]
  var ties: [Double]
  var order: [Int]
  var other: [Double]
  var spearman: Double
  var spacings: [Spacing]
  var curve: Curve
}

let lines = try! fixture("lines", as: LinesReference.self)
