import Datasets
import Specs

let colorShapesEntry = DatasetItem(
  CatalogEntry(
    "color-shapes",
    options: [
      Option("classes", .integer(1...100), .yaml("100"), "The first so many kinds."),
      Option("train", .integer(1...1_000_000), .yaml("10000"), "Training samples."),
      Option("test", .integer(0...1_000_000), .yaml("2000"), "Test samples."),
      Option("seed", .integer(0...Int.max), .yaml("0"), "Decides every picture, whatever the run's seed."),
      DatasetOption.normalize,
    ],
    doc:
      "Colour 32×32 pictures made on the spot, of 100 kinds: five shapes in five colours with four textures, at random "
      + "places, sizes and angles before a random background. Stands in for CIFAR-100.")
) { o, book in
  ColorShapes(
    classes: o.integer("classes"), train: o.integer("train"), test: o.integer("test"), book: book.seed,
    seed: UInt64(o.integer("seed")), normalization: try o.normalization(channels: 3))
}
