import Networks
import Specs

let orthogonalEntry = InitializerItem(
  CatalogEntry(
    "orthogonal", options: [.gain], doc: "Orthonormal rows or columns, times a gain: √2 suits ReLU.",
    source: "Saxe, McClelland & Ganguli 2014, arXiv:1312.6120; torch.nn.init.orthogonal_")
) { .orthogonal(gain: $0.number("gain")) }

let deltaOrthogonalEntry = InitializerItem(
  CatalogEntry(
    "delta-orthogonal", options: [.gain],
    doc: "Filters with an orthonormal matrix at their centre and 0 elsewhere, times a gain; matrices are orthogonal.",
    source: "Xiao et al. 2018, arXiv:1806.05393")
) { .deltaOrthogonal(gain: $0.number("gain")) }
