public import Tensors

/// Mapper's picture of a point cloud: a graph whose nodes are clusters of points with alike values of a lens, and whose
/// edges join clusters that share points.
///
/// Singh, Mémoli & Carlsson, "Topological methods for the analysis of high dimensional data sets and 3D object
/// recognition", 2007.
public struct Mapper: Hashable, Sendable {
  public struct Node: Hashable, Sendable {
    /// The interval of the cover that the cluster lies in.
    public var interval: Int
    /// The points in it, rising.
    public var points: [Int]
  }
  /// Two nodes and how many points they share.
  public struct Edge: Hashable, Sendable {
    public var from: Int
    public var to: Int
    public var shared: Int
  }

  public var nodes: [Node] = []
  public var edges: [Edge] = []

  /// - Parameters:
  ///   - distances: of the n points, n × n.
  ///   - lens: a value for each point.
  ///   - intervals: how many intervals of equal length cover the range of the lens; one does where it is a single value.
  ///   - overlap: the share of its length that an interval has in common with the next, in (0, 1).
  ///   - threshold: points of an interval are in one cluster when steps of at most this length join them.
  /// - Throws: `LandscapeError` when the options are out of range.
  public init(distances: Matrix, lens: [Double], intervals: Int, overlap: Double, threshold: Double) throws {
    guard lens.count == distances.rows, distances.rows == distances.columns else {
      throw LandscapeError("the lens has \(lens.count) values for \(distances.rows) points")
    }
    guard let low = lens.min(), let high = lens.max(), low.isFinite, high.isFinite else {
      throw LandscapeError("the lens needs a finite value for each point, and a point")
    }
    guard intervals >= 1 else { throw LandscapeError("the cover has \(intervals) intervals", hints: ["1 or more"]) }
    guard overlap > 0, overlap < 1 else {
      throw LandscapeError("intervals overlap by \(overlap) of their length", hints: ["between 0 and 1"])
    }
    // A lens that is the same everywhere has nothing to cover but one value.
    let intervals = low < high ? intervals : 1
    let length = (high - low) / (Double(intervals) - Double(intervals - 1) * overlap)
    for interval in 0..<intervals {
      let start = low + Double(interval) * length * (1 - overlap)
      let end = interval == intervals - 1 ? high : start + length
      let members = lens.indices.filter { lens[$0] >= start && lens[$0] <= end }
      for cluster in singleLinkage(distances: distances, threshold: threshold, among: members) {
        nodes.append(Node(interval: interval, points: cluster))
      }
    }
    for to in nodes.indices {
      for from in 0..<to {
        let shared = Set(nodes[from].points).intersection(nodes[to].points).count
        if shared > 0 { edges.append(Edge(from: from, to: to, shared: shared)) }
      }
    }
  }

  /// How many pieces the graph has.
  public var components: Int {
    var sets = DisjointSets(count: nodes.count)
    return nodes.count - edges.count { sets.unite($0.from, $0.to) != nil }
  }

  /// How many independent loops the graph has: edges − nodes + components.
  public var loops: Int { edges.count - nodes.count + components }
}
