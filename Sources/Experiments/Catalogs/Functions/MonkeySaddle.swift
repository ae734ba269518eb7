import Autodiff
import Specs

let monkeySaddleEntry = MakerCatalog<@Sendable (Values) -> PlaneFunction>.Item(
  CatalogEntry(
    "monkey-saddle", doc: "x³ − 3xy²: three ways down from the origin, where the Hessian is zero.",
    source: "Milnor, Morse Theory, 1963")
) { _ in { x, y in x * x.squared - 3 * (x * y.squared) } }
