import Datasets
import Specs

let gaussianProcessEntry = DatasetItem(
  CatalogEntry(
    "gaussian-process",
    options: [
      Option(
        "kernel", .choice(GaussianProcess.Kernel.allCases.map(\.rawValue)), .yaml("matern-3/2"),
        "matern-3/2: one derivative. squared-exponential: all derivatives."),
      Option("scale", .number(above: 0), .yaml("1"), "What inputs are multiplied by: 10 is rough, 0.1 smooth."),
      Option("points", .integer(2...5000), .yaml("1000"), "Making them holds the square of their number."),
      Option("dimensions", .integer(1...1000), .yaml("2"), "Coordinates of a point."),
    ] + DatasetOption.split,
    doc: "A random function, drawn from a Gaussian process at standard normal inputs, to regress on.",
    source: "Rasmussen & Williams 2006; Martinelli et al. 2025, arXiv:2506.14951")
) { o, book in
  GaussianProcess(
    kernel: GaussianProcess.Kernel(rawValue: o.text("kernel"))!, scale: o.number("scale"), points: o.integer("points"),
    dimensions: o.integer("dimensions"), split: Split(o, book))
}
