@testable import Experiments
import Tables
import Testing

struct AlarmTests {
  /// A rate that is stable for ten epochs and a factor of six larger from then on.
  private let leaping =
    "schedule: {embedding-aware: {depth: 2}}\nepochs: 60\nmonitor: [{alarm: {factor: 4, window: 9}}]\n"

  @Test("An injected explosion is found at the step where the gradient passes its median's multiple")
  func explosion() throws {
    try LineData.inFolder { folder in
      let outcome = try run(
        trainKind, LineData.spec + "optimizer: {sgd: {lr: \(8 / LineData.largest)}}\n" + leaping, folder: folder)
      let norms = try outcome.column("gradient-norm", of: "steps")
      let first = try #require(
        norms.indices.first { step in
          let recent = norms[max(0, step - 9)..<step].sorted()
          return recent.count >= 5 && norms[step] > 4 * recent[recent.count / 2]
        })
      #expect(first >= 10)
      let row = try #require(try outcome.texts("reason", of: "alarms").firstIndex(of: "gradient-norm"))
      #expect(try outcome.column("step", of: "alarms")[row] == Double(first + 1))
      #expect(try outcome.column("value", of: "alarms")[row] == norms[first])
      #expect(try outcome.column("alarm", of: "runs")[0] == (try outcome.column("step", of: "alarms").min()))
      #expect(try outcome.column("step", of: "alarms")[0] > 10)
    }
  }

  @Test("A run that learns raises none")
  func calm() throws {
    try LineData.inFolder { folder in
      let outcome = try run(
        trainKind, LineData.spec + "optimizer: {sgd: {lr: \(0.8 / LineData.largest)}}\n" + leaping, folder: folder)
      #expect(try outcome.column("alarm", of: "runs")[0].isNaN)
      #expect(try outcome.column("step", of: "alarms").isEmpty)
    }
  }

  @Test("Numbers that are not finite raise one, at the step that made them")
  func notFinite() throws {
    let outcome = try run(
      trainKind, "data: blobs\nmodel: {mlp: {hidden: [8]}}\noptimizer: {sgd: {lr: 1e30}}\nepochs: 4\nmonitor: [alarm]\n"
    )
    let steps = try outcome.column("steps", of: "runs")
    #expect(try outcome.texts("reason", of: "alarms").contains("not finite"))
    #expect(try outcome.column("alarm", of: "runs") == steps)
  }
}
