public import Optimizers
public import Specs

/// How a schedule is made from its options, and which unit it counts in unless told otherwise.
public struct ScheduleMaker: Sendable {
  public enum Unit: String, Sendable, CaseIterable { case epoch, step }

  /// How long the schedule lasts, in its unit.
  public struct Course: Sendable {
    /// Units after the warm-up.
    public var length: Int
    /// Units of the warm-up.
    public var warmup: Int
  }

  public var unit: Unit
  public var make: @Sendable (Values, Course) -> any Schedule
}

typealias ScheduleItem = MakerCatalog<ScheduleMaker>.Item

/// Every schedule of the learning rate that a spec can name, in the order that decides colours.
public let scheduleCatalog = MakerCatalog<ScheduleMaker>(
  "schedule",
  [
    constantSchedule,
    stepSchedule,
    multiStepSchedule,
    exponentialSchedule,
    cosineSchedule,
    cosineRestartsSchedule,
    linearSchedule,
    polynomialSchedule,
    oneCycleSchedule,
    plateauSchedule,
    warmupStableDecaySchedule,
    inverseSquareRootSchedule,
    cyclicalSchedule,
    channelAwareSchedule,
    embeddingAwareSchedule,
  ])

/// An entry with the options that all schedules share.
func schedule(
  _ name: String, unit: ScheduleMaker.Unit = .epoch, options: [Option] = [], doc: String, source: String = "",
  make: @escaping @Sendable (Values, ScheduleMaker.Course) -> any Schedule
) -> ScheduleItem {
  let shared = [
    Option("warmup", .integer(0...1_000_000_000), .yaml("0"), "Units of linear warm-up that come first."),
    Option(
      "warmup-start", .number(atLeast: 0, atMost: 1), .absent,
      "Share of the rate in the first unit of the warm-up; 1/(warmup + 1) when left out."),
    Option(
      "unit", .choice(ScheduleMaker.Unit.allCases.map(\.rawValue)), .absent,
      "What is counted, and how often the rate changes: \(unit.rawValue) when left out; always step in `descend`."),
  ]
  return ScheduleItem(
    CatalogEntry(name, options: options + shared, doc: doc, source: source), make: ScheduleMaker(unit: unit, make: make)
  )
}

/// Options that several schedules share.
extension Option {
  static let decayFactor = Option(
    "gamma", .number(above: 0, atMost: 1), .yaml("0.1"), "What the rate is multiplied by each time.")
  static let minimumShare = Option(
    "minimum", .number(atLeast: 0, atMost: 1), .yaml("0"), "The lowest rate, as a share of `lr`.")
  static let over = Option(
    "over", .integer(1...1_000_000_000), .absent, "Units that it takes; all that follow the warm-up when left out.")
}
