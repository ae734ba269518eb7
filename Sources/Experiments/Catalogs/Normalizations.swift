public import Datasets
public import Specs

/// What the bytes of pixels can stand for.
public let normalizationCatalog = MakerCatalog<@Sendable (Values) -> Normalization>(
  "normalization",
  [
    .init(CatalogEntry("half", doc: "(x/255 − 0.5)/0.5: from −1 to 1.")) { _ in .half },
    .init(
      CatalogEntry(
        "mean-deviation",
        options: [
          Option("mean", channels(.number()), .required, "Of x/255: one number, or one a channel."),
          Option("deviation", channels(.number(above: 0)), .required, "Of x/255: one number, or one a channel."),
        ],
        doc: "(x/255 − mean)/deviation. MNIST's own are 0.1307 and 0.3081.")
    ) { o in
      let (mean, deviation) = (numbers(o["mean"]!), numbers(o["deviation"]!))
      // One number serves every channel, beside a list of the other too.
      let count = max(mean.count, deviation.count)
      func spread(_ values: [Double]) -> [Double] {
        values.count == 1 ? Array(repeating: values[0], count: count) : values
      }
      return Normalization(mean: spread(mean), deviation: spread(deviation))
    },
  ])

private func channels(_ type: OptionType) -> OptionType { .either([type, .list(type, count: 1...1000)]) }

private func numbers(_ value: Resolved) -> [Double] {
  if case .list(let list) = value.value { list.map(\.asNumber) } else { [value.asNumber] }
}
