/// A partition of 0..<count that only grows coarser. The root of a set is its least element.
struct DisjointSets {
  private var parent: [Int]

  init(count: Int) { parent = Array(0..<count) }

  mutating func root(of element: Int) -> Int {
    var element = element
    while parent[element] != element {
      parent[element] = parent[parent[element]]
      element = parent[element]
    }
    return element
  }

  /// Makes one set of the two that hold `a` and `b`; returns the root that is one no longer, or `nil` when they were one.
  mutating func unite(_ a: Int, _ b: Int) -> Int? {
    let (a, b) = (root(of: a), root(of: b))
    if a == b { return nil }
    parent[max(a, b)] = min(a, b)
    return max(a, b)
  }
}
