public import Tensors

/// The column of each row when every row gets a column of its own and the costs add up to the least.
///
/// Rows are added one by one; each takes the cheapest alternating path to a free column, by Dijkstra's method on costs
/// that row and column prices keep non-negative: O(rows² · columns). Kuhn 1955, Munkres 1957; Jonker & Volgenant, "A
/// shortest augmenting path algorithm for dense and sparse linear assignment problems", 1987.
///
/// - Parameter cost: as many columns as rows, or more.
/// - Throws: `LandscapeError` when a cost is not finite.
public func assignment(minimizing cost: Matrix) throws -> [Int] {
  let (rows, columns) = (cost.rows, cost.columns)
  precondition(rows <= columns, "every row needs a column of its own")
  guard cost.elements.allSatisfy(\.isFinite) else {
    throw LandscapeError("an assignment needs costs that are finite numbers")
  }
  let costs = cost.elements
  var rowPrices = [Double](repeating: 0, count: rows)
  var columnPrices = [Double](repeating: 0, count: columns)
  var rowOfColumn = [Int](repeating: -1, count: columns)
  var cheapest = [Double](repeating: 0, count: columns)
  var previous = [Int](repeating: -1, count: columns)
  var isReached = [Bool](repeating: false, count: columns)
  for newRow in 0..<rows {
    for column in 0..<columns {
      cheapest[column] = .infinity
      isReached[column] = false
    }
    var row = newRow
    var last = -1
    var total = 0.0
    // Columns in the order in which the growing tree reaches them, until one is free.
    while true {
      var nearest = -1
      for column in 0..<columns where !isReached[column] {
        let reduced = total + costs[row * columns + column] - rowPrices[row] - columnPrices[column]
        if reduced < cheapest[column] {
          cheapest[column] = reduced
          previous[column] = last
        }
        if nearest < 0 || cheapest[column] < cheapest[nearest] { nearest = column }
      }
      total = cheapest[nearest]
      isReached[nearest] = true
      last = nearest
      if rowOfColumn[nearest] < 0 { break }
      row = rowOfColumn[nearest]
    }
    rowPrices[newRow] += total
    for column in 0..<columns where isReached[column] && column != last {
      let change = total - cheapest[column]
      rowPrices[rowOfColumn[column]] += change
      columnPrices[column] -= change
    }
    while last >= 0 {
      let before = previous[last]
      rowOfColumn[last] = before < 0 ? newRow : rowOfColumn[before]
      last = before
    }
  }
  var result = [Int](repeating: 0, count: rows)
  for (column, row) in rowOfColumn.enumerated() where row >= 0 { result[row] = column }
  return result
}
