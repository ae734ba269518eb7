import Networks
import Specs

let xavierNormalEntry = InitializerItem(
  CatalogEntry(
    "xavier-normal", options: [.gain], doc: "Normal with variance 2/(fan-in + fan-out).",
    source: "Glorot & Bengio 2010; torch.nn.init.xavier_normal_")
) { .xavier(.normal, gain: $0.number("gain")) }

let xavierUniformEntry = InitializerItem(
  CatalogEntry(
    "xavier-uniform", options: [.gain], doc: "Uniform with variance 2/(fan-in + fan-out).",
    source: "Glorot & Bengio 2010; torch.nn.init.xavier_uniform_")
) { .xavier(.uniform, gain: $0.number("gain")) }
