import Datasets
import Specs

let cifar10Entry = DatasetItem(
  CatalogEntry(
    "cifar-10", options: DatasetOption.limits + [DatasetOption.normalize],
    doc: "50,000 + 10,000 colour 32×32 photographs of ten kinds, from a data folder, in the published binary format.",
    source: "Krizhevsky 2009; www.cs.toronto.edu/~kriz/cifar.html")
) { o, book in
  FirstSamples(of: try CIFAR(.ten, in: book.dataFolders, normalization: try o.normalization(channels: 3)), o)
}
