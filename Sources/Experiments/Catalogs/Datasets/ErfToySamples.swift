import Datasets
import Specs

let erfToyEntry = DatasetItem(
  CatalogEntry(
    "erf-toy", options: [Option("points", .integer(2...10_000_000), .yaml("1000"), "In all.")] + DatasetOption.split,
    doc: "erf((5x + 2.5)/√2) + erf((5x − 2.5)/√2) at standard normal x, to regress on.",
    source: "Martinelli et al. 2025, arXiv:2506.14951")
) { o, book in ErfToy(points: o.integer("points"), split: Split(o, book)) }
