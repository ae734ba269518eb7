/// The bottleneck distance of two diagrams in a dimension: the least δ for which the pairs can be matched with each
/// other or with the diagonal so that no pair moves further than δ in birth or death. Moving to the diagonal costs half
/// a lifetime. Essential classes are matched with one another; infinite when their numbers differ.
///
/// It is never larger than the greatest difference of the functions that the diagrams come from (Cohen-Steiner,
/// Edelsbrunner & Harer, "Stability of persistence diagrams", 2007).
///
/// Candidates for δ are the distances themselves; one is enough when all pairs further than it from the diagonal can be
/// matched, those of one diagram and those of the other apart: by Mendelsohn and Dulmage then both at once.
/// Efrat, Itai & Katz, "Geometry helps in bottleneck matching", 2001.
public func bottleneckDistance(_ a: Diagram, _ b: Diagram, dimension: Int) -> Double {
  let essential = essentialDistances(a, b, dimension: dimension)
  guard let essential else { return .infinity }
  let p = finitePairs(a, dimension)
  let q = finitePairs(b, dimension)
  var distances = [essential.max() ?? 0]
  for x in p { distances.append(x.lifetime / 2) }
  for y in q { distances.append(y.lifetime / 2) }
  for x in p { for y in q { distances.append(supremumDistance(x, y)) } }
  let candidates = Set(distances).sorted()
  var low = candidates.firstIndex(of: essential.max() ?? 0) ?? 0
  var high = candidates.count - 1
  while low < high {
    let middle = (low + high) / 2
    let limit = candidates[middle]
    if canMatch(p, into: q, limit) && canMatch(q, into: p, limit) { high = middle } else { low = middle + 1 }
  }
  return candidates[low]
}

func supremumDistance(_ a: Diagram.Pair, _ b: Diagram.Pair) -> Double {
  max(abs(a.birth - b.birth), abs(a.death - b.death))
}

func finitePairs(_ diagram: Diagram, _ dimension: Int) -> [Diagram.Pair] {
  diagram.pairs.filter { $0.dimension == dimension && !$0.isEssential && $0.lifetime > 0 }
}

/// How far the births of essential classes are apart, matched in order; `nil` when there are not as many in both.
func essentialDistances(_ a: Diagram, _ b: Diagram, dimension: Int) -> [Double]? {
  let births = [a, b].map { diagram in
    diagram.pairs.filter { $0.dimension == dimension && $0.isEssential }.map(\.birth).sorted()
  }
  guard births[0].count == births[1].count else { return nil }
  return zip(births[0], births[1]).map { abs($0 - $1) }
}

/// Whether all of `sources` that are further than `limit` from the diagonal have targets within it, no target shared:
/// augmenting paths (Kuhn 1955) from a greedy start.
private func canMatch(_ sources: [Diagram.Pair], into targets: [Diagram.Pair], _ limit: Double) -> Bool {
  let needy = sources.filter { $0.lifetime / 2 > limit }
  let near = needy.map { source in targets.indices.filter { supremumDistance(source, targets[$0]) <= limit } }
  var match = [Int?](repeating: nil, count: targets.count)
  var seenAt = [Int](repeating: -1, count: targets.count)

  func place(_ source: Int, round: Int) -> Bool {
    for target in near[source] where match[target] == nil {
      match[target] = source
      return true
    }
    for target in near[source] where seenAt[target] != round {
      seenAt[target] = round
      if let other = match[target], place(other, round: round) {
        match[target] = source
        return true
      }
    }
    return false
  }

  return needy.indices.allSatisfy { place($0, round: $0) }
}
