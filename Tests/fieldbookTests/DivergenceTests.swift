import Experiments
import Runs
import Tables
import Testing

@testable import fieldbook

/// A run that diverges in its first epoch keeps the start, that epoch and the end, however many epochs it was to keep.
@Suite struct DivergenceTests {
  private static func study(_ text: String) -> String { "```experiment\n\(text)```\n\n" }
  private static let net =
    "data: {blobs: {classes: 3, points: 40, dimensions: 4, spread: 1, test: 0.2}}\n"
    + "model: {mlp: {hidden: [6], activation: tanh}}\n"
  private static func run(_ id: String, _ optimizer: String) -> String {
    study(
      "id: \(id)\nkind: train\n\(net)optimizer: {sgd: {\(optimizer)}}\nepochs: 4\nbatch: 8\n"
        + "checkpoints: [start, epochs, end]\n")
  }
  private let runs = run("good", "lr: 0.1") + run("bad", "lr: 1e38, momentum: 0.99")

  private func said(_ experiment: String) throws -> String {
    let book = try TinyBook(["a.md": runs + Self.study(experiment)])
    #expect(book.build() == 1)
    return book.said
  }

  @Test func `Where too few epochs are kept, that is said where they are named`() throws {
    let project = try said("id: a\nkind: project\nfrom: [\"bad@epochs\"]\n")
    #expect(project.contains(":26:7: error: 2 checkpoints have no plane to be seen on: three or more"), "\(project)")
    #expect(project.contains("‘bad’ diverged in epoch 1 and keeps no later checkpoint"))
    #expect(!project.contains("damaged"))
    let path = try said(
      "id: a\nkind: surface\n\(Self.net)from: good\ndirections: {trajectory: {from: [\"bad@epochs\"]}}\n")
    #expect(path.contains("a path of 2 checkpoints spans no plane") && path.contains("‘bad’ diverged in epoch 1"))
  }

  @Test func `A moment that was never reached is said as such`() throws {
    let line = try said("id: a\nkind: interpolate\n\(Self.net)from: good\nto: bad@epoch=3\n")
    #expect(line.contains("‘bad’ keeps no checkpoint @epoch=3: it diverged in epoch 1"), "\(line)")
    #expect(!line.contains("damaged"))
  }

  @Test func `Kept epochs are used, and what has left the numbers is NaN in the tables`() throws {
    let book = try TinyBook([
      "a.md": runs + Self.study("id: both\nkind: project\nfrom: [\"good@epochs\", \"bad@epochs\"]\n")
        + Self.study("id: plane\nkind: surface\n\(Self.net)from: bad@end\npoints: 3\n")
    ])
    #expect(book.build() == 0, "\(book.said)")
    let experiments = try book.experiments()
    let results = Results(experiments.plan, store: experiments.store)
    let points = try #require(results.table(of: "both", named: "points"))
    #expect(points.rowCount == 7)
    #expect((0..<7).map { points["epoch"]!.number($0) } == [0, 1, 2, 3, 4, 0, 1])
    let plane = try #require(results.table(of: "plane", named: "surface"))
    #expect((0..<9).allSatisfy { plane["loss"]!.number($0)!.isNaN })
  }
}
