import Autodiff
import Specs

let doubleWellEntry = MakerCatalog<@Sendable (Values) -> PlaneFunction>.Item(
  CatalogEntry("double-well", doc: "(x² − 1)² + y²: minima at (±1, 0) and a saddle between them.")
) { _ in { x, y in (x.squared - 1).squared + y.squared } }
