import Tables

/// What a survey of a line announces.
enum LineTables {
  static let runs = TableSchema(
    "runs",
    [
      ColumnSchema("parameters", .integer, doc: "Numbers in a point."),
      ColumnSchema("samples", .integer, doc: "Samples that the loss is a mean over; 0 for a function."),
      ColumnSchema("loss-from", doc: "The loss at x = 0."), ColumnSchema("loss-to", doc: "The loss at x = 1."),
      ColumnSchema("error-from", doc: "Share of the samples misclassified at x = 0."),
      ColumnSchema("error-to", doc: "Share misclassified at x = 1."),
      ColumnSchema(
        "barrier",
        doc: "How far the loss rises above the straight line between those of the ends, at most, at the points between "
          + "them; NaN without any."),
      ColumnSchema("barrier-at", doc: "At which x."), ColumnSchema("error-barrier", doc: "The same of the error."),
      ColumnSchema("error-barrier-at", doc: "At which x."),
      ColumnSchema("highest", doc: "The highest loss between the ends, ends included."),
      ColumnSchema("lowest", doc: "The lowest finite loss on the whole line."),
      ColumnSchema("lowest-at", doc: "At which x."),
      ColumnSchema("increases", .integer, doc: "Steps from 0 to 1 that end higher than they began."),
      ColumnSchema("steps", .integer, doc: "Steps from 0 to 1."),
      ColumnSchema("greatest-rise", doc: "The most that the loss climbs from any x to a later one, between the ends."),
      ColumnSchema(
        "concavities", .integer,
        doc: "Points between the ends whose loss lies above the line between their neighbours': 0 where it is convex."),
      ColumnSchema("not-finite", .integer, doc: "Points of the line whose loss is not finite."),
      ColumnSchema("distance", doc: "Length of the step from x = 0 to x = 1."),
      ColumnSchema("cosine", doc: "Cosine of the angle at the origin of weight space between the two ends."),
      ColumnSchema("norm-from", doc: "Length of the point at x = 0."),
      ColumnSchema("norm-to", doc: "Length of the point at x = 1."),
    ])
  static let line = TableSchema(
    "line",
    [
      ColumnSchema("x", doc: "Place on the line: 0 and 1 are its ends."), ColumnSchema("loss", doc: "The loss there."),
      ColumnSchema("error", doc: "Share of the samples misclassified there."),
      ColumnSchema("chord", doc: "The straight line between the losses of the ends; nothing outside them."),
      ColumnSchema("error-chord", doc: "The same for the error."),
    ])
  static let layers = TableSchema(
    "layers",
    [
      ColumnSchema("layer", .integer, doc: "1 is next to the input."),
      ColumnSchema("parameter", .text, doc: "Its name."), ColumnSchema("norm-from", doc: "Its length at x = 0."),
      ColumnSchema("norm-to", doc: "Its length at x = 1."),
      ColumnSchema("distance", doc: "Length of the step between."),
      ColumnSchema("cosine", doc: "Cosine of the angle between the two."),
    ])
}
