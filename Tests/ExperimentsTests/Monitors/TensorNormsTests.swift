import Autodiff
@testable import Experiments
import Networks
import Tables
import Testing

struct TensorNormsTests {
  private let rate = 0.05
  private var spec: String {
    "data: spirals\nmodel: {mlp: {hidden: [6, 5], activation: tanh}}\noptimizer: {sgd: {lr: \(rate)}}\nbatch: full\n"
      + "epochs: 4\nprecision: double\ncheckpoints: [start, epochs]\nmonitor: [tensor-norms]\n"
  }

  @Test("Sums of tensors' lengths are those of the checkpoints, from the start and from the epoch before (E47)")
  func checkpoints() throws {
    let plan = try #require(try prepare(trainKind, spec) as? Train)
    let outcome = try plan.run(inputs: [:], doors: Doors())
    let slices = plan.model.layout.slices
    #expect(slices.count == 6)
    let points = outcome.checkpoints.map(\.parameters)
    func lengths(_ a: [Double], _ b: [Double]?) -> [Double] {
      slices.map { slice in
        slice.range.reduce(0) { $0 + (a[$1] - (b?[$1] ?? 0)) * (a[$1] - (b?[$1] ?? 0)) }.squareRoot()
      }
    }
    func whole(_ lengths: [Double]) -> Double { lengths.reduce(0) { $0 + $1 * $1 }.squareRoot() }
    func column(_ name: String) throws -> [Double] { try outcome.column(name, of: "epochs") }
    for epoch in 1...4 {
      let weights = lengths(points[epoch], nil)
      let distance = lengths(points[epoch], points[0])
      let change = lengths(points[epoch], points[epoch - 1])
      for (name, wanted) in [
        ("weight-norm", whole(weights)), ("weight-norm-by-tensor", weights.reduce(0, +)),
        ("distance", whole(distance)), ("distance-by-tensor", distance.reduce(0, +)),
        ("change", whole(change)), ("change-by-tensor", change.reduce(0, +)),
        // A step of plain gradient descent is its gradient, shortened.
        ("gradient-norm", whole(change) / rate), ("gradient-norm-by-tensor", change.reduce(0, +) / rate),
      ] {
        let value = try column(name)[epoch - 1]
        #expect(abs(value - wanted) < 1e-10 * wanted, "\(name) after epoch \(epoch)")
      }
      #expect(weights.reduce(0, +) > whole(weights) && weights.reduce(0, +) < 6.0.squareRoot() * whole(weights))
    }
    let losses = try column("train-loss")
    #expect(try column("loss-improvement") == [0] + zip(losses, losses.dropFirst()).map { $0 - $1 })
    #expect(try outcome.column("change-by-tensor", of: "runs") == [try column("change-by-tensor")[3]])
  }

  @Test("The gradient's mean is over the epoch's steps")
  func steps() throws {
    let outcome = try run(
      trainKind,
      "data: {spirals: {points: 10, test: 0}}\nmodel: {layers: [{linear: {units: classes, bias: false}}]}\n"
        + "optimizer: sgd\nbatch: 4\nepochs: 2\nmonitor: [tensor-norms]\n")
    // With one tensor both definitions are one.
    for (one, other) in zip(
      try outcome.column("gradient-norm", of: "epochs"), try outcome.column("gradient-norm-by-tensor", of: "epochs"))
    { #expect(abs(one - other) < 1e-5 * one) }
  }
}
