import Datasets
import Specs

let sineEntry = DatasetItem(
  CatalogEntry(
    "sine",
    options: [
      Option("points", .integer(2...10_000_000), .yaml("500"), "In all."),
      Option("frequency", .number(above: 0), .yaml("1"), "Waves from 0 to 1."),
      Option("noise", .number(atLeast: 0), .yaml("0.1"), "Deviation of the normal noise."),
    ] + DatasetOption.split,
    doc: "A noisy sine wave on [−1, 1] to regress on.")
) { o, book in
  SineWave(
    points: o.integer("points"), frequency: o.number("frequency"), noise: o.number("noise"), split: Split(o, book))
}
