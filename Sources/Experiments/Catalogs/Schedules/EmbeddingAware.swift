import Optimizers
import Specs

let embeddingAwareSchedule = schedule(
  "embedding-aware",
  options: [
    Option("depth", .integer(1...10_000), .yaml("2"), "Layers of the network: the rate is times 0.9^(depth−2).")
  ],
  doc:
    "The sources' heuristic as they coded it: a tenth of the rate for ten units, then 0.1^(t/50). What they describe, "
    + "a warm-up and a cosine, is `{cosine: {warmup: 10}}`."
) { o, _ in EmbeddingAware(depth: o.integer("depth")) }
