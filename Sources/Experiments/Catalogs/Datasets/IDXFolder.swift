import Datasets
import Specs

let idxEntry = DatasetItem(
  CatalogEntry(
    "idx",
    options: [Option("folder", .text, .required, "Folder with the four IDX files, relative to the book.")]
      + DatasetOption.limits + [DatasetOption.normalize],
    doc: "A folder with images and labels in MNIST's format, gzip or plain.")
) { o, book in
  FirstSamples(
    of: try ImageFolder(
      folder: book.absolute(o.text("folder")), name: o.text("folder"), normalization: try o.normalization(channels: 1)),
    o)
}
