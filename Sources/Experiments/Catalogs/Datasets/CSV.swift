import Datasets
import Specs

let csvEntry = DatasetItem(
  CatalogEntry(
    "csv", revision: 2,
    options: [
      Option("path", .text, .required, "The file, relative to the book; the first row names the columns."),
      Option(
        "target", .either([.text, .list(.text, count: 1...Int.max)]), .required, "Column to predict, or several."),
      Option(
        "inputs", .list(.text, count: 1...Int.max), .absent, "Columns to predict from; all others when left out."),
      DatasetOption.task,
    ] + DatasetOption.split + [DatasetOption.standardize],
    doc: "An author's own table. A text target makes classes, a numeric one is regressed on.")
) { o, book in
  let target = o["target"]!
  let targets: [String] = if case .list(let names) = target.value { names.map(\.asText) } else { [target.asText] }
  return try CSVFile(
    path: book.absolute(o.text("path")), name: o.text("path"), targets: targets,
    inputs: o["inputs"].map { $0.asList.map(\.asText) }, task: o.optionalText("task").flatMap(TaskKind.init),
    split: Split(o, book))
}
