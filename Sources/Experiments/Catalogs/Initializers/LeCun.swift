import Networks
import Specs

let lecunEntry = InitializerItem(
  CatalogEntry("lecun", doc: "Normal with variance 1/fan-in.", source: "LeCun, Bottou, Orr & Müller 1998")
) { _ in .lecun(.normal) }

let lecunUniformEntry = InitializerItem(
  CatalogEntry("lecun-uniform", doc: "Uniform with variance 1/fan-in.", source: "LeCun, Bottou, Orr & Müller 1998")
) { _ in .lecun(.uniform) }
