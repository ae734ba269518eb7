import Autodiff
import Specs

let doubleWellEntry = PlaneFunctionItem(
  CatalogEntry(
    "double-well",
    options: [Option("width", .number(above: 0), .yaml("1"), "w in (x²−w²)² + y²: the minima are at (±w, 0).")],
    doc: "(x²−1)² + y²: two minima at height 0, a saddle of height 1 between them.")
) { o in
  let width = o.number("width")
  return { x, y in (x.squared - width * width).squared + y.squared }
}
