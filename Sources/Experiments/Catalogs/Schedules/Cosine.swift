import Optimizers
import Specs

let cosineSchedule = schedule(
  "cosine", options: [.over, .minimumShare],
  doc: "Down along half a cosine wave; beyond `over` up again.",
  source: "Loshchilov & Hutter 2017, arXiv:1608.03983; torch.optim.lr_scheduler.CosineAnnealingLR"
) { o, course in
  Cosine(duration: o.optionalInteger("over") ?? course.length, minimum: o.number("minimum"))
}
