import Tables

/// Values on a rectangular grid.
struct Grid: Hashable {
  /// Strictly increasing.
  var xs: [Double]
  var ys: [Double]
  /// The value at (xs[i], ys[j]) is `values[j * xs.count + i]`; NaN where there is none.
  var values: [Double]

  subscript(i: Int, j: Int) -> Double { values[j * xs.count + i] }

  init(xs: [Double], ys: [Double], values: [Double]) {
    precondition(values.count == xs.count * ys.count)
    self.xs = xs
    self.ys = ys
    self.values = values
  }

  /// The grid behind a table in long form: a row a point, in any order. Rows at one point are averaged.
  init(x: [Double], y: [Double], z: [Double]) {
    xs = Set(x.filter(\.isFinite)).sorted()
    ys = Set(y.filter(\.isFinite)).sorted()
    let columns = Dictionary(uniqueKeysWithValues: xs.enumerated().map { ($1, $0) })
    let rows = Dictionary(uniqueKeysWithValues: ys.enumerated().map { ($1, $0) })
    var sums = [Double](repeating: 0, count: xs.count * ys.count)
    var counts = [Int](repeating: 0, count: sums.count)
    for index in x.indices {
      guard let i = columns[x[index]], let j = rows[y[index]] else { continue }
      sums[j * xs.count + i] += z[index]
      counts[j * xs.count + i] += 1
    }
    values = zip(sums, counts).map { $1 == 0 ? .nan : $0 / Double($1) }
  }

  func mapped(_ transform: (Double) -> Double) -> Grid { Grid(xs: xs, ys: ys, values: values.map(transform)) }

  /// The grid with a rim around it at which every value is −∞ and which has no width, so that every region closes.
  var rimmed: Grid {
    guard let x0 = xs.first, let x1 = xs.last, let y0 = ys.first, let y1 = ys.last else { return self }
    let width = xs.count + 2
    var padded = [Double](repeating: -.infinity, count: width * (ys.count + 2))
    for j in ys.indices { for i in xs.indices { padded[(j + 1) * width + i + 1] = self[i, j] } }
    return Grid(xs: [x0] + xs + [x1], ys: [y0] + ys + [y1], values: padded)
  }
}
