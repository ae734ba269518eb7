import Diagnostics
import Networks
import Specs
import Tensors

let layersEntry = MakerCatalog<ModelMaker>.Item(
  CatalogEntry(
    "layers",
    options: [
      Option(
        "layers", .list(.entry(layerCatalog.catalog), count: 1...1000), .required,
        "From the input to the outputs: the last must give one number for each of the data’s classes or targets.")
    ],
    doc: "Layers one after the other; `fieldbook kinds layer` lists them.")
) { o, input, outputs in
  let list = o.list("layers")
  do {
    return try .chain("layers", try chain(list, outputs: outputs).layers, inputShape: input, outputs: outputs)
  } catch let misfit as Misfit {
    throw DiagnosticError(at: place(of: misfit, in: list) ?? o.place("layers"), misfit.message)
  }
}
