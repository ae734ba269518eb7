import Networks
import Specs

let pytorchEntry = InitializerItem(
  CatalogEntry(
    "pytorch", doc: "Weights and biases uniform on ±1/√fan-in: a PyTorch Linear left alone. Variance 1/(3·fan-in).",
    source: "torch.nn.Linear.reset_parameters")
) { _ in .pytorch }
