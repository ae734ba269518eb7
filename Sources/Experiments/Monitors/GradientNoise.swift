import Autodiff
import Datasets
import Networks
import Specs
import Tables
import Tensors

let gradientNoiseEntry = MonitorItem(
  CatalogEntry(
    "gradient-noise",
    options: [
      Option("samples", .integer(2...1_000_000), .yaml("2048"), "Training samples that it is estimated from."),
      Option("batch", .integer(1...1_000_000), .yaml("32"), "Samples in each of the gradients that are compared."),
      Option("every", .integer(1...1_000_000), .yaml("1"), "Epochs from one estimate to the next; the start is one."),
    ],
    doc: "How far the gradients of single samples scatter about their mean, and the batch size at which noise and mean "
      + "weigh the same.",
    source: "McCandlish et al. 2018, arXiv:1812.06162")
) { o in GradientNoise(samples: o.integer("samples"), batch: o.integer("batch"), every: o.integer("every")) }

/// The variance of gradients and the simple noise scale tr Σ / |G|², Σ the covariance of single samples' gradients and G
/// their mean over all data.
struct GradientNoise: Monitor {
  var samples: Int
  var batch: Int
  var every: Int

  private static let table = TableSchema(
    "gradient-noise",
    [
      ColumnSchema("epoch", .integer, doc: "Epochs taken; 0 is the start."),
      ColumnSchema("step", .integer, doc: "Steps taken."),
      ColumnSchema(
        "mean-square", doc: "|G|², the square of the mean gradient; what the noise adds to it is taken off."),
      ColumnSchema("variance", doc: "tr Σ, the summed variances of a single sample's gradient."),
      ColumnSchema(
        "noise-scale",
        doc: "tr Σ / |G|²: at this batch size noise and mean weigh the same; NaN where |G|² is lost in it."
      ),
      ColumnSchema(
        "noise-share", doc: "Share of the expected square of the run's own batch gradient that is noise."),
    ])
  var tables: [TableSchema] { [GradientNoise.table] }
  func numbers(watching train: Train) -> Int {
    3 * batch * (train.model.inputs + train.model.activations) + 3 * train.model.layout.count
  }
  func refusal(of train: Train) -> String? {
    let count = min(samples, train.source.facts.trainCount)
    return count >= 2 * batch
      ? nil : "\(count) samples give no two batches of \(batch), and the scatter of one is nothing"
  }
  func begin<Element: Scalar>(_ run: WatchedRun<Element>) -> any Watch<Element> {
    GradientNoiseWatch(self, run, TableBuilder(GradientNoise.table))
  }
}

private final class GradientNoiseWatch<Element: Scalar>: Watch {
  private let plan: GradientNoise
  private let run: WatchedRun<Element>
  private let fixed: FixedSamples<Element>
  private var table: TableBuilder
  private var gradient: Vector<Element>
  private var mean: [Double]

  init(_ plan: GradientNoise, _ run: WatchedRun<Element>, _ table: TableBuilder) {
    self.plan = plan
    self.run = run
    self.table = table
    fixed = FixedSamples(of: run)
    gradient = Vector(zeros: run.layout.count)
    mean = Array(repeating: 0, count: run.layout.count)
  }

  func start(_ moment: TrainingMoment<Element>) throws { try measure(moment) }

  func epoch(_ moment: TrainingMoment<Element>, trainLoss: Double) throws -> [String: TableBuilder.Value] {
    if moment.isFinite, moment.epoch % plan.every == 0 { try measure(moment) }
    return [:]
  }

  func tables() -> [Table] { [table.table()] }

  private func measure(_ moment: TrainingMoment<Element>) throws {
    let train = run.dataset.train
    // The same samples each time, so that what changes is the model: epoch 0 is an order that training never has.
    let order = Batches(count: train.count, size: train.count, book: run.train.book.seed, run: run.seed, epoch: 0)[0]
    let count = min(plan.samples, train.count) / plan.batch
    for index in mean.indices { mean[index] = 0 }
    var squares = 0.0
    for batch in Batches(of: Array(order.prefix(count * plan.batch)), size: plan.batch) {
      if run.isCancelled() { throw Cancelled() }
      fixed.load(train, batch)
      _ = fixed.gradient(at: moment, into: &gradient)
      for index in mean.indices {
        let value = Double(gradient[index])
        mean[index] += value / Double(count)
        squares += value * value
      }
    }
    let square = mean.reduce(0) { $0 + $1 * $1 }
    let (batches, size) = (Double(count), Double(plan.batch))
    let variance = size * (squares - batches * square) / (batches - 1)
    // The mean over n samples has E|ḡ|² = |G|² + tr Σ / n.
    let whole = square - (count * plan.batch == train.count ? 0 : variance / (batches * size))
    let own = run.train.batch >= train.count ? 0 : variance / Double(run.train.batch)
    table.append([
      "epoch": .integer(moment.epoch), "step": .integer(moment.step), "mean-square": .number(whole),
      "variance": .number(variance), "noise-scale": .number(whole > 0 ? variance / whole : .nan),
      "noise-share": .number(whole > 0 ? own / (whole + own) : .nan),
    ])
  }
}
