import Datasets
import Specs

let npyEntry = DatasetItem(
  CatalogEntry(
    "npy", revision: 2,
    options: [
      Option("inputs", .text, .required, "NPY file with one sample a row, relative to the book."),
      Option("targets", .text, .required, "NPY file with one target a row; whole numbers are classes."),
      DatasetOption.task,
    ] + DatasetOption.split + [DatasetOption.standardize],
    doc: "An author's own arrays, as NumPy saves them.")
) { o, book in
  try NPYFiles(
    inputs: book.absolute(o.text("inputs")), inputsName: o.text("inputs"),
    targets: book.absolute(o.text("targets")), targetsName: o.text("targets"),
    task: o.optionalText("task").flatMap(TaskKind.init), split: Split(o, book))
}
