import Datasets
import Specs

let rosenbrockEntry = DatasetItem(
  CatalogEntry(
    "rosenbrock",
    options: [
      Option(
        "inputs", .choice(RosenbrockTarget.Inputs.allCases.map(\.rawValue)), .yaml("grid"),
        "grid: as many on each axis, from −√3 to √3. normal: standard normal."),
      Option("points", .integer(2...10_000_000), .yaml("10000"), "In all; for a grid in n dimensions an n-th power."),
      Option("dimensions", .integer(2...16), .yaml("2"), "Coordinates of a point."),
      Option("a", .number(), .yaml("1"), "In (a − xᵢ)²."),
      Option("b", .number(atLeast: 0), .yaml("3"), "The factor of the bend."),
      Option("c", .number(), .yaml("1"), "Shifts the bend."),
      Option("d", .number(above: 0), .yaml("0.1"), "Keeps the logarithm finite."),
    ] + DatasetOption.split,
    doc:
      "A curved valley to regress on: the z-score of log₁₀(Σ [b(xᵢ₊₁ + c − xᵢ²)² + (a − xᵢ)²] + d).",
    source: "Martinelli et al. 2025, arXiv:2506.14951")
) { o, book in
  return try RosenbrockTarget(
    inputs: RosenbrockTarget.Inputs(rawValue: o.text("inputs"))!, points: o.integer("points"),
    dimensions: o.integer("dimensions"), a: o.number("a"), b: o.number("b"), c: o.number("c"), d: o.number("d"),
    split: Split(o, book))
}
