internal import func Glibc.pow

/// The p-Wasserstein distance of two diagrams in a dimension: the least (Σ costᵖ)^(1/p) over matchings of the pairs with
/// each other or with the diagonal, costs as in `bottleneckDistance`.
///
/// The sum over everything going to the diagonal, minus the most that matching pairs can save: an assignment problem
/// over n × m, solved exactly in O(min(n, m)²·max(n, m)) by shortest augmenting paths.
///
/// - Precondition: p ≥ 1.
///
/// Kuhn, "The Hungarian method for the assignment problem", 1955; Cohen-Steiner, Edelsbrunner, Harer & Mileyko,
/// "Lipschitz functions have Lₚ-stable persistence", 2010.
public func wassersteinDistance(_ a: Diagram, _ b: Diagram, dimension: Int, p: Double = 1) -> Double {
  precondition(p >= 1)
  guard let essential = essentialDistances(a, b, dimension: dimension) else { return .infinity }
  var rows = finitePairs(a, dimension)
  var columns = finitePairs(b, dimension)
  if rows.count > columns.count { swap(&rows, &columns) }
  let toDiagonal = { (pair: Diagram.Pair) in pow(pair.lifetime / 2, p) }
  var total = (essential.map { pow($0, p) } + rows.map(toDiagonal) + columns.map(toDiagonal)).reduce(0, +)
  let savings = rows.map { row in
    columns.map { column in
      min(0, pow(supremumDistance(row, column), p) - toDiagonal(row) - toDiagonal(column))
    }
  }
  for (row, column) in leastAssignment(savings).enumerated() { total += savings[row][column] }
  return pow(max(0, total), 1 / p)
}

/// For each row a column of its own so that the sum of the costs is least; as many columns as rows or more.
func leastAssignment(_ costs: [[Double]]) -> [Int] {
  guard let columns = costs.first?.count else { return [] }
  // Row and column 0 are the place that the row to be placed starts from.
  var rowPrice = [Double](repeating: 0, count: costs.count + 1)
  var columnPrice = [Double](repeating: 0, count: columns + 1)
  var rowOf = [Int](repeating: 0, count: columns + 1)
  for row in 1...costs.count {
    rowOf[0] = row
    var at = 0
    var reach = [Double](repeating: .infinity, count: columns + 1)
    var from = [Int](repeating: 0, count: columns + 1)
    var isSettled = [Bool](repeating: false, count: columns + 1)
    repeat {
      isSettled[at] = true
      let current = rowOf[at]
      var shortest = Double.infinity
      var next = 0
      for column in 1...columns where !isSettled[column] {
        let reduced = costs[current - 1][column - 1] - rowPrice[current] - columnPrice[column]
        if reduced < reach[column] {
          reach[column] = reduced
          from[column] = at
        }
        if reach[column] < shortest {
          shortest = reach[column]
          next = column
        }
      }
      for column in 0...columns {
        if isSettled[column] {
          rowPrice[rowOf[column]] += shortest
          columnPrice[column] -= shortest
        } else {
          reach[column] -= shortest
        }
      }
      at = next
    } while rowOf[at] != 0
    while at != 0 {
      rowOf[at] = rowOf[from[at]]
      at = from[at]
    }
  }
  var result = [Int](repeating: 0, count: costs.count)
  for column in 1...columns where rowOf[column] > 0 { result[rowOf[column] - 1] = column - 1 }
  return result
}
