import Autodiff
import Networks
import Specs
import Tables
import Tensors

let stagesEntry = MonitorItem(
  CatalogEntry(
    "stages", revision: 2,
    options: [
      Option(
        "samples", .integer(1...1_000_000), .yaml("1000"),
        "The loss at the stages' ends is the mean over so many of the first training samples.")
    ],
    doc:
      "The first, second and last third of a run's steps side by side: what the loss lost, how steps turn, how straight "
      + "the path is.")
) { o in Stages(samples: o.integer("samples")) }

/// The thirds of a run, measured.
struct Stages: Monitor {
  var samples: Int

  static let names = ["initial", "middle", "late"]
  private static let table = TableSchema(
    "stages",
    [
      ColumnSchema("stage", .text, doc: "initial, middle or late: a third of the steps."),
      ColumnSchema("steps", .integer, doc: "Steps taken in it."),
      ColumnSchema("loss-before", doc: "Loss on the first samples where the stage began."),
      ColumnSchema("loss-after", doc: "The same where it ended."),
      ColumnSchema(
        "drop-share",
        doc: "Share of what the loss lost in the whole run that it lost in the stage; NaN where the stages' changes "
          + "cancel to less than a tenth of them."),
      ColumnSchema("gradient-norm", doc: "Length of the batch gradient, mean over the stage's steps."),
      ColumnSchema("update-norm", doc: "Length of a step, mean."),
      ColumnSchema("update-cosine", doc: "Cosine of the angle between a step and the one before, mean."),
      ColumnSchema("path", doc: "Length of the path of its steps."),
      ColumnSchema("chord", doc: "Distance of its ends."),
      ColumnSchema("path-over-chord", doc: "Their quotient: 1 for a straight path."),
    ])
  var tables: [TableSchema] { [Stages.table] }
  var stepColumns: [ColumnSchema] {
    [
      ColumnSchema(
        "update-cosine", doc: "Cosine of the angle between the step and the one before; NaN for the first.")
    ]
  }
  var runColumns: [ColumnSchema] {
    [
      ColumnSchema("path", doc: "Length of the path of all steps."),
      ColumnSchema("path-over-chord", doc: "That over the distance of its ends: 1 for a straight path."),
    ]
  }
  func numbers(watching train: Train) -> Int {
    5 * train.model.layout.count + 2 * samples * (train.model.inputs + train.model.activations)
  }
  func refusal(of train: Train) -> String? {
    let steps = train.options.integer("epochs") * train.stepsPerEpoch
    return steps >= 3 ? nil : "a run of \(steps) step\(steps == 1 ? "" : "s") has no three stages"
  }

  /// What the loss lost from the first of its values to the last; NaN where its changes cancel to less than a tenth of
  /// them, and shares of it would only say how close to nothing it is.
  static func wholeDrop(_ losses: [Double]) -> Double {
    let net = losses.first! - losses.last!
    let moved = zip(losses, losses.dropFirst()).reduce(0) { $0 + abs($1.0 - $1.1) }
    // What rounding leaves of losses that stay the same is no change.
    let rounding = 1e-9 * (losses.map(\.magnitude).max() ?? 0)
    return abs(net) < max(0.1 * moved, rounding) ? .nan : net
  }

  func begin<Element: Scalar>(_ run: WatchedRun<Element>) -> any Watch<Element> {
    StagesWatch(run, samples: samples, TableBuilder(Stages.table))
  }
}

private final class StagesWatch<Element: Scalar>: Watch {
  private struct Sums {
    var steps = 0
    var gradients = 0.0
    var cosines = 0.0
    var turns = 0
    var path = 0.0
  }
  private struct Stage {
    var sums: Sums
    var lossBefore: Double
    var lossAfter: Double
    var chord: Double
  }

  private let fixed: FixedSamples<Element>
  private let steps: Int
  private var table: TableBuilder
  private var start = Vector<Element>(zeros: 0)
  private var stageStart = Vector<Element>(zeros: 0)
  private var last = Vector<Element>(zeros: 0)
  private var update = Vector<Element>(zeros: 0)
  private var before = Vector<Element>(zeros: 0)
  private var beforeNorm = 0.0
  private var loss = 0.0
  private var sums = Sums()
  private var stages: [Stage] = []
  private var chord = 0.0

  init(_ run: WatchedRun<Element>, samples: Int, _ table: TableBuilder) {
    fixed = FixedSamples(of: run, count: samples)
    steps = run.train.options.integer("epochs") * run.stepsPerEpoch
    self.table = table
  }

  func start(_ moment: TrainingMoment<Element>) {
    for vector in [\StagesWatch.start, \.stageStart, \.last, \.update, \.before] {
      self[keyPath: vector] = Vector(moment.point.array)
    }
    loss = fixed.value(at: moment)
  }

  func step(_ moment: TrainingMoment<Element>) -> [String: TableBuilder.Value] {
    swap(&update, &before)
    update.copy(update.count, from: moment.point, at: 0, to: 0)
    update.add(-1, times: last)
    last.copy(last.count, from: moment.point, at: 0, to: 0)
    let norm = update.norm
    var cosine = Double.nan
    if moment.step > 1, norm > 0, beforeNorm > 0 {
      cosine = update.dot(before) / (norm * beforeNorm)
      sums.cosines += cosine
      sums.turns += 1
    }
    beforeNorm = norm
    sums.steps += 1
    sums.gradients += moment.gradientNorm
    sums.path += norm
    if moment.step == steps * (stages.count + 1) / 3 || !moment.isFinite { close(moment) }
    return ["update-cosine": .number(cosine)]
  }

  private func close(_ moment: TrainingMoment<Element>) {
    let after = moment.isFinite ? fixed.value(at: moment) : .nan
    stages.append(Stage(sums: sums, lossBefore: loss, lossAfter: after, chord: distance(to: &stageStart, moment)))
    (loss, sums) = (after, Sums())
    if stages.count == 3 || !moment.isFinite { chord = distance(to: &start, moment) }
  }

  /// Distance from a place, which is then where the run stands.
  private func distance(to place: inout Vector<Element>, _ moment: TrainingMoment<Element>) -> Double {
    place.scale(by: -1)
    place.add(1, times: moment.point)
    let distance = place.norm
    place.copy(place.count, from: moment.point, at: 0, to: 0)
    return distance
  }

  func runs() -> [String: TableBuilder.Value] {
    let path = stages.reduce(0) { $0 + $1.sums.path }
    return ["path": .number(path), "path-over-chord": .number(quotient(path, chord))]
  }

  func tables() -> [Table] {
    let drop = Stages.wholeDrop([stages.first!.lossBefore] + stages.map(\.lossAfter))
    for (name, stage) in zip(Stages.names, stages) {
      let count = Double(stage.sums.steps)
      table.append([
        "stage": .text(name), "steps": .integer(stage.sums.steps), "loss-before": .number(stage.lossBefore),
        "loss-after": .number(stage.lossAfter), "drop-share": .number((stage.lossBefore - stage.lossAfter) / drop),
        "gradient-norm": .number(stage.sums.gradients / count), "update-norm": .number(stage.sums.path / count),
        "update-cosine": .number(stage.sums.cosines / Double(stage.sums.turns)), "path": .number(stage.sums.path),
        "chord": .number(stage.chord), "path-over-chord": .number(quotient(stage.sums.path, stage.chord)),
      ])
    }
    return [table.table()]
  }

  /// As `tortuosity` has it: a path of no length is straight.
  private func quotient(_ path: Double, _ chord: Double) -> Double { path == 0 ? 1 : path / chord }
}
