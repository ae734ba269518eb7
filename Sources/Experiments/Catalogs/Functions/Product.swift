import Autodiff
import Specs

let productEntry = MakerCatalog<@Sendable (Values) -> PlaneFunction>.Item(
  CatalogEntry(
    "product", options: [Option("target", .number(), .yaml("1"), "a.")],
    doc:
      "(a − xy)²: the loss of the network y = w₁w₂x on one sample, with a saddle at the origin and a curve of minima.")
) { o in
  let target = o.number("target")
  return { x, y in (target - x * y).squared }
}
