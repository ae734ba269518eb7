import Datasets
import Specs

let cifar100Entry = DatasetItem(
  CatalogEntry(
    "cifar-100",
    options: [
      Option(
        "labels", .choice(CIFAR.Labels.allCases.map(\.rawValue)), .yaml("fine"),
        "fine: 100 classes. coarse: 20 classes.")
    ] + DatasetOption.limits + [DatasetOption.normalize],
    doc:
      "50,000 + 10,000 colour 32×32 photographs of 100 kinds, from a data folder, in the published binary format.",
    source: "Krizhevsky 2009; www.cs.toronto.edu/~kriz/cifar.html")
) { o, book in
  FirstSamples(
    of: try CIFAR(
      .hundred(CIFAR.Labels(rawValue: o.text("labels"))!), in: book.dataFolders,
      normalization: try o.normalization(channels: 3)), o)
}
