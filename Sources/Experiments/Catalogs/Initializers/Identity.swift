import Networks
import Specs

let identityEntry = InitializerItem(
  CatalogEntry(
    "identity", options: [.gain],
    doc: "Each output passes the input of the same number: the identity for matrices, a unit impulse for filters.",
    source: "torch.nn.init.eye_, torch.nn.init.dirac_")
) { .identity(gain: $0.number("gain")) }
