import Datasets
import Specs

let blobsEntry = DatasetItem(
  CatalogEntry(
    "blobs", revision: 2,
    options: [
      Option("classes", .integer(1...1000), .yaml("3"), "Clouds."),
      Option("points", .integer(1...1_000_000), .yaml("100"), "Points in each cloud."),
      Option("spread", .number(atLeast: 0), .yaml("0.3"), "Deviation about the centre."),
      Option("dimensions", .integer(1...10_000), .yaml("2"), "Coordinates of a point."),
    ] + DatasetOption.split, doc: "Round normal clouds about random centres, one a class.")
) { o, book in
  Blobs(
    classes: o.integer("classes"), points: o.integer("points"), spread: o.number("spread"),
    dimensions: o.integer("dimensions"), split: Split(o, book))
}
