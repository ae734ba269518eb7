@testable import Experiments
import Specs
import Tables
import Testing

struct MonitorOptionTests {
  private let spirals = "data: spirals\nmodel: {mlp: {hidden: [8]}}\noptimizer: {adam: {lr: 0.01}}\nepochs: 2\n"
  private let all =
    "monitor: [tensor-norms, layer-gradients, stages, {gradient-noise: {samples: 64, batch: 8}}, sharpness, alarm]\n"

  @Test("Monitors look on: parameters, optimizer state and the tables that there were stay bit for bit")
  func lookingOn() throws {
    let plain = try run(trainKind, spirals)
    let watched = try run(trainKind, spirals + all)
    #expect(plain.checkpoints == watched.checkpoints)
    for table in plain.tables {
      let other = try #require(watched.tables.first { $0.name == table.name })
      #expect(
        other.selecting(table.columns.map(\.name)).withoutMeasurements().csv() == table.withoutMeasurements().csv())
    }
    #expect(
      Set(watched.tables.map(\.name)).subtracting(plain.tables.map(\.name))
        == ["layer-gradients", "stages", "gradient-noise", "sharpness", "alarms"])
  }

  @Test("Every run gives the tables and columns that it announces, a run that diverges too")
  func announced() throws {
    for rate in ["0.01", "1e30"] {
      let yaml = "data: spirals\nmodel: {mlp: {hidden: [8]}}\noptimizer: {sgd: {lr: \(rate)}}\nepochs: 3\n" + all
      let plan = try prepare(trainKind, yaml)
      let outcome = try plan.run(inputs: [:], doors: Doors())
      #expect(outcome.tables.map(\.schema) == plan.tables)
    }
  }

  @Test("A monitor that stands twice or has nothing to watch is refused")
  func refused() throws {
    #expect(
      try messages(trainKind, spirals + "monitor: [stages, {stages: {samples: 5}}]\n") == [
        "‘stages’ is among the monitors twice"
      ])
    #expect(
      try messages(trainKind, spirals + "monitor: [{gradient-noise: {samples: 8, batch: 5}}]\n") == [
        "8 samples give no two batches of 5, and the scatter of one is nothing"
      ])
    #expect(
      try messages(trainKind, spirals + "batch: full\nmonitor: [stages]\n") == ["a run of 2 steps has no three stages"])
  }

  @Test("Every default of every monitor reads, and every name is kebab-case and documented")
  func catalog() {
    for entry in monitorCatalog.catalog.entries {
      #expect(entry.name.allSatisfy { $0.isLowercase || $0 == "-" } && !entry.doc.isEmpty)
    }
    #expect(Set(monitorCatalog.catalog.names).count == monitorCatalog.catalog.names.count)
  }
}
