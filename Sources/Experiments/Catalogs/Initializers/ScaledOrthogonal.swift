import Networks
import Specs

let scaledOrthogonalEntry = InitializerItem(
  CatalogEntry(
    "scaled-orthogonal",
    doc: "A counter-example: orthonormal times √(2/fan-in), which shrinks every layer until nothing is left.")
) { _ in .scaledOrthogonal }
