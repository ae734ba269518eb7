import Networks
import Specs

let sparseEntry = InitializerItem(
  CatalogEntry(
    "sparse",
    options: [
      Option("sparsity", .number(atLeast: 0, atMost: 1), .yaml("0.9"), "Share of each input's weights that is 0."),
      Option("deviation", .number(above: 0), .yaml("0.01"), "Standard deviation of the others."),
    ], doc: "Normal weights of which every input keeps only some.", source: "Martens 2010; torch.nn.init.sparse_")
) { .sparse(sparsity: $0.number("sparsity"), deviation: $0.number("deviation")) }
