import Tables

/// What a survey of a plane announces.
enum SurfaceTables {
  static let runs = TableSchema(
    "runs",
    [
      ColumnSchema("parameters", .integer, doc: "Numbers in a point."),
      ColumnSchema("samples", .integer, doc: "Samples that the loss is a mean over; 0 for a function."),
      ColumnSchema("loss", doc: "The loss at the point, the plane's origin."),
      ColumnSchema("error", doc: "Share of the samples misclassified there."),
      ColumnSchema("weight-norm", doc: "Length of the point."),
      ColumnSchema("lowest", doc: "The lowest finite loss on the grid."),
      ColumnSchema("highest", doc: "The highest finite loss on the grid."),
      ColumnSchema("not-finite", .integer, doc: "Grid points whose loss is not finite."),
      ColumnSchema("x-norm", doc: "Length of the first direction."),
      ColumnSchema("y-norm", doc: "Length of the second direction."),
      ColumnSchema("cosine", doc: "Cosine of the angle between the directions."),
      ColumnSchema("x-explained", doc: "Share of a trajectory's variation along the first direction."),
      ColumnSchema("y-explained", doc: "Share along the second."),
      ColumnSchema("x-eigenvalue", doc: "Eigenvalue of the first direction, of directions that are eigenvectors."),
      ColumnSchema("y-eigenvalue", doc: "Eigenvalue of the second."),
      ColumnSchema(
        "radius",
        doc: "Radius of the circle as large as the part of the grid whose loss is at most `rise` above the origin's."),
      ColumnSchema(
        "radius-is-bound", .integer,
        doc: "1 where that part touches the edge of the grid, so that the radius is only a lower bound."),
    ])
  static let path = TableSchema(
    "path",
    [
      ColumnSchema("run", .text, doc: "Which run the checkpoint is of, where there are several."),
      ColumnSchema("epoch", .integer, doc: "After which epoch; 0 is the start."),
      ColumnSchema("x", doc: "First coordinate of the nearest point of the plane."),
      ColumnSchema("y", doc: "Its second coordinate."),
      ColumnSchema("distance", doc: "How far the checkpoint lies from the plane."),
      ColumnSchema("loss", doc: "The loss at the checkpoint itself."),
      ColumnSchema("loss-on-plane", doc: "The loss at the nearest point of the plane."),
    ])

  static func surface(_ measures: [SurfaceMeasure]) -> TableSchema {
    TableSchema(
      "surface",
      [
        ColumnSchema("x", doc: "Coordinate along the first direction."),
        ColumnSchema("y", doc: "Coordinate along the second."), ColumnSchema("loss", doc: "The loss there."),
        ColumnSchema("error", doc: "Share of the samples misclassified there."),
      ] + measures.flatMap(\.columns))
  }
}

/// What costs more than a loss at every point of a plane.
enum SurfaceMeasure: String, CaseIterable, Sendable {
  case gradientNorm = "gradient-norm"
  case curvature

  var columns: [ColumnSchema] {
    switch self {
    case .gradientNorm: [ColumnSchema("gradient-norm", doc: "Length of the whole gradient, not only within the plane.")]
    case .curvature:
      [
        ColumnSchema("largest", doc: "Largest eigenvalue of the whole Hessian there."),
        ColumnSchema("smallest", doc: "Its smallest."),
        ColumnSchema("ratio", doc: "|smallest / largest|: 0 where nothing curves down."),
      ]
    }
  }
}
