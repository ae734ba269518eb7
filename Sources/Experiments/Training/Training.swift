import Autodiff
import Datasets
import Networks
import Optimizers
import Specs
import Tables
import Tensors

/// A training run under way, in one precision.
final class Training<Element: Scalar> {
  private let plan: Train
  private let dataset: Dataset
  private let start: [Double]
  private let objective: ShardedObjective<Element>
  /// The objective as a step sees it.
  private let watched: WatchedObjective<Element>
  private let clipped: ClippedObjective<Element>?
  private let optimizer: any Optimizer<Element>
  private var rate: ScheduledRate
  private var point: Vector<Element>
  private var state: OptimizerState<Element>
  private let seed: UInt64
  private var augmenter: Augmenter?

  private let watches: [any Watch<Element>]

  private var epochs: TableBuilder
  private var steps: TableBuilder
  private var checkpoints: [Checkpoint] = []
  private(set) var hasDiverged = false
  /// Steps whose gradient was clipped.
  private var clippedTotal = 0

  init(_ plan: Train, _ dataset: Dataset, start: Start, _ doors: Doors) {
    self.plan = plan
    epochs = TableBuilder(TrainTables.epochs(plan.monitors))
    steps = TableBuilder(TrainTables.steps(plan.monitors))
    self.dataset = dataset
    self.start = start.parameters
    objective = ShardedObjective(
      plan.model.training(with: plan.loss), shards: plan.options.integer("shards"), parallel: doors.parallel,
      buffers: Vector(start.buffers.map { Element($0) }), segments: Checkpointing.segments(plan.options))
    watched = WatchedObjective(objective, keepsGradient: !plan.monitors.isEmpty)
    clipped = plan.clip.map { [watched] in ClippedObjective(watched, $0) }
    rate = plan.rate
    seed = UInt64(plan.options.integer("seed"))
    optimizer = plan.rule.makeOptimizer(
      for: plan.model.layout, precision: Element.self, seeds: Seeds(book: plan.book.seed, run: seed))
    point = Vector(start.parameters.map { Element($0) })
    state = optimizer.start(at: point)
    let run = WatchedRun<Element>(train: plan, dataset: dataset, seed: seed, isCancelled: doors.isCancelled)
    watches = plan.monitors.map { $0.begin(run) }
    augmenter = Augmentation(plan.options).map {
      Augmenter($0, of: dataset.facts, book: plan.book.seed, run: seed)
    }
  }

  func run(_ doors: Doors) throws -> Outcome {
    let began = doors.now()
    keep(.start, epoch: 0)
    let before = try evaluate(doors)
    for watch in watches { try watch.start(moment(epoch: 0)) }
    let epochCount = plan.options.integer("epochs")
    var last: [String: TableBuilder.Value] = [:]
    var taken = 0
    for epoch in 1...epochCount {
      var row = try runEpoch(epoch, of: epochCount, doors)
      taken = epoch
      row["seconds"] = .number(doors.now() - began)
      epochs.append(row.merging(["epoch": .integer(epoch)]) { first, _ in first })
      last = row
      keep(.epoch(epoch), epoch: epoch)
      if hasDiverged { break }
    }
    keep(.end, epoch: taken)

    let statistics = LayerStatistics(
      start, plan.model.layout, measures: plan.measures,
      signals: plan.measures.contains { $0.isSignal } ? startSignals() : [])
    var layers = TableBuilder(TrainTables.layers(plan.measures))
    for row in statistics.rows { layers.append(statistics.values(row)) }
    var runs = TableBuilder(TrainTables.runs(plan.measures, plan.monitors))
    var row = last.merging(statistics.meanValues()) { first, _ in first }
    row["parameters"] = .integer(plan.model.layout.count)
    row["start-loss"] = .number(before.loss)
    row["state-bytes"] = .integer(state.bytes)
    row["activation-bytes"] = .integer(objective.gradientBytes)
    row["steps"] = .integer(state.steps)
    row["clipped"] = .number(Double(clippedTotal) / Double(state.steps))
    row["diverged"] = .integer(hasDiverged ? 1 : 0)
    for watch in watches { row.merge(watch.runs()) { _, new in new } }
    runs.append(row)
    return Outcome(
      tables: [runs.table(), epochs.table(), steps.table(), layers.table()] + watches.flatMap { $0.tables() },
      checkpoints: checkpoints)
  }

  /// One pass over the training samples and the test after it, as a row of `epochs`.
  func runEpoch(_ epoch: Int, of epochCount: Int, _ doors: Doors) throws -> [String: TableBuilder.Value] {
    let batches = Batches(
      count: dataset.train.count, size: plan.batch, book: plan.book.seed, run: seed, epoch: epoch)
    var lossSum = 0.0
    var correct = 0.0
    var seen = 0
    var gradientSum = 0.0
    var updateSum = 0.0
    var clippedSteps = 0
    var lastRate = 0.0
    if rate.observes, epoch == 1 { rate.observe(Seen(time: 0, norm: norms().weights)) }
    objective.mode = .train
    for (index, batch) in batches.enumerated() {
      if doors.isCancelled() { throw Cancelled() }
      load(dataset.train, batch, learningIn: epoch)
      objective.noise = NoiseKey(book: plan.book.seed, run: seed, step: state.steps + 1)
      let factor = rate.factor(epoch: epoch, step: state.steps + 1)
      watched.begin()
      clipped?.begin()
      let report = optimizer.step(&point, &state, on: clipped ?? watched, rateFactor: factor)
      lastRate = optimizer.learningRate(rateFactor: factor)
      let gradientNorm = clipped?.firstNorm ?? report.gradientNorm
      clippedSteps += clipped?.hasClipped == true ? 1 : 0
      lossSum += report.loss * Double(batch.count)
      correct += watched.measures.first ?? 0
      seen += batch.count
      gradientSum += gradientNorm
      updateSum += report.updateNorm
      let isFinite = report.loss.isFinite && gradientNorm.isFinite && report.updateNorm.isFinite
      var row: [String: TableBuilder.Value] = [
        "step": .integer(state.steps), "epoch": .integer(epoch), "train-loss": .number(report.loss),
        "gradient-norm": .number(gradientNorm), "update-norm": .number(report.updateNorm),
        "learning-rate": .number(lastRate),
        "clipped": .integer(clipped?.hasClipped == true ? 1 : 0),
      ]
      for watch in watches {
        row.merge(
          try watch.step(
            moment(
              epoch: epoch, loss: report.loss, gradientNorm: gradientNorm, learningRate: lastRate, isFinite: isFinite))
        ) { first, _ in first }
      }
      steps.append(row)
      if !isFinite {
        hasDiverged = true
        break
      }
      if index % 16 == 0 {
        doors.progress((Double(epoch - 1) + Double(index) / Double(batches.count)) / Double(epochCount))
      }
    }
    let test = hasDiverged ? (loss: Double.nan, error: Double.nan) : try evaluate(doors)
    let count = Double(batches.count)
    let trainError = plan.loss == .crossEntropy && !hasDiverged ? 1 - correct / Double(seen) : .nan
    let norms = self.norms()
    clippedTotal += clippedSteps
    if rate.observes {
      rate.observe(
        Seen(time: epoch, trainLoss: lossSum / Double(seen), testLoss: test.loss, norm: norms.weights))
    }
    let trainLoss = hasDiverged ? Double.nan : lossSum / Double(seen)
    let row: [String: TableBuilder.Value] = [
      "train-loss": .number(trainLoss), "test-loss": .number(test.loss),
      "train-error": .number(trainError), "test-error": .number(test.error),
      "train-accuracy": .number(1 - trainError), "test-accuracy": .number(1 - test.error),
      "gradient-norm": .number(gradientSum / count), "update-norm": .number(updateSum / count),
      "weight-norm": .number(norms.weights), "distance": .number(norms.distance), "learning-rate": .number(lastRate),
      "clipped": .number(Double(clippedSteps) / count),
    ]
    return try watches.reduce(into: row) { row, watch in
      let moment = moment(epoch: epoch, learningRate: lastRate, isFinite: !hasDiverged)
      row.merge(try watch.epoch(moment, trainLoss: trainLoss)) { first, _ in first }
    }
  }

  /// Where the run stands, for monitors.
  private func moment(
    epoch: Int, loss: Double = .nan, gradientNorm: Double = .nan, learningRate: Double? = nil, isFinite: Bool = true
  ) -> TrainingMoment<Element> {
    TrainingMoment(
      step: state.steps, epoch: epoch, point: point, gradient: watched.gradient, state: state,
      buffers: objective.buffers, loss: loss, gradientNorm: gradientNorm,
      learningRate: learningRate ?? optimizer.learningRate(rateFactor: rate.factor(epoch: 1, step: 1)),
      isFinite: isFinite)
  }

  /// Mean loss and error on the test samples, where the optimizer wants the model judged; NaN without any.
  private func evaluate(_ doors: Doors) throws -> (loss: Double, error: Double) {
    let here = optimizer.evaluationPoint(point, state)
    var loss = 0.0
    var correct = 0.0
    objective.mode = .eval
    for batch in Batches(count: dataset.test.count, size: plan.model.evaluationBatch) {
      if doors.isCancelled() { throw Cancelled() }
      load(dataset.test, batch)
      loss += objective.value(at: here) * Double(batch.count)
      correct += objective.measures.first ?? 0
    }
    let count = Double(dataset.test.count)
    guard count > 0 else { return (.nan, .nan) }
    return (loss / count, plan.loss == .crossEntropy ? 1 - correct / count : .nan)
  }

  /// Brings the samples of a batch before the objective; buffers of the same size are used again.
  /// - Parameter epoch: augments as this epoch has it; `nil` for samples that are not learned from.
  private func load(_ samples: Samples, _ batch: ArraySlice<Int>, learningIn epoch: Int? = nil) {
    objective.refill(
      counts: [batch.count * samples.inputWidth, batch.count * samples.targetWidth], samples: batch.count
    ) { data in
      if let epoch, augmenter != nil {
        augmenter!.copyInputs(of: samples, batch, epoch: epoch, into: &data[0])
      } else {
        samples.copyInputs(batch, into: &data[0])
      }
      samples.copyTargets(batch, into: &data[1])
    }
  }

  /// The signals of the first training samples through the network as it started.
  private func startSignals() -> [[SignalMeasure: Double]] {
    let samples = min(512, dataset.train.count)
    var inputs = Vector<Element>(zeros: samples * plan.model.inputs)
    dataset.train.copyInputs(ArraySlice(0..<samples), into: &inputs)
    return signals(
      of: plan.model, at: Vector(start.map { Element($0) }), inputs: inputs, samples: samples,
      probes: Stream(book: plan.book.seed, run: seed, purpose: .probes(0)))
  }

  private func norms() -> (weights: Double, distance: Double) {
    var square = 0.0
    var distance = 0.0
    for (value, origin) in zip(point.array, start) {
      square += Double(value) * Double(value)
      let change = Double(value) - Double(Element(origin))
      distance += change * change
    }
    return (square.squareRoot(), distance.squareRoot())
  }

  /// Keeps what the model is judged by, as the tables do: schedule-free rules train at another point.
  private func keep(_ moment: Reference.Moment, epoch: Int) {
    guard plan.moments.contains(moment) else { return }
    var arrays: [String: Checkpoint.Numbers] = [
      "parameters": .init(optimizer.evaluationPoint(point, state).array), "optimizer": .init(state.vectors.array),
    ]
    if plan.model.buffers.count > 0 { arrays["buffers"] = .init(objective.buffers.array) }
    checkpoints.append(
      Checkpoint(
        moment: moment, arrays: arrays, layout: Checkpoint.shapes(of: plan.model.layout),
        counters: ["epoch": epoch, "step": state.steps]))
  }
}
