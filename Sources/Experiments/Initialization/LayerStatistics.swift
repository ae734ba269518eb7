import Autodiff
import Tables
import Tensors

/// The statistics of every weight matrix at a point, one row a matrix.
struct LayerStatistics {
  static let columns = [
    ColumnSchema("layer", .integer, doc: "1 is the layer at the input."),
    ColumnSchema("parameter", .text, doc: "The weight's name."),
    ColumnSchema("rows", .integer, doc: "Outputs of the layer."),
    ColumnSchema("columns", .integer, doc: "Inputs of the layer."),
    ColumnSchema("weight-mean", doc: "Mean of the weights."),
    ColumnSchema("weight-deviation", doc: "Standard deviation of the weights."),
    ColumnSchema("weight-norm", doc: "Root of the sum of squares."),
  ]

  /// The means over matrices that `runs` shows.
  static let means = ["weight-mean", "weight-deviation"]

  struct Row {
    var slice: ParameterLayout.Slice
    var mean: Double
    var deviation: Double
    var norm: Double
    var singularValues: [Double]
  }

  let rows: [Row]
  let measures: [SpectralMeasure]

  init(_ parameters: [Double], _ layout: ParameterLayout, measures: [SpectralMeasure]) {
    self.measures = measures
    rows = layout.weights.map { slice in
      let values = Array(parameters[slice.range])
      let count = Double(values.count)
      let mean = values.reduce(0, +) / count
      let squares = values.reduce(0) { $0 + $1 * $1 }
      let variance = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / max(1, count - 1)
      let outputs = slice.shape[0]
      let matrix = Matrix(rows: outputs, columns: values.count / outputs, values)
      return Row(
        slice: slice, mean: mean, deviation: variance.squareRoot(), norm: squares.squareRoot(),
        singularValues: measures.isEmpty ? [] : matrix.singularValues())
    }
  }

  /// A row's values by column.
  func values(_ row: Row) -> [String: TableBuilder.Value] {
    var values: [String: TableBuilder.Value] = [
      "layer": .integer(row.slice.layer), "parameter": .text(row.slice.name),
      "rows": .integer(row.slice.shape[0]),
      "columns": .integer(row.slice.shape.count / row.slice.shape[0]),
      "weight-mean": .number(row.mean), "weight-deviation": .number(row.deviation), "weight-norm": .number(row.norm),
    ]
    for measure in measures { values[measure.rawValue] = .number(measure(row.singularValues)) }
    return values
  }

  /// The mean of each measure over all weight matrices; learned slopes and biases are no matrices.
  func meanValues() -> [String: TableBuilder.Value] {
    var values: [String: TableBuilder.Value] = [:]
    let count = Double(rows.count)
    values["weight-mean"] = .number(rows.reduce(0) { $0 + $1.mean } / count)
    values["weight-deviation"] = .number(rows.reduce(0) { $0 + $1.deviation } / count)
    for measure in measures {
      values[measure.rawValue] = .number(rows.reduce(0) { $0 + measure($1.singularValues) } / count)
    }
    return values
  }
}
