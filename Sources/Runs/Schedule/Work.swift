/// What has to run: every wanted run that is not stored whole, and what those start from.
struct Work {
  /// In plan order; runs that share a key are here once.
  var runs: [PlannedRun] = []
  /// Wanted runs whose results are there.
  var stored = 0
  /// Runs whose results are there but damaged.
  var damaged: [PlannedRun] = []

  /// - Parameter ids: the wanted experiments; `nil` wants all.
  init(_ plan: Plan, only ids: Set<String>?, store: Store) {
    var order: [Key: Int] = [:]
    var byKey: [Key: PlannedRun] = [:]
    for (index, run) in plan.runs.enumerated() where byKey[run.key] == nil {
      byKey[run.key] = run
      order[run.key] = index
    }
    var toRun: Set<Key> = []
    var queue: [PlannedRun] = []
    func demand(_ run: PlannedRun, _ condition: Store.Condition) {
      if condition == .damaged { damaged.append(run) }
      if toRun.insert(run.key).inserted { queue.append(run) }
    }
    var looked: Set<Key> = []
    for run in plan.runs where ids?.contains(run.id) ?? true && looked.insert(run.key).inserted {
      switch store.condition(of: run.key) {
      case .whole: stored += 1
      case let condition: demand(run, condition)
      }
    }
    while let run = queue.popLast() {
      for upstream in run.upstream.sorted(by: { $0.key < $1.key }).flatMap(\.value) where !toRun.contains(upstream.key)
      {
        let condition = store.condition(of: upstream.key, checkpoints: upstream.moment.map { [$0] } ?? [])
        if case .whole = condition { continue }
        demand(byKey[upstream.key]!, condition)
      }
    }
    runs = toRun.map { byKey[$0]! }.sorted { order[$0.key]! < order[$1.key]! }
    damaged = damaged.reduce(into: []) { all, run in if !all.contains(where: { $0.key == run.key }) { all.append(run) }
    }
  }
}

/// Seconds that runs are expected to take, from what was recorded when they or their like last ran.
struct Expectation {
  private var lines: [String: [LedgerLine]] = [:]

  init(_ runs: [PlannedRun], store: Store) {
    for id in Set(runs.map(\.id)) { lines[id] = store.recorded(id) }
  }

  /// The run of the same labels, else the mean over the experiment's runs in the same profile; `nil` when nothing like
  /// it ever ran.
  func seconds(_ run: PlannedRun) -> Double? {
    let profile = run.labelMap[LedgerLine.profile]
    let lines = (lines[run.id] ?? []).filter { $0.labels[LedgerLine.profile] == profile }
    guard !lines.isEmpty else { return nil }
    if let same = lines.first(where: { $0.labels == run.labelMap }) { return same.seconds }
    return lines.reduce(0) { $0 + $1.seconds } / Double(lines.count)
  }
}
