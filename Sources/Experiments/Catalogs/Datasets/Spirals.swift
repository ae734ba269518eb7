import Datasets
import Specs

let spiralsEntry = DatasetItem(
  CatalogEntry(
    "spirals", revision: 2,
    options: [
      Option("classes", .integer(1...100), .yaml("2"), "Arms."),
      Option("points", .integer(1...1_000_000), .yaml("200"), "Points on each arm."),
      Option("noise", .number(atLeast: 0), .yaml("0.05"), "Deviation of each coordinate."),
      Option("turns", .number(above: 0), .yaml("1"), "Turns of each arm."),
    ] + DatasetOption.split, doc: "Interleaved spiral arms in the plane, one a class.")
) { o, book in
  Spirals(
    classes: o.integer("classes"), points: o.integer("points"), noise: o.number("noise"), turns: o.number("turns"),
    split: Split(o, book))
}
