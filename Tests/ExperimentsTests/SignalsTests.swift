import Experiments
import Tables
import Testing

struct SignalsTests {
  private func layers(_ yaml: String) throws -> Table {
    try run(signalsKind, yaml).tables.first { $0.name == "layers" }!
  }
  private func column(_ table: Table, _ name: String) -> [Double] {
    (0..<table.rowCount).map { table[name]!.number($0)! }
  }

  @Test("Mean-field theory foretells size, derivative and correlation of every layer of a wide network")
  func theory() throws {
    for (activation, initializer) in [
      ("relu", "kaiming-normal"), ("tanh", "{edge-of-chaos: {weight-deviation: 1.4, bias-deviation: 0.3}}"),
    ] {
      let table = try layers(
        "model: {mlp: {depth: 5, width: 300, activation: \(activation)}}\ninit: \(initializer)\ninputs: 300\noutputs: 300\nsamples: 60\n"
      )
      for (found, expected, tolerance) in [
        ("forward-moment", "forward-theory", 0.2), ("backward-moment", "backward-theory", 0.3),
        ("correlation", "correlation-theory", 0.06),
      ] {
        for (a, b) in zip(column(table, found), column(table, expected)) {
          #expect(abs(a / b - 1) < tolerance, "\(activation) \(found): \(a), not \(b)")
        }
      }
    }
  }

  @Test("Xavier halves a ReLU network's mean square at every layer in theory, and Kaiming keeps it")
  func halving() throws {
    for (initializer, factor) in [("xavier-normal", 0.5), ("kaiming-normal", 1.0)] {
      let table = try layers(
        "model: {mlp: {depth: 8, width: 200}}\ninit: \(initializer)\ninputs: 200\noutputs: 200\nsamples: 4\n")
      let theory = column(table, "forward-theory")
      // Within what 40,000 random weights leave of their variance.
      for (a, b) in zip(theory, theory.dropFirst()) { #expect(abs(b / a / factor - 1) < 5 * 2.0.squareRoot() / 200) }
    }
  }

  @Test("Sigmoid layers shrink derivatives towards the input, by 16 a layer or more at the usual variance")
  func vanishing() throws {
    let backward = column(
      try layers(
        "model: {mlp: {depth: 5, width: 100, activation: sigmoid}}\ninit: xavier-normal\ninputs: 100\noutputs: 100\nsamples: 20\n"
      ), "backward-moment")
    for (near, far) in zip(backward, backward.dropFirst()) { #expect(near < far / 10) }
  }

  @Test("The Jacobian of square orthogonal layers has only singular values 1 and Frobenius norm √n; ReLU's has not")
  func isometry() throws {
    func runs(_ activation: String, _ initializer: String) throws -> Table {
      try run(
        signalsKind,
        "model: {mlp: {depth: 4, width: 20, activation: \(activation), bias: false}}\ninit: \(initializer)\ninputs: 20\noutputs: 20\nsamples: 4\njacobian: 2\n"
      ).tables[0]
    }
    let linear = try runs("identity", "orthogonal")
    #expect(abs(linear["jacobian-largest"]!.number(0)! - 1) < 1e-12)
    #expect(abs(linear["jacobian-smallest"]!.number(0)! - 1) < 1e-12)
    #expect(abs(linear["jacobian-frobenius"]!.number(0)! - 20.0.squareRoot()) < 1e-12)
    #expect(try runs("identity", "lecun")["jacobian-smallest"]!.number(0)! < 0.5)
    #expect(try runs("relu", "{orthogonal: {gain: 1.4142135623730951}}")["jacobian-smallest"]!.number(0)! < 0.5)
  }

  @Test("Singular values of the Jacobian are those of the product of the weights, for a linear network")
  func product() throws {
    let outcome = try run(
      signalsKind,
      "model: {mlp: {hidden: [], activation: identity}}\ninit: lecun\ninputs: 6\noutputs: 4\nsamples: 4\njacobian: 1\n")
    let start = try run(
      initializeKind, "model: {mlp: {hidden: [], activation: identity}}\ninit: lecun\ninputs: 6\noutputs: 4\n")
    let (ours, theirs) = (outcome.tables[2], start.tables[2])
    #expect(ours.rowCount == 4)
    for row in 0..<4 {
      #expect(abs(ours["singular-value"]!.number(row)! - theirs["singular-value"]!.number(row)!) < 1e-12)
    }
  }

  @Test("Hierarchical weights of deviation 0.001 lose the signal by the product of their gains")
  func hierarchical() throws {
    let forward = column(
      try layers(
        "model: {mlp: {depth: 4, width: 100, activation: identity}}\ninit: {normal: {deviation: 0.001}}\ninputs: 100\noutputs: 100\nsamples: 50\n"
      ), "forward-moment")
    // n σ² = 1e-4 a layer.
    for (a, b) in zip(forward, forward.dropFirst()) { #expect(abs(b / a / 1e-4 - 1) < 0.2) }
  }
}
