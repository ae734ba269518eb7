import Autodiff
@testable import Experiments
import Networks
import Tables
import Tensors
import Testing

struct LayerGradientsTests {
  @Test("A step of plain gradient descent shows each layer's gradient; shares add up to one")
  func gradients() throws {
    let rate = 0.1
    let plan = try #require(
      try prepare(
        trainKind,
        "data: spirals\nmodel: {mlp: {hidden: [6, 5]}}\noptimizer: {sgd: {lr: \(rate)}}\nbatch: full\nepochs: 2\n"
          + "precision: double\ncheckpoints: [start, epochs]\nmonitor: [layer-gradients]\n") as? Train)
    let outcome = try plan.run(inputs: [:], doors: Doors())
    let points = outcome.checkpoints.map(\.parameters)
    let table = "layer-gradients"
    #expect(try outcome.column("epoch", of: table) == [0, 0, 0, 1, 1, 1, 2, 2, 2])
    #expect(try outcome.column("layer", of: table) == [1, 2, 3, 1, 2, 3, 1, 2, 3])
    let norms = try outcome.column("gradient-norm", of: table)
    let rms = try outcome.column("gradient-rms", of: table)
    let shares = try outcome.column("gradient-share", of: table)
    for epoch in 1...2 {
      let weights = plan.model.layout.weights
      let wanted = weights.map { slice in
        slice.range.reduce(0) {
          let slope = (points[epoch - 1][$1] - points[epoch][$1]) / rate
          return $0 + slope * slope
        }
      }
      for (place, slice) in weights.enumerated() {
        let row = 3 * epoch + place
        #expect(abs(norms[row] - wanted[place].squareRoot()) < 1e-10)
        #expect(abs(rms[row] - (wanted[place] / Double(slice.shape.count)).squareRoot()) < 1e-10)
        #expect(abs(shares[row] - wanted[place] / wanted.reduce(0, +)) < 1e-10)
      }
    }
    // With one step an epoch, the first step alone is the first epoch.
    #expect(norms[0..<3] == norms[3..<6])
  }

  @Test(
    "Vanishing gradients are smaller near the input: sigmoids shrink them layer by layer, ReLU by He does not (E27)")
  func vanishing() throws {
    func rms(_ activation: String, _ start: String) throws -> [Double] {
      let hidden = Array(repeating: "30", count: 8).joined(separator: ", ")
      return Array(
        try run(
          trainKind,
          "data: {blobs: {classes: 3}}\nmodel: {mlp: {hidden: [\(hidden)], activation: \(activation)}}\ninit: \(start)\n"
            + "optimizer: sgd\nbatch: full\nprecision: double\nmonitor: [layer-gradients]\n"
        ).column("gradient-norm", of: "layer-gradients").prefix(9))
    }
    let sigmoid = try rms("sigmoid", "xavier-normal")
    for (near, far) in zip(sigmoid[0..<8], sigmoid[1...]) { #expect(near < 0.5 * far) }
    #expect(sigmoid[0] < 1e-4 * sigmoid[8])
    let relu = try rms("relu", "kaiming-normal")
    #expect(relu.max()! < 20 * relu.min()!)
  }
}
