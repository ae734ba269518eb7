import Networks
import Specs

let fixupEntry = InitializerItem(
  CatalogEntry(
    "fixup",
    doc:
      "For residual networks without normalization: He's weights, smaller the more branches there are; the last layer "
      + "of every branch and the classifier at 0.",
    source: "Zhang, Dauphin & Ma 2019, arXiv:1901.09321")
) { _ in .fixup }

let tFixupEntry = InitializerItem(
  CatalogEntry(
    "t-fixup",
    doc:
      "For transformers without normalization (`norms: false`): Xavier's weights, those of branches and tokens smaller the "
      + "more encoder layers there are.",
    source: "Huang, Perez, Ba & Volkovs 2020 (ICML)")
) { _ in .tFixup }

let zeroBranchesEntry = InitializerItem(
  CatalogEntry(
    "zero-branches", options: [.gain],
    doc: "He's weights times a gain, and the learned multiplier of every residual branch at 0: ReZero, SkipInit.",
    source: "Bachlechner et al. 2020, arXiv:2003.04887; De & Smith 2020, arXiv:2002.10444")
) {
  let gain = $0.number("gain")
  return Initializer.varianceScaling(2 * gain * gain, over: .fanIn).zeroBranches()
}
