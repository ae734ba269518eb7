import Networks
import Specs

let lMomentumEntry = InitializerItem(
  CatalogEntry(
    "l-momentum",
    options: [Option("alpha", .number(above: 0), .yaml("0.81"), "Mean square of every weight matrix.")],
    doc: "A counter-example: uniform weights rescaled to mean square alpha whatever the layer's size; they overflow.")
) { .lMomentum(alpha: $0.number("alpha")) }
