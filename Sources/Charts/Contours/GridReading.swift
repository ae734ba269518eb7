extension Grid {
  /// The value between grid points, linear along x and along y; `nil` beside the grid, NaN in a cell with a hole.
  func height(x: Double, y: Double) -> Double? {
    guard let i = cell(x, xs), let j = cell(y, ys) else { return nil }
    let s = (x - xs[i]) / (xs[i + 1] - xs[i])
    let t = (y - ys[j]) / (ys[j + 1] - ys[j])
    // On a line of the grid what lies beside it does not count, be it a hole.
    func between(_ a: Double, _ b: Double, _ share: Double) -> Double {
      share == 0 ? a : share == 1 ? b : a + share * (b - a)
    }
    return between(
      between(self[i, j], self[i + 1, j], s), between(self[i, j + 1], self[i + 1, j + 1], s), t)
  }

  /// The interval that holds a value.
  private func cell(_ value: Double, _ edges: [Double]) -> Int? {
    guard edges.count > 1, value >= edges[0], value <= edges[edges.count - 1] else { return nil }
    var (low, high) = (0, edges.count - 1)
    while high - low > 1 {
      let middle = (low + high) / 2
      if edges[middle] <= value { low = middle } else { high = middle }
    }
    return low
  }

  /// Every second, third, … line of the grid, so that no side has more cells than this; the last lines stay.
  func thinned(to cells: Int) -> Grid {
    func kept(_ count: Int) -> [Int] {
      let every = max(1, (count - 2) / cells + 1)
      let regular = Array(stride(from: 0, to: count, by: every))
      return regular.last == count - 1 ? regular : regular + [count - 1]
    }
    let (columns, rows) = (kept(xs.count), kept(ys.count))
    return Grid(
      xs: columns.map { xs[$0] }, ys: rows.map { ys[$0] },
      values: rows.flatMap { j in columns.map { self[$0, j] } })
  }
}
