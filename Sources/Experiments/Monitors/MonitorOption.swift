import Diagnostics
import Specs
import Tables

/// The option `monitor`.
enum MonitorOption {
  static let option = Option(
    "monitor", .list(.entry(monitorCatalog.catalog)), .yaml("[]"),
    "What else is watched while training goes on; each adds columns or tables, none changes the run.")

  /// The monitors that were asked for; `nil` after saying that one stands twice.
  static func read(_ options: Values, _ diagnostics: inout [Diagnostic]) -> [any Monitor]? {
    var names: Set<String> = []
    var monitors: [any Monitor] = []
    for item in options.list("monitor") {
      let selection = item.asEntry
      guard names.insert(selection.name).inserted else {
        diagnostics.append(Diagnostic(at: item.place, "‘\(selection.name)’ is among the monitors twice"))
        return nil
      }
      monitors.append(monitorCatalog.maker(of: selection)(selection.values))
    }
    return monitors
  }

  /// Whether all can watch a run; says at its place which cannot.
  static func suit(_ train: Train, _ diagnostics: inout [Diagnostic]) -> Bool {
    for (monitor, item) in zip(train.monitors, train.options.list("monitor")) {
      guard let refusal = monitor.refusal(of: train) else { continue }
      diagnostics.append(Diagnostic(at: item.place, refusal))
      return false
    }
    return true
  }
}
