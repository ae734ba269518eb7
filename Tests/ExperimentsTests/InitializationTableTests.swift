import Experiments
import Fixtures
import Tables
import Testing

private struct Reference: Decodable {
  struct Method: Decodable, Sendable, CustomTestStringConvertible {
    var method: String
    var mean: [String: Double]
    var deviation: [String: Double]
    var testDescription: String { method }
  }
  var methods: [Method]
  var seeds: Int
}

private let reference = try! fixture("initialization-table", as: Reference.self)
private let columns = [
  "spectral-norm": "spectral-norm", "condition-number": "condition-number", "count-95-ratio": "count-rank",
  "effective-rank-ratio": "effective-rank", "nuclear-to-spectral-ratio": "nuclear-rank",
  "stable-rank-ratio": "stable-rank",
]

struct InitializationTableTests {
  @Test("Spectral measures over five seeds agree with PyTorch's over twenty", arguments: reference.methods)
  fileprivate func table(_ wanted: Reference.Method) throws {
    let seeds = 5
    let runs = try (1...seeds).map { try run(wanted.method, seed: $0) }
    for (theirs, ours) in columns {
      let mean = try #require(wanted.mean[theirs])
      let deviation = try #require(wanted.deviation[theirs])
      let value = runs.reduce(0) { $0 + $1[ours]!.number(0)! } / Double(seeds)
      let error = deviation * (1 / Double(seeds) + 1 / Double(reference.seeds)).squareRoot()
      #expect(abs(value - mean) <= 3.5 * error + 1e-9 * mean, "\(ours): \(value), not \(mean) ± \(error)")
    }
  }

  private func run(_ initializer: String, seed: Int) throws -> Table {
    try ExperimentsTests.run(
      initializeKind,
      "model: {simple-network: {activation: prelu}}\ninit: \(initializer)\nseed: \(seed)\nsamples: 2\n"
    ).tables[0]
  }
}
