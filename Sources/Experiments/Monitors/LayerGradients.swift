import Autodiff
import Networks
import Specs
import Tables
import Tensors

let layerGradientsEntry = MonitorItem(
  CatalogEntry(
    "layer-gradients",
    doc: "The batch gradient layer by layer, in every epoch: where it vanishes or explodes on its way to the input.")
) { _ in LayerGradients() }

/// The gradient of every weight matrix, by epoch.
struct LayerGradients: Monitor {
  private static let table = TableSchema(
    "layer-gradients",
    [
      ColumnSchema("epoch", .integer, doc: "1 is the first; 0 is the first step alone, where nothing is learned yet."),
      ColumnSchema("layer", .integer, doc: "1 is the layer at the input."),
      ColumnSchema("parameter", .text, doc: "The weight's name."),
      ColumnSchema("gradient-norm", doc: "Length of the weight's part of the batch gradient, mean over the steps."),
      ColumnSchema("gradient-rms", doc: "The same over the root of the number of weights: that of a typical weight."),
      ColumnSchema(
        "gradient-share", doc: "Share of the square of all weights' gradient that is this one's, mean over the steps."),
    ])
  var tables: [TableSchema] { [LayerGradients.table] }
  func numbers(watching train: Train) -> Int { 0 }
  func begin<Element: Scalar>(_ run: WatchedRun<Element>) -> any Watch<Element> {
    LayerGradientsWatch(run.layout.weights, TableBuilder(LayerGradients.table))
  }
}

private final class LayerGradientsWatch<Element: Scalar>: Watch {
  private let weights: [ParameterLayout.Slice]
  private var table: TableBuilder
  private var norms: [Double]
  private var shares: [Double]
  private var steps = 0

  init(_ weights: [ParameterLayout.Slice], _ table: TableBuilder) {
    self.weights = weights
    self.table = table
    norms = weights.map { _ in 0 }
    shares = norms
  }

  func step(_ moment: TrainingMoment<Element>) -> [String: TableBuilder.Value] {
    let lengths = weights.map { length(of: $0, in: moment.gradient) }
    let square = lengths.reduce(0) { $0 + $1 * $1 }
    for (place, value) in lengths.enumerated() {
      norms[place] += value
      // A gradient of nothing is shared out evenly.
      shares[place] += square == 0 ? 1 / Double(lengths.count) : value * value / square
    }
    steps += 1
    if moment.step == 1 { write(0) }
    return [:]
  }

  func epoch(_ moment: TrainingMoment<Element>, trainLoss: Double) -> [String: TableBuilder.Value] {
    write(moment.epoch)
    for place in weights.indices { (norms[place], shares[place]) = (0, 0) }
    steps = 0
    return [:]
  }

  func tables() -> [Table] { [table.table()] }

  private func write(_ epoch: Int) {
    for (place, slice) in weights.enumerated() {
      let norm = norms[place] / Double(steps)
      table.append([
        "epoch": .integer(epoch), "layer": .integer(slice.layer), "parameter": .text(slice.name),
        "gradient-norm": .number(norm), "gradient-rms": .number(norm / Double(slice.shape.count).squareRoot()),
        "gradient-share": .number(shares[place] / Double(steps)),
      ])
    }
  }
}
