import Datasets
import Specs

let fashionMNISTEntry = DatasetItem(
  CatalogEntry(
    "fashion-mnist", options: DatasetOption.limits + [DatasetOption.normalize],
    doc: "60,000 + 10,000 grey 28×28 pictures of ten kinds of clothing.",
    source: "Xiao, Rasul & Vollgraf 2017, arXiv:1708.07747; Debian's dataset-fashion-mnist")
) { o, book in
  FirstSamples(
    of: try ImageFolder(
      named: "fashion-mnist", in: book.dataFolders, classes: ImageFolder.fashionClasses,
      package: "dataset-fashion-mnist", normalization: try o.normalization(channels: 1)), o)
}
