import Specs
import Tables

/// What a survey of curvature announces.
enum CurvatureTables {
  static let runs = TableSchema(
    "runs",
    [
      ColumnSchema("parameters", .integer, doc: "Rows of the matrix."),
      ColumnSchema("left-out", .integer, doc: "Parameters that K-FAC has no block for: their rows are 0."),
      ColumnSchema("samples", .integer, doc: "Samples that the loss is a mean over."),
      ColumnSchema("loss", doc: "The loss at the point."),
      ColumnSchema("gradient-norm", doc: "Length of its gradient."),
      ColumnSchema("largest", doc: "Largest eigenvalue; NaN when neither `top` nor `full` asks for it."),
      ColumnSchema("smallest", doc: "Smallest eigenvalue, alike."),
      ColumnSchema("gradient-in-top", doc: "Share of the gradient's square in the span of the `top` eigenvectors."),
      ColumnSchema("residual", doc: "Largest ‖Av − λv‖ among the eigenvalues found."),
      ColumnSchema(
        "converged", .integer,
        doc: "1 when all residuals came below the tolerance, else 0; 0 too where the loss is not finite."),
      ColumnSchema(
        "outlier-ratio", doc: "With C classes, the C-th eigenvalue over the next; NaN unless `top` is more than C."),
      ColumnSchema(
        "class-overlap", doc: "Mean share of the top C eigenvectors that lies in the span of the class means."),
      ColumnSchema(
        "off-diagonal",
        doc: "Share of the square of all entries that is off the diagonal; NaN without `full`. 0 is a diagonal matrix."),
      ColumnSchema("trace", doc: "The trace: exact with `full` or as many products as parameters, else estimated."),
      ColumnSchema(
        "trace-error", doc: "Its standard error, 0 when exact; NaN where one random vector says nothing of it."),
    ])
  static let eigenvalues = TableSchema(
    "eigenvalues",
    [
      ColumnSchema("end", .text, doc: "top or bottom of the spectrum."),
      ColumnSchema("index", .integer, doc: "1 is the outermost."),
      ColumnSchema("eigenvalue", doc: "The eigenvalue λ."),
      ColumnSchema("residual", doc: "‖Av − λv‖ with its unit eigenvector v."),
      ColumnSchema("gradient-cosine", doc: "|cos| of the angle between v and the gradient."),
    ])
  static let outliers = TableSchema(
    "outliers",
    [
      ColumnSchema("index", .integer, doc: "1 is the largest."),
      ColumnSchema("eigenvalue", doc: "The matrix's eigenvalue."),
      ColumnSchema(
        "class-means", doc: "The eigenvalue of the same place of the class means' matrix; NaN beyond those."),
      ColumnSchema("overlap", doc: "Share of the eigenvector's square in the span of the class means."),
    ])
  static let density = TableSchema(
    "density",
    [
      ColumnSchema("eigenvalue", doc: "Place on the axis of eigenvalues."),
      ColumnSchema("density", doc: "Density of eigenvalues there; it integrates to 1."),
    ])
  static let nodes = TableSchema(
    "nodes",
    [
      ColumnSchema("eigenvalue", doc: "A node of the quadrature."),
      ColumnSchema("weight", doc: "Share of all eigenvalues that it stands for."),
    ])
  static let spectrum = TableSchema(
    "spectrum",
    [
      ColumnSchema("index", .integer, doc: "1 is the largest."),
      ColumnSchema("eigenvalue", doc: "The eigenvalue."),
    ])

  /// Those that the options ask for.
  static func schemas(_ study: HessianStudy) -> [TableSchema] {
    let options = study.options
    return [runs] + (study.top + study.bottom > 0 ? [eigenvalues] : [])
      + (options.boolean("outliers") ? [outliers] : [])
      + (options.integer("density-steps") > 0 ? [density, nodes] : [])
      + (options.boolean("full") ? [spectrum] : [])
  }
}
