import Diagnostics
import Optimizers
import Specs

/// The learning rate's way through a run: the schedule that a spec names, in the unit that it counts.
struct ScheduledRate: Sendable {
  private var schedule: any Schedule
  let unit: ScheduleMaker.Unit

  static let option = Option(
    "schedule", .entry(scheduleCatalog.catalog), .absent, "How the learning rate changes; it stays when left out.")

  /// Reads `schedule`; `nil` after saying what cannot be.
  ///
  /// - Parameter epochs: `nil` where there are only steps.
  init?(_ options: Values, epochs: Int?, stepsPerEpoch: Int, hasTests: Bool, _ diagnostics: inout [Diagnostic]) {
    guard let selection = options.optionalEntry("schedule") else {
      schedule = ConstantFactor()
      unit = epochs == nil ? .step : .epoch
      return
    }
    let maker = scheduleCatalog.maker(of: selection)
    let wanted = selection.values.optionalText("unit").flatMap(ScheduleMaker.Unit.init)
    let unit = epochs == nil ? .step : wanted ?? maker.unit
    let units = (epochs ?? 1) * (unit == .epoch ? 1 : stepsPerEpoch)
    let warmup = selection.values.integer("warmup")
    guard warmup < units else {
      diagnostics.append(
        Diagnostic(at: selection.values.place("warmup"), warmupTooLong(warmup, units, unit)))
      return nil
    }
    let plain = maker.make(selection.values, ScheduleMaker.Course(length: units - warmup, warmup: warmup))
    if plain.observes, epochs != nil {
      guard unit == .epoch else {
        diagnostics.append(Diagnostic(at: selection.values.place("unit"), watchesEpochs(selection.name)))
        return nil
      }
      guard hasTests || (plain as? Plateau)?.watched != .testLoss else {
        diagnostics.append(Diagnostic(at: selection.values.place("watch"), noTests))
        return nil
      }
    }
    self.unit = unit
    schedule =
      warmup == 0 ? plain : WarmedUp(plain, over: warmup, from: selection.values.optionalNumber("warmup-start"))
  }

  /// What the learning rate is multiplied by in a step; both count from 1.
  func factor(epoch: Int, step: Int) -> Double { schedule.factor(at: (unit == .epoch ? epoch : step) - 1) }

  var observes: Bool { schedule.observes }
  mutating func observe(_ seen: Seen) { schedule.observe(seen) }
}

private let noTests = "there are no test samples, so there is no test loss to watch; watch: train-loss"
private func watchesEpochs(_ name: String) -> String {
  "‘\(name)’ looks at the run after every epoch, so its unit must be epoch"
}
private func warmupTooLong(_ warmup: Int, _ units: Int, _ unit: ScheduleMaker.Unit) -> String {
  "a warm-up of \(warmup) \(unit.rawValue)s leaves nothing of a run of \(units) \(unit.rawValue)\(units == 1 ? "" : "s")"
}
