import Autodiff
import Networks
import Specs
import Tables
import Tensors

let tensorNormsEntry = MonitorItem(
  CatalogEntry(
    "tensor-norms",
    doc: "The measures of the epochs in a second definition: lengths of each tensor's part, added up; and what changed "
      + "since the epoch before.")
) { _ in TensorNorms() }

/// Sums over tensors of the lengths of their parts, beside the length of the whole.
///
/// For k parts the sum lies between the length of the whole and √k times that.
struct TensorNorms: Monitor {
  static let columns = [
    ColumnSchema(
      "gradient-norm-by-tensor",
      doc: "Sum over tensors of the lengths of their parts of the batch gradient, mean over the epoch's steps."),
    ColumnSchema("weight-norm-by-tensor", doc: "Sum over tensors of their lengths after the epoch."),
    ColumnSchema("distance-by-tensor", doc: "Sum over tensors of their distances from the start."),
    ColumnSchema("change", doc: "Distance of the parameter vector from where the epoch began."),
    ColumnSchema("change-by-tensor", doc: "Sum over tensors of their distances from where the epoch began."),
    ColumnSchema("loss-improvement", doc: "train-loss of the epoch before less this one's; 0 in the first."),
  ]
  var runColumns: [ColumnSchema] { TensorNorms.columns }
  var epochColumns: [ColumnSchema] { TensorNorms.columns }
  func numbers(watching train: Train) -> Int { 2 * train.model.layout.count }
  func begin<Element: Scalar>(_ run: WatchedRun<Element>) -> any Watch<Element> { TensorNormsWatch(run.layout) }
}

private final class TensorNormsWatch<Element: Scalar>: Watch {
  private let layout: ParameterLayout
  private var start = Vector<Element>(zeros: 0)
  private var before = Vector<Element>(zeros: 0)
  private var gradientSum = 0.0
  private var steps = 0
  private var lastLoss: Double?

  init(_ layout: ParameterLayout) { self.layout = layout }

  func start(_ moment: TrainingMoment<Element>) {
    start = Vector(moment.point.array)
    before = start
  }

  func step(_ moment: TrainingMoment<Element>) -> [String: TableBuilder.Value] {
    gradientSum += sum(moment.gradient)
    steps += 1
    return [:]
  }

  func epoch(_ moment: TrainingMoment<Element>, trainLoss: Double) -> [String: TableBuilder.Value] {
    var moved = moment.point
    moved.add(-1, times: start)
    var change = moment.point
    change.add(-1, times: before)
    let row: [String: TableBuilder.Value] = [
      "gradient-norm-by-tensor": .number(gradientSum / Double(steps)),
      "weight-norm-by-tensor": .number(sum(moment.point)), "distance-by-tensor": .number(sum(moved)),
      "change": .number(change.dot(change).squareRoot()), "change-by-tensor": .number(sum(change)),
      "loss-improvement": .number(lastLoss.map { $0 - trainLoss } ?? 0),
    ]
    before.copy(before.count, from: moment.point, at: 0, to: 0)
    (gradientSum, steps, lastLoss) = (0, 0, trainLoss)
    return row
  }

  private func sum(_ vector: Vector<Element>) -> Double {
    layout.slices.reduce(0) { $0 + length(of: $1, in: vector) }
  }
}

/// The length of a slice's part of a vector.
func length<Element: Scalar>(of slice: ParameterLayout.Slice, in vector: Vector<Element>) -> Double {
  vector.dot(slice.shape.count, at: slice.offset, with: vector, at: slice.offset).squareRoot()
}
