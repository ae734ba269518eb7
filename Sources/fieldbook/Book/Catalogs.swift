import Charts
import Experiments
import Specs

/// The kinds of experiments that books can use.
let allKinds: [Kind] = kinds

/// What figures and tables can say, for `fieldbook kinds`.
let viewCatalogs: [Catalog] = [
  markCatalog,
  Catalog(
    "view",
    [
      CatalogEntry("figure", options: Figure.options, doc: "Marks over tables, drawn as SVG."),
      CatalogEntry("table", options: TableView.options, doc: "Rows and columns of a table."),
    ]),
]
