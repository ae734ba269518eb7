import Tables

/// What a search for critical points announces.
struct CriticalPointTables {
  /// Whether it is over the plane, so that points have coordinates.
  let isPlane: Bool

  var all: [TableSchema] { [CriticalPointTables.runs, points, starts, CriticalPointTables.eigenvalues] }

  static let runs = TableSchema(
    "runs",
    [
      ColumnSchema("starts", .integer, doc: "Starts."),
      ColumnSchema(
        "found", .integer, doc: "Searches that ended at a critical point, inside the range if there is one."),
      ColumnSchema("outside", .integer, doc: "Those that ended at one outside the range."),
      ColumnSchema(
        "stalled", .integer,
        doc: "Those that ended elsewhere, most often at a minimum of the gradient's length that is not zero."),
      ColumnSchema("points", .integer, doc: "Critical points that differ."),
      ColumnSchema("minima", .integer, doc: "Those with positive eigenvalues alone."),
      ColumnSchema("saddles", .integer, doc: "Those with eigenvalues of both signs."),
      ColumnSchema("maxima", .integer, doc: "Those with negative eigenvalues alone."),
      ColumnSchema("undecided", .integer, doc: "Those with zero eigenvalues and others of one sign at most."),
      ColumnSchema(
        "rank-correlation",
        doc: "Spearman's correlation of index and loss over the points; NaN where either is constant."),
    ])

  private var coordinates: [ColumnSchema] {
    isPlane
      ? [ColumnSchema("x", doc: "First coordinate."), ColumnSchema("y", doc: "Second coordinate.")]
      : [ColumnSchema("norm", doc: "Length of the parameter vector.")]
  }
  private static let point = ColumnSchema(
    "point", .integer, doc: "The critical point, numbered by index, then loss, then coordinates.")

  var points: TableSchema {
    TableSchema(
      "points",
      [CriticalPointTables.point] + coordinates + [
        ColumnSchema("loss", doc: "The loss there, with the penalty of `weight-decay`."),
        ColumnSchema("gradient-norm", doc: "Length of the gradient there."),
        ColumnSchema("negative", .integer, doc: "Negative eigenvalues of the Hessian, n₋."),
        ColumnSchema("zero", .integer, doc: "Those that count as zero, n₀."),
        ColumnSchema("positive", .integer, doc: "Positive ones, n₊."),
        ColumnSchema("index", doc: "n₋ over all."),
        ColumnSchema("type", .text, doc: "minimum, saddle, maximum, or undecided where the Hessian does not say."),
        ColumnSchema("smallest", doc: "Smallest eigenvalue."), ColumnSchema("largest", doc: "Largest eigenvalue."),
        ColumnSchema("starts", .integer, doc: "Starts from which it was found."),
      ])
  }

  var starts: TableSchema {
    TableSchema(
      "starts",
      [ColumnSchema("start", .integer, doc: "The start, from 1.")] + coordinates + [
        ColumnSchema("start-loss", doc: "The loss there."),
        ColumnSchema("steps", .integer, doc: "Steps of the search."),
        ColumnSchema("end", .text, doc: "found, outside or stalled."),
        ColumnSchema("point", .integer, doc: "The critical point that it led to, or 0."),
        ColumnSchema("loss", doc: "The loss at the end."),
        ColumnSchema("gradient-norm", doc: "Length of the gradient at the end."),
        ColumnSchema(
          "cokernel-residual",
          doc:
            "‖Hg‖/(‖H‖‖g‖) there: near 0 where the gradient g lies in the kernel of the Hessian H, so that no step of the search makes it shorter."
        ),
      ])
  }

  static let eigenvalues = TableSchema(
    "eigenvalues",
    [
      point, ColumnSchema("loss", doc: "The loss there."), ColumnSchema("index", .integer, doc: "1 is the smallest."),
      ColumnSchema("eigenvalue", doc: "Eigenvalue of the Hessian."),
    ])
}
