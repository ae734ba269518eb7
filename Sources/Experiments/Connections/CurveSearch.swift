import Autodiff
import Datasets
import Landscapes
import Networks
import Specs
import Tables
import Tensors

/// The search for a curve of low loss between two points, in one precision.
///
/// The bends start on the straight line. Every step draws t uniformly and one batch, and moves each bend wⱼ against
/// cⱼ(t) ∇L(φ(t)), by SGD with momentum.
final class CurveSearch<Element: Scalar> {
  private let plan: Connect
  private let training: Surveyed.Loaded<Element>
  private let tests: Surveyed.Loaded<Element>?
  private let ends: [Waypoint<Element>]
  /// The ends and the bends between them.
  private var controls: [Vector<Element>]
  private var epochs = TableBuilder(ConnectionTables.epochs)
  private var steps = 0
  private var hasDiverged = false
  private var options: Values { plan.options }

  init(_ plan: Connect, _ inputs: [String: [Input]]) throws {
    self.plan = plan
    training = try plan.surveyed.load(Element.self, inputs)
    tests = try plan.surveyed.onTests?.load(Element.self, inputs)
    ends = try ["from", "to"].flatMap {
      try plan.surveyed.waypoints(inputs[$0] ?? [], Element.self, at: plan.options.place($0))
    }
    let count = plan.controlCount
    controls = [ends[0].point]
    for index in 1..<count {
      let t = Double(index) / Double(count - 1)
      var point = ends[0].point
      point.scale(by: 1 - t)
      point.add(t, times: ends[1].point)
      controls.append(index == count - 1 ? ends[1].point : point)
    }
  }

  func run(_ doors: Doors) throws -> Outcome {
    let began = doors.now()
    try search(doors)
    let seconds = doors.now() - began
    let judged = try JudgedCurve(plan, training: training, tests: tests, ends: ends, controls: controls, doors)
    var runs = judged.runs
    runs["steps"] = .integer(steps)
    runs["diverged"] = .integer(hasDiverged ? 1 : 0)
    runs["seconds"] = .number(seconds)
    var table = TableBuilder(ConnectionTables.runs)
    table.append(runs)
    return Outcome(
      tables: [table.table(), judged.curve, epochs.table(), judged.path, judged.bends], checkpoints: [try checkpoint()])
  }

  private func search(_ doors: Doors) throws {
    guard case .network(let network) = plan.surveyed.subject else { return }
    let samples = try options.dataset(from: network.source, plan.surveyed.book).train
    let objective = TracedObjective(plan.surveyed.function, buffers: ends[0].buffers)
    objective.mode = .train
    let (book, seed) = (plan.surveyed.book.seed, UInt64(options.integer("seed")))
    let (momentum, decay) = (options.number("momentum"), options.number("weight-decay"))
    let epochCount = options.integer("epochs")
    var point = Vector<Element>(zeros: training.point.count)
    var gradient = point
    var velocities = controls.map { _ in Vector<Element>(zeros: point.count) }
    for epoch in 1...epochCount {
      let rate = options.number("lr") * connectionRate(after: Double(epoch - 1) / Double(epochCount))
      let batches = Batches(count: samples.count, size: options.integer("batch"), book: book, run: seed, epoch: epoch)
      var places = Stream(book: book, run: seed, purpose: .probes(epoch))
      var sum = 0.0
      for (index, batch) in batches.enumerated() {
        if doors.isCancelled() { throw Cancelled() }
        objective.refill(
          counts: [batch.count * samples.inputWidth, batch.count * samples.targetWidth], samples: batch.count
        ) { data in
          samples.copyInputs(batch, into: &data[0])
          samples.copyTargets(batch, into: &data[1])
        }
        steps += 1
        objective.noise = NoiseKey(book: book, run: seed, step: steps)
        let weights = plan.curve.coefficients(at: places.uniform(), points: controls.count)
        point.scale(by: 0)
        for (weight, control) in zip(weights, controls) { point.add(weight, times: control) }
        let loss = objective.gradient(at: point, into: &gradient)
        sum += loss * Double(batch.count)
        guard loss.isFinite else {
          hasDiverged = true
          break
        }
        if decay > 0 { gradient.add(decay, times: point) }
        for inner in 1..<controls.count - 1 {
          velocities[inner].scale(by: momentum)
          velocities[inner].add(weights[inner], times: gradient)
          controls[inner].add(-rate, times: velocities[inner])
        }
        if index % 16 == 0 {
          doors.progress(0.8 * (Double(epoch - 1) + Double(index) / Double(batches.count)) / Double(epochCount))
        }
      }
      epochs.append([
        "epoch": .integer(epoch), "loss": .number(hasDiverged ? .nan : sum / Double(samples.count)),
        "learning-rate": .number(rate),
      ])
      if hasDiverged { return }
    }
  }

  /// The middle bend, with the running statistics that belong to it.
  private func checkpoint() throws -> Checkpoint {
    let bend = controls[controls.count / 2]
    var arrays = ["parameters": Checkpoint.Numbers(bend.array)]
    if training.buffers.count > 0 {
      let observer = BatchedObjective(
        training.function, buffers: ends[0].buffers, batches: try plan.surveyed.trainingBatches(Element.self))
      arrays["buffers"] = .init(observer.statistics(at: bend).array)
    }
    return Checkpoint(
      moment: .end, arrays: arrays, layout: Checkpoint.shapes(of: plan.surveyed.layout),
      counters: ["epoch": options.integer("epochs"), "step": steps])
  }
}
