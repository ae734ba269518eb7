import Autodiff
import Tables
import Tensors

/// How the weights of two points are spread: their numbers in bins that both share.
enum WeightHistogram {
  static let table = TableSchema(
    "weights",
    [
      ColumnSchema("point", .text, doc: "from (x = 0) or to (x = 1)."),
      ColumnSchema(
        "weight",
        doc: "Middle of a bin. Bins reach as far as four root mean squares of the larger end, the outermost beyond."
      ),
      ColumnSchema("count", .integer, doc: "Weights of matrices and filters in the bin."),
      ColumnSchema("density", doc: "Their share of all over the width of the bin."),
    ])
  private static let bins = 81

  static func table<Element: Scalar>(_ ends: [(String, Vector<Element>)], _ layout: ParameterLayout) -> Table {
    var builder = TableBuilder(table)
    let weights = ends.map { _, point in layout.weights.flatMap { slice in point[slice.range].map(Double.init) } }
    let reach = 4 * weights.map(rootMeanSquare).max()!
    guard reach > 0, reach.isFinite else { return builder.table() }
    let width = 2 * reach / Double(bins)
    for ((name, _), weights) in zip(ends, weights) {
      var counts = [Int](repeating: 0, count: bins)
      for weight in weights { counts[min(bins - 1, max(0, Int(((weight + reach) / width).rounded(.down))))] += 1 }
      for (bin, count) in counts.enumerated() {
        builder.append([
          "point": .text(name), "weight": .number((Double(bin) + 0.5) * width - reach), "count": .integer(count),
          "density": .number(Double(count) / Double(weights.count) / width),
        ])
      }
    }
    return builder.table()
  }
}

private func rootMeanSquare(_ values: [Double]) -> Double {
  (values.reduce(0) { $0 + $1 * $1 } / Double(max(1, values.count))).squareRoot()
}
