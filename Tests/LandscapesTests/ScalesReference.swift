import Fixtures
import Tensors

/// Transforms from PyWavelets and SciPy.
struct ScalesReference: Decodable {
  struct Surface: Decodable {
    var rows: Int
    var columns: Int
    var values: [Double]
    var matrix: Matrix { Matrix(rows: rows, columns: columns, values) }
  }
  struct One: Decodable {
    var wavelet: String
    var `extension`: String
    var levels: Int
    var coefficients: [[Double]]
  }
  struct Two: Decodable {
    var wavelet: String
    var `extension`: String
    var levels: Int
    /// cA, then cH, cV, cD from the coarsest level to the finest.
    var coefficients: [[[Double]]]
  }
  struct Continuous: Decodable {
    var wavelet: String
    var a: Double
    var b: Double
    var value: Double
  }
  struct Wave: Decodable {
    var scales: [Double]
    var mexicanHat: [Double]
    var morlet: [Double]
  }
  struct Kernel: Decodable {
    var variance: Double
    var values: [Double]
  }
  struct Smoothing: Decodable {
    var variance: Double
    var rows: Int
    var columns: Int
    var before: [Double]
    var after: [Double]
  }
  var signal: [Double]
  var surface: Surface
  var one: [One]
  var two: [Two]
  var continuous: [Continuous]
  var wave: Wave
  var kernels: [Kernel]
  var smoothing: Smoothing
}

let scales = try! fixture("scales", as: ScalesReference.self)

/// The greatest difference of two lists; infinite when they are not of one length.
func difference(_ a: [Double], _ b: [Double]) -> Double {
  a.count == b.count ? zip(a, b).reduce(0) { max($0, abs($1.0 - $1.1)) } : .infinity
}
