import Autodiff
import Datasets
import Diagnostics
import Networks
import Optimizers
import Tables
import Tensors

/// Something that looks on while a model trains and adds to what `train` records. It never changes the run.
protocol Monitor: Sendable {
  /// What it adds to the tables of every run.
  var runColumns: [ColumnSchema] { get }
  var epochColumns: [ColumnSchema] { get }
  var stepColumns: [ColumnSchema] { get }
  /// Tables of its own.
  var tables: [TableSchema] { get }
  /// Numbers that it holds besides those of the run.
  func numbers(watching train: Train) -> Int
  /// What it cannot watch, and why.
  func refusal(of train: Train) -> String?
  func begin<Element: Scalar>(_ run: WatchedRun<Element>) -> any Watch<Element>
}

extension Monitor {
  var runColumns: [ColumnSchema] { [] }
  var epochColumns: [ColumnSchema] { [] }
  var stepColumns: [ColumnSchema] { [] }
  var tables: [TableSchema] { [] }
  func refusal(of train: Train) -> String? { nil }
}

/// A monitor at work on one run.
protocol Watch<Element>: AnyObject {
  associatedtype Element: Scalar
  /// Before the first step.
  func start(_ moment: TrainingMoment<Element>) throws
  /// After a step; gives its columns of `steps`. Once numbers are not finite the run ends with this call.
  func step(_ moment: TrainingMoment<Element>) throws -> [String: TableBuilder.Value]
  /// After an epoch, which may have been cut short; gives its columns of `epochs`.
  func epoch(_ moment: TrainingMoment<Element>, trainLoss: Double) throws -> [String: TableBuilder.Value]
  /// After the run; gives its columns of `runs` besides those of the last epoch.
  func runs() -> [String: TableBuilder.Value]
  func tables() -> [Table]
}

extension Watch {
  func start(_ moment: TrainingMoment<Element>) throws {}
  func step(_ moment: TrainingMoment<Element>) throws -> [String: TableBuilder.Value] { [:] }
  func epoch(_ moment: TrainingMoment<Element>, trainLoss: Double) throws -> [String: TableBuilder.Value] { [:] }
  func runs() -> [String: TableBuilder.Value] { [:] }
  func tables() -> [Table] { [] }
}

/// What monitors know of a run before it begins.
struct WatchedRun<Element: Scalar> {
  var train: Train
  var dataset: Dataset
  var seed: UInt64
  var isCancelled: @Sendable () -> Bool

  var layout: ParameterLayout { train.model.layout }
  var stepsPerEpoch: Int { (dataset.train.count + train.batch - 1) / train.batch }
}

/// Where a run stands.
struct TrainingMoment<Element: Scalar> {
  /// Steps and epochs taken.
  var step: Int
  var epoch: Int
  var point: Vector<Element>
  /// The batch gradient that the step began with, before any clipping; nothing before the first.
  var gradient: Vector<Element>
  var state: OptimizerState<Element>
  var buffers: Vector<Element>
  /// Loss of the batch and length of its gradient.
  var loss = Double.nan
  var gradientNorm = Double.nan
  /// Of the step just taken, or of the first one.
  var learningRate: Double
  /// Whether numbers are still finite.
  var isFinite = true
}
