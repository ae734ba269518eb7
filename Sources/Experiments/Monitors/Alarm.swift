import Specs
import Tables
import Tensors

let alarmEntry = MonitorItem(
  CatalogEntry(
    "alarm",
    options: [
      Option(
        "factor", .number(above: 1), .yaml("10"),
        "How many times the median of the steps before it a gradient's length or a loss may reach."),
      Option("window", .integer(5...10_000), .yaml("50"), "How many steps before it the median is taken of."),
    ],
    doc: "Says when a run began to go wrong: the first step whose gradient or loss leaps, or is not a number.")
) { o in Alarm(factor: o.number("factor"), window: o.integer("window")) }

/// Thresholds on what every step shows anyway.
struct Alarm: Monitor {
  var factor: Double
  var window: Int

  private static let table = TableSchema(
    "alarms",
    [
      ColumnSchema("step", .integer, doc: "The first step of which it is true; 1 is the first of all."),
      ColumnSchema("epoch", .integer, doc: "Its epoch."),
      ColumnSchema("reason", .text, doc: "gradient-norm or loss leaped, or something was not finite."),
      ColumnSchema("value", doc: "What was seen."),
      ColumnSchema("threshold", doc: "What it may reach; NaN for what was not finite."),
    ])
  var tables: [TableSchema] { [Alarm.table] }
  var runColumns: [ColumnSchema] { [ColumnSchema("alarm", doc: "The first step with an alarm; NaN without any.")] }
  func numbers(watching train: Train) -> Int { 0 }
  func begin<Element: Scalar>(_ run: WatchedRun<Element>) -> any Watch<Element> {
    AlarmWatch(self, TableBuilder(Alarm.table))
  }
}

private final class AlarmWatch<Element: Scalar>: Watch {
  private let plan: Alarm
  private var table: TableBuilder
  private var norms: [Double] = []
  private var losses: [Double] = []
  private var first: Int?
  private var known: Set<String> = []

  init(_ plan: Alarm, _ table: TableBuilder) {
    self.plan = plan
    self.table = table
  }

  func step(_ moment: TrainingMoment<Element>) -> [String: TableBuilder.Value] {
    if !moment.isFinite { raise("not finite", moment, .nan, threshold: .nan) }
    check("gradient-norm", moment.gradientNorm, &norms, moment)
    check("loss", moment.loss, &losses, moment)
    return [:]
  }

  func runs() -> [String: TableBuilder.Value] { ["alarm": .number(first.map(Double.init) ?? .nan)] }
  func tables() -> [Table] { [table.table()] }

  private func check(_ reason: String, _ value: Double, _ recent: inout [Double], _ moment: TrainingMoment<Element>) {
    // A median of few says little.
    if recent.count >= 5 {
      let threshold = plan.factor * recent.sorted()[recent.count / 2]
      if value > threshold { raise(reason, moment, value, threshold: threshold) }
    }
    if recent.count == plan.window { recent.removeFirst() }
    recent.append(value)
  }

  private func raise(_ reason: String, _ moment: TrainingMoment<Element>, _ value: Double, threshold: Double) {
    guard known.insert(reason).inserted else { return }
    first = first ?? moment.step
    table.append([
      "step": .integer(moment.step), "epoch": .integer(moment.epoch), "reason": .text(reason),
      "value": .number(value), "threshold": .number(threshold),
    ])
  }
}
