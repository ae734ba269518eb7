import Networks
import Specs

let edgeOfChaosEntry = InitializerItem(
  CatalogEntry(
    "edge-of-chaos",
    options: [
      Option(
        "weight-deviation", .number(above: 0), .absent,
        "σw: weights have variance σw²/fan-in. Solved for the network's activation when left out."),
      Option("bias-deviation", .number(atLeast: 0), .yaml("0"), "σb: biases have variance σb²."),
    ],
    doc:
      "Normal weights and biases at a point of the mean-field phase diagram, by default where signals neither fade nor "
      + "grow on their way back (χ = 1).",
    source: "Poole et al. 2016, arXiv:1606.05340; Schoenholz et al. 2017, arXiv:1611.01232")
) { .edgeOfChaos(weightDeviation: $0.optionalNumber("weight-deviation"), biasDeviation: $0.number("bias-deviation")) }
