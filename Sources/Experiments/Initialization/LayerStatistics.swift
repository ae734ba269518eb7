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
    /// The values of the measures that were asked for.
    var measures: [StartMeasure: Double]
  }

  let rows: [Row]
  let measures: [StartMeasure]

  /// - Parameter signals: one dictionary a weight matrix, when signals are among the measures.
  init(
    _ parameters: [Double], _ layout: ParameterLayout, measures: [StartMeasure], signals: [[SignalMeasure: Double]] = []
  ) {
    self.measures = measures
    let needsSingularValues = measures.contains { if case .spectral = $0 { true } else { false } }
    rows = layout.weights.enumerated().map { index, slice in
      let values = Array(parameters[slice.range])
      let count = Double(values.count)
      let mean = values.reduce(0, +) / count
      let squares = values.reduce(0) { $0 + $1 * $1 }
      let variance = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / max(1, count - 1)
      let outputs = slice.shape[0]
      let singularValues =
        needsSingularValues
        ? Matrix(rows: outputs, columns: values.count / outputs, values).singularValues() : []
      return Row(
        slice: slice, mean: mean, deviation: variance.squareRoot(), norm: squares.squareRoot(),
        singularValues: singularValues,
        measures: Dictionary(
          uniqueKeysWithValues: measures.map { measure in
            switch measure {
            case .spectral(let spectral): (measure, spectral(singularValues))
            case .signal(let signal): (measure, signals[index][signal]!)
            }
          }))
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
    for (measure, value) in row.measures { values[measure.name] = .number(value) }
    return values
  }

  /// The mean of each measure over all weight matrices; learned slopes and biases are no matrices.
  func meanValues() -> [String: TableBuilder.Value] {
    var values: [String: TableBuilder.Value] = [:]
    let count = Double(rows.count)
    values["weight-mean"] = .number(rows.reduce(0) { $0 + $1.mean } / count)
    values["weight-deviation"] = .number(rows.reduce(0) { $0 + $1.deviation } / count)
    for measure in measures {
      values[measure.name] = .number(rows.reduce(0) { $0 + $1.measures[measure]! } / count)
    }
    return values
  }
}
