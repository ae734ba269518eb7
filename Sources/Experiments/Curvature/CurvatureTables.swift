import Specs
import Tables

/// What a survey of curvature announces.
enum CurvatureTables {
  private static let row = [
    ColumnSchema("parameters", .integer, doc: "Rows of the matrix."),
    ColumnSchema("left-out", .integer, doc: "Parameters that K-FAC has no block for: their rows are 0."),
    ColumnSchema("samples", .integer, doc: "Training samples that the loss is a mean over."),
    ColumnSchema("loss", doc: "The loss at the point."),
    ColumnSchema("gradient-norm", doc: "Length of its gradient."),
    ColumnSchema("largest", doc: "Largest eigenvalue; NaN when neither `top` nor `full` asks for it."),
    ColumnSchema("smallest", doc: "Smallest eigenvalue, alike."),
    ColumnSchema("gradient-in-top", doc: "Share of the gradient's square in the span of the `top` eigenvectors."),
    ColumnSchema("residual", doc: "Largest ‖Av − λv‖ among the eigenvalues found."),
    ColumnSchema(
      "converged", .integer,
      doc: "1 when all residuals came below the tolerance, else 0; 0 too where the loss is not finite."),
    ColumnSchema("trace", doc: "Estimate of the trace."),
    ColumnSchema("trace-error", doc: "Its standard error; NaN where one random vector says nothing of it."),
  ]
  private static let offDiagonal = ColumnSchema(
    "off-diagonal",
    doc: "Share of the sum of all entries' squares that lies off the diagonal: 0 where parameters do not meet.")
  static let eigenvalues = TableSchema(
    "eigenvalues",
    [
      ColumnSchema("end", .text, doc: "top or bottom of the spectrum."),
      ColumnSchema("index", .integer, doc: "1 is the outermost."),
      ColumnSchema("eigenvalue", doc: "The eigenvalue λ."),
      ColumnSchema("residual", doc: "‖Av − λv‖ with its unit eigenvector v."),
      ColumnSchema("gradient-cosine", doc: "|cos| of the angle between v and the gradient."),
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
  static func schemas(_ options: Values) -> [TableSchema] {
    [TableSchema("runs", row + (options.boolean("full") ? [offDiagonal] : []))]
      + (options.integer("top") + options.integer("bottom") > 0 ? [eigenvalues] : [])
      + (options.integer("density-steps") > 0 ? [density, nodes] : []) + (options.boolean("full") ? [spectrum] : [])
  }
}
