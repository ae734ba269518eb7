import Networks
import Specs

let emergencePromotingEntry = InitializerItem(
  CatalogEntry(
    "emergence-promoting",
    options: [Option("alpha", .number(above: 0), .yaml("1.2"), "α, the ratio of neighbouring layers' factors.")],
    doc:
      "kaiming-normal with layers divided by αᵏ before the middle and multiplied by it after, k counted from there. "
      + "Weak evidence: not accepted at ICLR 2025.",
    source: "Li, George & Silva 2024, arXiv:2407.19044")
) { .emergencePromoting(alpha: $0.number("alpha")) }

let twiceDividedEntry = InitializerItem(
  CatalogEntry(
    "twice-divided",
    doc:
      "A counter-example: the sources' formula for the recipe above, with 1/√fan-in in two places; weights of order "
      + "1/fan-in, and signals vanish.")
) { _ in .twiceDivided }
