import Fixtures
import Tensors

/// Projections from scikit-learn.
struct ProjectionReference: Decodable {
  struct Components: Decodable {
    var rows: [[Double]]
    var directions: [[Double]]
    var coordinates: [[Double]]
    var variances: [Double]
    var shares: [Double]
  }
  var wide: Components
  var tall: Components
  var points: [[Double]]
  var affinities: [[Double]]
  var embedding: [[Double]]
  var divergence: Double
  var trustworthiness: Double
}

let projection = try! fixture("projection", as: ProjectionReference.self)

extension Matrix {
  init(_ rows: [[Double]]) {
    self.init(rows: rows.count, columns: rows[0].count, rows.flatMap(\.self))
  }
}
