import Fixtures
import Landscapes
import Tensors

/// Diagrams, distances and an entropy from GUDHI; an entry of `Intervals` is a dimension's list of [birth, death].
struct TopologyReference: Decodable {
  typealias Intervals = [[[Double]]]
  struct Cubical: Decodable {
    var cells: Intervals
    var vertices: Intervals
  }
  struct Grid: Decodable {
    var rows: Int
    var columns: Int
    var values: [Double]
    var cells: Intervals
    var vertices: Intervals
    var matrix: Matrix { Matrix(rows: rows, columns: columns, values) }
  }
  struct Cloud: Decodable {
    var points: [[Double]]
    var intervals: Intervals
  }
  struct Distances: Decodable {
    struct Wasserstein: Decodable {
      var p: Double
      var value: Double
    }
    var a: [[Double]]
    var b: [[Double]]
    var bottleneck: Double
    var wasserstein: [Wasserstein]
  }
  var grids: [String: Grid]
  var himmelblau: Cubical
  var clouds: [String: Cloud]
  var distances: Distances
  var entropy: Double
}

let topology = try! fixture("topology", as: TopologyReference.self)

extension Diagram {
  /// As the fixture lists them.
  func intervals(_ dimension: Int) -> [[Double]] {
    pairs(dimension: dimension).map { [$0.birth, $0.death] }.sorted { $0.lexicographicallyPrecedes($1) }
  }

  init(intervals: [[Double]], dimension: Int = 0) {
    self.init(
      intervals.enumerated().map {
        Pair(dimension: dimension, birth: $1[0], death: $1[1], birthCell: $0, deathCell: $1[1] < .infinity ? $0 : nil)
      })
  }
}

/// A grid of numbers in [0, 1).
func randomGrid(_ rows: Int, _ columns: Int, seed: UInt64) -> Matrix {
  var stream = Stream(book: 0, run: seed, purpose: .data("grid"))
  return Matrix(rows: rows, columns: columns, stream.uniforms(rows * columns, from: 0, to: 1))
}
