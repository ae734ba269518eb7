import Optimizers
import Specs

let channelAwareSchedule = schedule(
  "channel-aware",
  options: [Option("threshold", .number(above: 0), .yaml("100"), "Norm of the parameters above which it slows down.")],
  doc:
    "The sources' heuristic: a tenth of the rate where the parameters' norm is above the threshold, half above 0.8 "
    + "thresholds, a cosine elsewhere."
) { o, course in ChannelAware(threshold: o.number("threshold"), duration: course.length) }
