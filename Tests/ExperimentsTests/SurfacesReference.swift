import Fixtures

/// What PyTorch, PyWavelets and GUDHI say of surfaces of the plane.
struct SurfacesReference: Decodable {
  struct Path: Decodable {
    var name: String
    var greatest: Double
    var points: [[Double]]
  }
  struct Wavelets: Decodable {
    struct Part: Decodable {
      var band: String
      var level: Int
      var rows: Int
      var columns: Int
      var values: [Double]
    }
    var points: Int
    var wavelet: String
    var `extension`: String
    var parts: [Part]
  }
  var paths: [Path]
  var wavelets: [Wavelets]
  /// By construction and dimension.
  var rastrigin: [String: [[[Double]]]]
}

let surfaces = try! fixture("surfaces", as: SurfacesReference.self)
