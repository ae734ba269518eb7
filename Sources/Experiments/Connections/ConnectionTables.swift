import Tables

/// What a connection announces.
enum ConnectionTables {
  static let runs = TableSchema(
    "runs",
    [
      ColumnSchema("parameters", .integer, doc: "Numbers in a point."),
      ColumnSchema("samples", .integer, doc: "Training samples that the loss is a mean over."),
      ColumnSchema("loss-from", doc: "The training loss where the curve begins."),
      ColumnSchema("loss-to", doc: "The training loss where it ends."),
      ColumnSchema(
        "barrier", doc: "How far the training loss on the curve rises above the straight line between the ends' losses."
      ),
      ColumnSchema("barrier-at", doc: "At which t."),
      ColumnSchema("chord-barrier", doc: "The same on the straight line between the ends."),
      ColumnSchema("error-barrier", doc: "The barrier of the share misclassified, on the curve."),
      ColumnSchema("chord-error-barrier", doc: "On the straight line."),
      ColumnSchema("test-barrier", doc: "The barrier of the test loss, on the curve."),
      ColumnSchema("chord-test-barrier", doc: "On the straight line."),
      ColumnSchema("test-error-barrier", doc: "The barrier of the test error, on the curve."),
      ColumnSchema("chord-test-error-barrier", doc: "On the straight line."),
      ColumnSchema("highest", doc: "The highest training loss on the curve."),
      ColumnSchema("lowest", doc: "The lowest training loss on the curve."),
      ColumnSchema("mean", doc: "The mean of the training loss over t."),
      ColumnSchema("integral", doc: "The mean of the training loss over the curve's length."),
      ColumnSchema("chord-highest", doc: "The highest training loss on the straight line."),
      ColumnSchema("length", doc: "Length of the curve."),
      ColumnSchema("chord-length", doc: "Distance of its ends."),
      ColumnSchema("steps", .integer, doc: "Steps that the bends took."),
      ColumnSchema("diverged", .integer, doc: "1 if a loss on the way stopped being finite; the search ends there."),
      ColumnSchema("seconds", unit: "s", origin: .measured, doc: "Time that the search took."),
    ])
  static let curve = TableSchema(
    "curve",
    [
      ColumnSchema("path", .text, doc: "curve, or chord: the straight line between its ends."),
      ColumnSchema("t", doc: "Place on it, from 0 to 1."),
      ColumnSchema("length", doc: "Length of the path up to there."),
      ColumnSchema("loss", doc: "Training loss, running statistics computed again."),
      ColumnSchema("error", doc: "Share of training samples misclassified."),
      ColumnSchema("test-loss", doc: "Test loss."),
      ColumnSchema("test-error", doc: "Share of test samples misclassified."),
    ])
  static let epochs = TableSchema(
    "epochs",
    [
      ColumnSchema("epoch", .integer, doc: "1 is the first."),
      ColumnSchema("loss", doc: "Mean over the epoch's batches of the loss at the points met, each at a t of its own."),
      ColumnSchema("learning-rate", doc: "Learning rate of the epoch."),
    ])
  static let path = TableSchema(
    "path",
    [
      ColumnSchema("t", doc: "Place on the curve."),
      ColumnSchema(
        "x", doc: "From the first end towards the second: coordinate in the plane of the ends and the bend."),
      ColumnSchema("y", doc: "At a right angle to that, towards the bend; of several bends the middle one."),
      ColumnSchema("distance", doc: "How far the point lies from that plane: 0 with one bend."),
      ColumnSchema("loss", doc: "Training loss there."),
    ])
  static let bends = TableSchema(
    "bends",
    [
      ColumnSchema("point", .integer, doc: "0 is the first end; the last is the second end."),
      ColumnSchema("x", doc: "Coordinate in the plane of the ends and the bend."), ColumnSchema("y", doc: "The other."),
      ColumnSchema("norm", doc: "Length of the point."),
    ])
}
