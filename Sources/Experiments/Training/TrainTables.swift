import Tables

/// What `train` records.
enum TrainTables {
  private static let losses = [
    ColumnSchema(
      "train-loss", unit: nil,
      doc: "Loss on the training samples: the mean over the epoch's batches, weighted by their sizes, as they were met."
    ),
    ColumnSchema("test-loss", doc: "Mean loss on the test samples after the epoch."),
    ColumnSchema("train-error", doc: "Share of training samples misclassified as they were met during the epoch."),
    ColumnSchema("test-error", doc: "Share of test samples misclassified after the epoch."),
    ColumnSchema("train-accuracy", doc: "1 − train-error."),
    ColumnSchema("test-accuracy", doc: "1 − test-error."),
  ]
  private static let geometry = [
    ColumnSchema(
      "gradient-norm", doc: "Length of the batch gradient before any clipping, mean over the epoch's steps."),
    ColumnSchema("update-norm", doc: "Length of a step, mean over the epoch."),
    ColumnSchema("weight-norm", doc: "Length of the parameter vector after the epoch."),
    ColumnSchema("distance", doc: "Distance of the parameter vector from its start."),
    ColumnSchema("learning-rate", doc: "Learning rate at the epoch's last step."),
    ColumnSchema("clipped", doc: "Share of steps whose gradient was clipped: of the epoch's, or of the run's."),
  ]
  private static let seconds = ColumnSchema(
    "seconds", unit: "s", origin: .measured,
    doc: "Time since training began, by a monotonic clock; it depends on the machine.")

  static func runs(_ measures: [StartMeasure], _ monitors: [any Monitor]) -> TableSchema {
    TableSchema(
      "runs",
      [
        ColumnSchema("parameters", .integer, doc: "Numbers that training changes."),
        ColumnSchema("start-loss", doc: "Mean loss on the test samples before the first step."),
      ] + losses + geometry + [
        ColumnSchema("state-bytes", .integer, unit: "bytes", doc: "What the optimizer remembers, counted."),
        ColumnSchema(
          "activation-bytes", .integer, unit: "bytes",
          doc: "What a batch's gradient keeps on its way besides parameters, data and result, counted."),
        ColumnSchema("steps", .integer, doc: "Steps taken."),
        ColumnSchema(
          "diverged", .integer, doc: "1 if a loss, gradient or step stopped being finite; training ends there."),
        seconds,
        ColumnSchema("weight-mean", doc: "At the start: mean over weight matrices of the mean weight."),
        ColumnSchema("weight-deviation", doc: "At the start: mean over weight matrices of the weights' deviation."),
      ] + measures.map(\.column) + monitors.flatMap(\.runColumns))
  }

  static func epochs(_ monitors: [any Monitor]) -> TableSchema {
    TableSchema(
      "epochs",
      [ColumnSchema("epoch", .integer, doc: "1 is the first.")] + losses + geometry + [seconds]
        + monitors.flatMap(\.epochColumns))
  }

  static func steps(_ monitors: [any Monitor]) -> TableSchema {
    TableSchema("steps", step + monitors.flatMap(\.stepColumns))
  }
  private static let step = [
    ColumnSchema("step", .integer, doc: "1 is the first."), ColumnSchema("epoch", .integer, doc: "1 is the first."),
    ColumnSchema("train-loss", doc: "Loss on the batch before the step."),
    ColumnSchema("gradient-norm", doc: "Length of the batch gradient, before any clipping."),
    ColumnSchema("update-norm", doc: "Length of the step."),
    ColumnSchema("learning-rate", doc: "Learning rate of the step."),
    ColumnSchema("clipped", .integer, doc: "1 if the gradient was clipped."),
  ]

  static func layers(_ measures: [StartMeasure]) -> TableSchema {
    TableSchema("layers", LayerStatistics.columns + measures.map(\.column))
  }
}
