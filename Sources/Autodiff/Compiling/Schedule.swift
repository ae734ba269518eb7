import Tensors

extension Lowering.Node {
  /// The node whose elements this one adds up, and which of them go into one sum, if a kernel that makes them could.
  func summed(_ nodes: [Lowering.Node]) -> (source: Int, extent: Elementwise.Sum.Extent)? {
    guard case .reduction(.sum, let view, let outer, let middle, let inner) = kind,
      case .node(let source) = view.source, view.shape.count == nodes[source].shape.count,
      case .elementwise = nodes[source].kind
    else { return nil }
    switch (outer, inner) {
    case (1, 1): return (source, .all)
    case (_, 1): return (source, .rows(middle))
    // Narrower ones have a kernel of their own.
    case (1, 9...): return (source, .columns(inner))
    default: return nil
    }
  }
}

/// The order in which lowered nodes run, with element-wise nodes of one count gathered into groups.
///
/// Nodes are placed from the last to the first, each as late as its readers allow: a mask or a derivative's factor then
/// lands in the backward group that uses it instead of being stored by the forward one.
struct Schedule {
  enum Item {
    case group([Int])
    case single(Int)

    var nodes: [Int] {
      switch self {
      case .group(let nodes): nodes
      case .single(let node): [node]
      }
    }
  }

  /// In order of execution; the nodes of a group ascend.
  var items: [Item]
  /// Each node's position in `items`.
  var position: [Int]

  init(_ nodes: [Lowering.Node], stages: [Int]) {
    // Positions count backwards while building: 0 is the last item.
    var reversed: [(item: Item, stage: Int)] = []
    // What each group reads: with its members, a bound on the registers that it needs.
    var reads: [Int: Set<Lowering.View>] = [:]
    // The groups that a node could join.
    struct Likeness: Hashable {
      var count: Int
      var stage: Int
    }
    var groups: [Likeness: [Int]] = [:]
    var place = [Int](repeating: -1, count: nodes.count)
    var readers: [[(node: Int, direct: Bool)]] = Array(repeating: [], count: nodes.count)
    for (index, node) in nodes.enumerated() {
      for view in node.views {
        guard case .node(let source) = view.source else { continue }
        var direct = false
        if case .elementwise = node.kind { direct = view.isContiguous && view.shape.count == nodes[source].shape.count }
        readers[source].append((index, direct))
      }
    }
    for index in nodes.indices.reversed() {
      let node = nodes[index]
      guard case .elementwise = node.kind else {
        place[index] = reversed.count
        reversed.append((.single(index), stages[index]))
        continue
      }
      // The earliest reader decides how late this may run; it can join that reader's own group.
      var earliest = -1
      var joinable = true
      for reader in readers[index] {
        if place[reader.node] > earliest {
          (earliest, joinable) = (place[reader.node], reader.direct)
        } else if place[reader.node] == earliest {
          joinable = joinable && reader.direct
        }
      }
      let start = earliest < 0 ? 0 : (joinable ? earliest : earliest + 1)
      let likes = groups[Likeness(count: node.shape.count, stage: stages[index])] ?? []
      let candidate = likes[likes.partitioningIndex { $0 >= start }...].first {
        reversed[$0].item.nodes.count + 1 + reads[$0]!.union(node.views).count <= Elementwise.maximalRegisters
      }
      if let candidate, case .group(let members) = reversed[candidate].item {
        reversed[candidate].item = .group([index] + members)
        reads[candidate]!.formUnion(node.views)
        place[index] = candidate
      } else {
        place[index] = reversed.count
        reads[reversed.count] = Set(node.views)
        groups[Likeness(count: node.shape.count, stage: stages[index]), default: []].append(reversed.count)
        reversed.append((.group([index]), stages[index]))
      }
    }
    // A sum of what a group makes is taken as the group goes by.
    for (index, node) in nodes.enumerated() {
      guard let (source, extent) = node.summed(nodes), case .group(let members) = reversed[place[source]].item,
        stages[index] == stages[source]
      else { continue }
      let sums = members.compactMap { nodes[$0].summed(nodes)?.extent } + [extent]
      guard sums.count <= Elementwise.maximalSums, Elementwise.canSum(sums) else { continue }
      reversed[place[index]].item = .group([])
      reversed[place[source]].item = .group(members + [index])
      place[index] = place[source]
    }
    // Stages run one after another; within a stage the order stands.
    let order = reversed.indices.reversed().sorted {
      reversed[$0].stage != reversed[$1].stage ? reversed[$0].stage < reversed[$1].stage : $0 > $1
    }
    items = order.map { reversed[$0].item }.filter { !$0.nodes.isEmpty }
    position = Array(repeating: 0, count: nodes.count)
    for (index, item) in items.enumerated() { for node in item.nodes { position[node] = index } }
  }
}
