import Optimizers
import Specs

let samEntry = OptimizerItem(
  CatalogEntry(
    "sam",
    options: [
      Option("rho", .number(above: 0), .yaml("0.05"), "How far up the gradient is taken."), .base,
    ],
    doc:
      "Sharpness-aware minimisation: another rule with the gradient taken a little way uphill. Two gradients a step.",
    source: "Foret et al. 2021, arXiv:2010.01412")
) { o in SAM(baseRule(o), radius: o.number("rho")) }

let asamEntry = OptimizerItem(
  CatalogEntry(
    "asam",
    options: [
      Option("rho", .number(above: 0), .yaml("0.5"), "How far up, measured in the weights' own sizes."), .base,
    ],
    doc: "SAM in a neighbourhood that has the shape of the weights, so that rescaling them changes nothing.",
    source: "Kwon et al. 2021, arXiv:2102.11600")
) { o in SAM(baseRule(o), radius: o.number("rho"), isAdaptive: true) }
