import Networks
import Specs

let constantEntry = InitializerItem(
  CatalogEntry(
    "constant", options: [Option("value", .number(), .yaml("0"), "Every weight.")],
    doc: "The same number everywhere: all units of a layer stay alike for ever.", source: "torch.nn.init.constant_")
) { .constant($0.number("value")) }

let normalEntry = InitializerItem(
  CatalogEntry(
    "normal", options: [mean, deviation], doc: "Normal weights, whatever the layer's size.",
    source: "torch.nn.init.normal_")
) { .normal(mean: $0.number("mean"), deviation: $0.number("deviation")) }

let uniformEntry = InitializerItem(
  CatalogEntry(
    "uniform", options: [Option("limit", .number(above: 0), .yaml("0.01"), "Weights lie between −limit and limit.")],
    doc: "Uniform weights about 0, whatever the layer's size.", source: "torch.nn.init.uniform_")
) { .uniform(from: -$0.number("limit"), to: $0.number("limit")) }

let truncatedNormalEntry = InitializerItem(
  CatalogEntry(
    "truncated-normal",
    options: [
      mean, deviation,
      Option("cut", .number(atLeast: 0.1), .yaml("2"), "Weights lie within so many deviations of the mean."),
    ],
    doc: "Normal weights of which those far from the mean are drawn again, whatever the layer's size.",
    source: "torch.nn.init.trunc_normal_")
) {
  let (mean, deviation, cut) = ($0.number("mean"), $0.number("deviation"), $0.number("cut"))
  return .truncatedNormal(
    mean: mean, deviation: deviation, from: mean - cut * deviation, to: mean + cut * deviation)
}

private let mean = Option("mean", .number(), .yaml("0"), "Centre of the distribution.")
private let deviation = Option(
  "deviation", .number(above: 0), .yaml("0.01"), "Standard deviation before anything is cut off.")
