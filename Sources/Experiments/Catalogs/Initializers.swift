public import Networks
public import Specs

/// Every initializer that a spec can name, in the order that decides colours.
public let initializerCatalog = MakerCatalog<@Sendable (Values) -> Initializer>(
  "initializer",
  [
    .init(
      CatalogEntry("lecun", doc: "Normal with variance 1/fan-in.", source: "LeCun, Bottou, Orr & Müller 1998")
    ) { _ in .lecun(.normal) },
    .init(
      CatalogEntry(
        "xavier-normal", options: [gain("1")], doc: "Normal with variance 2/(fan-in + fan-out).",
        source: "Glorot & Bengio 2010; torch.nn.init.xavier_normal_")
    ) { .xavier(.normal, gain: $0.number("gain")) },
    .init(
      CatalogEntry(
        "kaiming-normal", options: [slope, fan],
        doc: "Normal with variance 2/((1+a²)·fan), for ReLU and its leaky kin.",
        source: "He et al. 2015, arXiv:1502.01852; torch.nn.init.kaiming_normal_")
    ) { .kaiming(.normal, slope: $0.number("slope"), fan: Initializer.Fan(rawValue: $0.text("fan"))!) },
    .init(
      CatalogEntry(
        "orthogonal", options: [gain("1")], doc: "Orthonormal rows or columns, times a gain: √2 suits ReLU.",
        source: "Saxe, McClelland & Ganguli 2014, arXiv:1312.6120; torch.nn.init.orthogonal_")
    ) { .orthogonal(gain: $0.number("gain")) },
    .init(
      CatalogEntry(
        "scaled-orthogonal",
        doc: "A counter-example: orthonormal times √(2/fan-in), which shrinks every layer until nothing is left.")
    ) { _ in .scaledOrthogonal },
    .init(
      CatalogEntry(
        "l-momentum",
        options: [Option("alpha", .number(above: 0), .yaml("0.81"), "Mean square of every weight matrix.")],
        doc:
          "A counter-example: uniform weights rescaled to mean square alpha whatever the layer's size; they overflow.")
    ) { .lMomentum(alpha: $0.number("alpha")) },
    .init(
      CatalogEntry(
        "pytorch", doc: "Weights and biases uniform on ±1/√fan-in: a PyTorch Linear left alone. Variance 1/(3·fan-in).",
        source: "torch.nn.Linear.reset_parameters")
    ) { _ in .pytorch },
    .init(
      CatalogEntry("lecun-uniform", doc: "Uniform with variance 1/fan-in.", source: "LeCun, Bottou, Orr & Müller 1998")
    ) { _ in .lecun(.uniform) },
    .init(
      CatalogEntry(
        "xavier-uniform", options: [gain("1")], doc: "Uniform with variance 2/(fan-in + fan-out).",
        source: "Glorot & Bengio 2010; torch.nn.init.xavier_uniform_")
    ) { .xavier(.uniform, gain: $0.number("gain")) },
    .init(
      CatalogEntry(
        "kaiming-uniform", options: [slope, fan], doc: "Uniform with variance 2/((1+a²)·fan).",
        source: "He et al. 2015, arXiv:1502.01852; torch.nn.init.kaiming_uniform_")
    ) { .kaiming(.uniform, slope: $0.number("slope"), fan: Initializer.Fan(rawValue: $0.text("fan"))!) },
  ])

private func gain(_ value: String) -> Option {
  Option("gain", .number(above: 0), .yaml(value), "Factor on every weight.")
}
private let slope = Option("slope", .number(atLeast: 0), .yaml("0"), "The negative side's slope a of a leaky ReLU.")
private let fan = Option(
  "fan", .choice(Initializer.Fan.allCases.map(\.rawValue)), .yaml("fan-in"),
  "fan-in keeps the forward signal's size, fan-out the backward one's.")
