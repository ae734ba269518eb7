import Networks
import Specs

let kaimingNormalEntry = InitializerItem(
  CatalogEntry(
    "kaiming-normal", options: [slope, fan],
    doc: "Normal with variance 2/((1+a²)·fan), for ReLU and its leaky kin.",
    source: "He et al. 2015, arXiv:1502.01852; torch.nn.init.kaiming_normal_")
) { .kaiming(.normal, slope: $0.number("slope"), fan: Fan(rawValue: $0.text("fan"))!) }

let kaimingUniformEntry = InitializerItem(
  CatalogEntry(
    "kaiming-uniform", options: [slope, fan], doc: "Uniform with variance 2/((1+a²)·fan).",
    source: "He et al. 2015, arXiv:1502.01852; torch.nn.init.kaiming_uniform_")
) { .kaiming(.uniform, slope: $0.number("slope"), fan: Fan(rawValue: $0.text("fan"))!) }

private let slope = Option("slope", .number(atLeast: 0), .yaml("0"), "The negative side's slope a of a leaky ReLU.")
private let fan = Option(
  "fan", .choice([Fan.fanIn, .fanOut].map(\.rawValue)), .yaml("fan-in"),
  "fan-in keeps the forward signal's size, fan-out the backward one's.")
