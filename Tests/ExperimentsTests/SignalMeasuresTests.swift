import Experiments
import Tables
import Testing

struct SignalMeasuresTests {
  @Test("Square orthogonal layers without activation keep every signal's mean square exactly")
  func isometry() throws {
    let layers = try run(
      initializeKind,
      "model: {mlp: {depth: 6, width: 24, activation: identity}}\ninit: orthogonal\ninputs: 24\noutputs: 24\nsamples: 50\n"
    ).tables[1]
    #expect(layers.rowCount == 7)
    for row in 1..<7 {
      let first = layers["forward-moment"]!.number(0)!
      #expect(abs(layers["forward-moment"]!.number(row)! / first - 1) < 1e-12)
    }
    #expect(layers["condition-number"]!.number(3)! - 1 < 1e-12)
  }

  @Test("Kaiming keeps the second moment through 50 ReLU layers; Xavier loses half of it in each")
  func depth() throws {
    func moments(_ initializer: String) throws -> [Double] {
      let sums = try (1...4).map { seed in
        try run(
          initializeKind,
          "model: {mlp: {depth: 50, width: 256}}\ninit: \(initializer)\ninputs: 256\noutputs: 10\nsamples: 64\nseed: \(seed)\nprecision: float\n"
        ).tables[1]
      }
      return (0..<50).map { row in sums.reduce(0) { $0 + $1["forward-moment"]!.number(row)! } / 4 }
    }
    let kaiming = try moments("kaiming-normal")
    #expect(kaiming[49] / kaiming[0] > 0.2 && kaiming[49] / kaiming[0] < 5)
    let xavier = try moments("xavier-normal")
    let lost = xavier[40] / xavier[0] * 0x1p40
    #expect(lost > 0.1 && lost < 10)
  }

  @Test("Queries and keys get no derivative where there is one token, and one where there are several")
  func attention() throws {
    func derivatives(_ model: String) throws -> [String: Double] {
      let layers = try run(
        initializeKind, "model: \(model)\ninit: xavier-normal\ninputs: [1, 8, 8]\noutputs: 3\nsamples: 16\n"
      ).tables[1]
      return Dictionary(
        uniqueKeysWithValues: (0..<layers.rowCount).map {
          (layers["parameter"]!.text($0), layers["backward-variance"]!.number($0)!)
        })
    }
    let one = try derivatives("{transformer: {units: 8, depth: 1, heads: 2, hidden: 8}}")
    #expect(one["attention-1.query.weight"] == 0 && one["attention-1.key.weight"] == 0)
    #expect(one["attention-1.value.weight"]! > 0)
    let several = try derivatives("{vit: {patch: 4, units: 8, depth: 1, heads: 2, hidden: 8}}")
    for part in ["query", "key", "value"] { #expect(several["attention-1.\(part).weight"]! > 0) }
  }

  @Test("Training measures its start as initialize does, layer by layer and on average")
  func training() throws {
    let outcome = try run(
      trainKind,
      "data: spirals\nmodel: {mlp: {hidden: [8], activation: tanh}}\noptimizer: sgd\nmeasure: [spectral-norm, forward-variance]\n"
    )
    let (runs, layers) = (outcome.tables[0], outcome.tables[3])
    for column in ["spectral-norm", "forward-variance"] {
      let values = (0..<2).map { layers[column]!.number($0)! }
      #expect(values.allSatisfy { $0 > 0 })
      #expect(abs(runs[column]!.number(0)! - (values[0] + values[1]) / 2) < 1e-12)
    }
  }
}
