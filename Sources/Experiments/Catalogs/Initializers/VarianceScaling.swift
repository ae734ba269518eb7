import Networks
import Specs

let varianceScalingEntry = InitializerItem(
  CatalogEntry(
    "variance-scaling",
    options: [
      Option("scale", .number(above: 0), .yaml("1"), "The variance is scale/fan: 1 for LeCun, 2 for He."),
      Option("fan", .choice(Fan.allCases.map(\.rawValue)), .yaml("fan-in"), "fan-average is Glorot's."),
      Option(
        "distribution", .choice(Distribution.allCases.map(\.rawValue)), .yaml("truncated-normal"),
        "truncated-normal is cut at two deviations and widened to the variance asked for."),
    ],
    doc: "Independent weights of variance scale/fan: the family of LeCun's, Glorot's and He's recipes.",
    source: "jax.nn.initializers.variance_scaling")
) {
  .varianceScaling(
    $0.number("scale"), over: Fan(rawValue: $0.text("fan"))!, Distribution(rawValue: $0.text("distribution"))!)
}
