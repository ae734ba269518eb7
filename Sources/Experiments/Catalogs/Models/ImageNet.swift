import Networks
import Specs
import Tensors

let resNet18Entry = MakerCatalog<ModelMaker>.Item(
  CatalogEntry(
    "resnet-18", doc: "The residual network for photographs with 18 layers; 11,689,512 parameters for 1000 classes.",
    source: "He et al. 2016, arXiv:1512.03385; torchvision")
) { _, input, outputs in try .resNet18(inputShape: input, outputs: outputs) }

let resNet50Entry = MakerCatalog<ModelMaker>.Item(
  CatalogEntry(
    "resnet-50", doc: "The residual network for photographs with 50 layers; 25,557,032 parameters for 1000 classes.",
    source: "He et al. 2016, arXiv:1512.03385; torchvision")
) { _, input, outputs in try .resNet50(inputShape: input, outputs: outputs) }

let vgg16Entry = MakerCatalog<ModelMaker>.Item(
  CatalogEntry(
    "vgg-16",
    doc: "Thirteen convolutions and three linear layers; 138,357,544 parameters on 3×224×224 images of 1000 classes.",
    source: "Simonyan & Zisserman 2015, arXiv:1409.1556; torchvision")
) { _, input, outputs in try .vgg16(inputShape: input, outputs: outputs) }
