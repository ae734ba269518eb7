import Datasets
import Specs

let mnistEntry = DatasetItem(
  CatalogEntry(
    "mnist", options: DatasetOption.limits + [DatasetOption.normalize],
    doc:
      "60,000 + 10,000 grey 28×28 handwritten digits, from a data folder ‘mnist’. Their own normalisation is "
      + "{mean-deviation: {mean: 0.1307, deviation: 0.3081}}.",
    source: "LeCun, Cortes & Burges 1998")
) { o, book in
  FirstSamples(
    of: try ImageFolder(named: "mnist", in: book.dataFolders, normalization: try o.normalization(channels: 1)), o)
}
