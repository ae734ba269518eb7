import Experiments
import Specs
import Tables
import Testing

struct SuccessiveHalvingTests {
  private let start =
    "data: blobs\nmodel: {mlp: {hidden: [8]}}\noptimizer: {sgd: {momentum: 0.9}}\nbatch: 64\nprecision: double\n"
  private let rates = [0.0001, 0.001, 0.01, 0.1, 1e300]

  private func numbers(_ column: String, of table: Table) -> [Double] {
    (0..<table.rowCount).map { table[column]!.number($0)! }
  }

  @Test("After each rung the best share goes on, and the winner is the best of the last")
  func rungs() throws {
    let outcome = try run(
      successiveHalvingKind,
      start
        + "candidates: {optimizer.sgd.lr: [\(rates.map { "\($0)" }.joined(separator: ", "))]}\nrungs: [1, 2, 4]\neta: 2\n"
    )
    let (runs, rungs, epochs) = (outcome.tables[0], outcome.tables[1], outcome.tables[2])
    #expect(numbers("rung", of: rungs) == [1, 1, 1, 1, 1, 2, 2, 3])
    #expect(numbers("epoch", of: rungs) == [1, 1, 1, 1, 1, 2, 2, 4])
    #expect(numbers("kept", of: rungs) == [1, 1, 0, 0, 0, 1, 0, 1])
    let losses = numbers("test-loss", of: rungs)
    #expect(losses[0] <= losses[1] && losses[1] <= losses[2] && losses[2] <= losses[3])
    // The largest rate diverged and stands last.
    #expect(numbers("diverged", of: rungs) == [0, 0, 0, 0, 1, 0, 0, 0] && losses[4].isNaN)
    #expect(numbers("candidate", of: runs)[0] == numbers("candidate", of: rungs)[7])
    #expect(numbers("optimizer.sgd.lr", of: runs)[0] == rates[Int(numbers("candidate", of: runs)[0]) - 1])
    #expect(numbers("test-loss", of: runs)[0] == losses[7])
    #expect(numbers("epochs", of: runs) == [9] && epochs.rowCount == 9)
  }

  @Test("A candidate goes through the same losses as `train` by itself, schedule and all")
  func machinery() throws {
    let schedule = "schedule: {cosine: {warmup: 1}}\n"
    let search = try run(
      successiveHalvingKind,
      start + schedule + "candidates: {optimizer.sgd.lr: [0.001, 0.1]}\nrungs: [1, 4]\neta: 2\n")
    let winner = search.tables[0]["optimizer.sgd.lr"]!.number(0)!
    let alone = try run(
      trainKind,
      "data: blobs\nmodel: {mlp: {hidden: [8]}}\noptimizer: {sgd: {momentum: 0.9, lr: \(winner)}}\nbatch: 64\n"
        + "precision: double\nepochs: 4\n" + schedule)
    #expect(search.tables[0]["test-loss"]!.number(0)! == alone.tables[0]["test-loss"]!.number(0)!)
  }

  @Test(
    "One rung of draws is random search: as many candidates as asked for, in their range, the same for the same seed")
  func random() throws {
    let spec =
      start
      + "candidates: {optimizer.sgd.lr: {log-uniform: [0.001, 0.1]}, optimizer.sgd.momentum: {uniform: [0, 0.9]}, batch: [32, 64]}\n"
      + "draws: 12\nrungs: [1]\n"
    let first = try run(successiveHalvingKind, spec).tables[1]
    let again = try run(successiveHalvingKind, spec).tables[1]
    let other = try run(successiveHalvingKind, spec + "seed: 2\n").tables[1]
    #expect(first.csv() == again.csv() && first.csv() != other.csv())
    #expect(first.rowCount == 12)
    let rates = numbers("optimizer.sgd.lr", of: first)
    #expect(rates.allSatisfy { (0.001...0.1).contains($0) } && Set(rates).count == 12)
    // Half of the logarithms lie on either side of 0.01: all twelve on one side has a chance of 1 in 2048.
    #expect(rates.contains { $0 < 0.01 } && rates.contains { $0 > 0.01 })
    #expect(numbers("optimizer.sgd.momentum", of: first).allSatisfy { (0...0.9).contains($0) })
    #expect(Set(numbers("batch", of: first)) == [32, 64])
    #expect(numbers("kept", of: first).reduce(0, +) == 1)
  }

  @Test("Lists without draws are a grid, and values may be names")
  func grid() throws {
    let rungs = try run(
      successiveHalvingKind,
      start + "candidates: {optimizer.sgd.lr: [0.01, 0.1], init: [lecun, pytorch, orthogonal]}\nrungs: [1]\n"
    ).tables[1]
    #expect(rungs.rowCount == 6)
    let names = (0..<6).map { rungs["init"]!.text($0) }
    #expect(Set(names) == ["lecun", "pytorch", "orthogonal"])
  }

  @Test("What cannot be is said before anything runs")
  func mistakes() throws {
    func first(_ yaml: String) throws -> String { try messages(successiveHalvingKind, start + yaml).first ?? "" }
    #expect(try first("candidates: {optimizer.adam.lr: [1]}\n").contains("the optimizer here is ‘sgd’"))
    #expect(try first("candidates: {optimizer.sgd.rate: [1]}\n").contains("no option ‘rate’"))
    #expect(try first("candidates: {optimizer.sgd.lr: [-1]}\n").contains("above 0"))
    #expect(try first("candidates: {optimizer.sgd.lr: {log-uniform: [1, 0.1]}}\n").contains("goes up"))
    #expect(try first("candidates: {optimizer.sgd.lr: {log-uniform: [0.1, 1]}}\n").contains("draws"))
    #expect(try first("candidates: {}\n").contains("at least one"))
    #expect(try first("candidates: {batch: [32]}\nrungs: [3, 3]\n").contains("above the last"))
    #expect(try first("candidates: {epochs: [1, 2]}\n").contains("no option ‘epochs’"))
    #expect(try first("candidates: {from: [a@end]}\n").contains("no option ‘from’"))
    #expect(try first("candidates: {schedule.cosine.warmup: [1]}\n").contains("leads nowhere"))
  }
}
