import Autodiff
import Tensors
import Testing

@testable import Networks

struct TFixupTests {
  private func model(depth: Int, norms: Bool = false) throws -> Model {
    try .visionTransformer(
      patch: 2, units: 16, depth: depth, heads: 2, hidden: 32, norms: norms, inputShape: [1, 6, 6], outputs: 3)
  }

  private func start(_ initializer: Initializer, _ model: Model, seed: UInt64 = 1) -> [Double] {
    initializer.parameters(for: .init(model: model, bookSeed: 1, seed: seed))
  }

  @Test("Values, outputs and both linear layers are Xavier's times 0.67·N^(−1/4), tokens times (9N)^(−1/4)")
  func factors() throws {
    let model = try model(depth: 5)
    #expect(!model.layout.slices.contains { $0.role == .gain })
    let (base, scaled) = (start(.xavier(.uniform, gain: 1), model), start(.tFixup, model))
    var small = 0
    for slice in model.layout.slices {
      let isSmall =
        slice.role == .weight
        && (slice.name.contains("value") || slice.name.contains("out")
          || slice.name.hasPrefix("linear") && slice.location != .output)
      small += isSmall ? 1 : 0
      let isToken = slice.role == .position || slice.role == .weight && slice.location == .input
      // 0.67·5^(−1/4), 45^(−1/4).
      let factor = isSmall ? 0.448_056_004_334 : isToken ? 0.386_097_395_096 : 1
      #expect(slice.range.allSatisfy { abs(scaled[$0] - factor * base[$0]) < 1e-9 }, "\(slice.name)")
    }
    #expect(small == 20)
  }

  @Test("Embeddings of d numbers have the deviation d^(−1/2)·(9N)^(−1/4)")
  func embeddings() throws {
    let model = try Model.chain(
      "net",
      [Embedding(symbols: 400, units: 16)]
        + (0..<3).map { _ in TransformerEncoder(heads: 2, hidden: 8, norms: false) as any Layer }
        + [GlobalAveragePooling(), Linear(units: 2)], inputShape: [5], outputs: 2)
    let table = try #require(model.layout.slices.first { $0.role == .embedding })
    let square = start(.tFixup, model)[table.range].reduce(0) { $0 + $1 * $1 } / Double(table.shape.count)
    let wanted = 1.0 / 16 / 27.0.squareRoot()
    // Five standard deviations.
    #expect(abs(square / wanted - 1) < 5 * (2 / 6400.0).squareRoot())
  }

  @Test("How much a step on the weights changes the network does not grow with depth, unlike with Xavier's alone")
  func depth() throws {
    /// ‖∂f/∂W‖² over the weights of branches, mean over seeds.
    func sensitivity(_ initializer: Initializer, depth: Int) throws -> Double {
      let model = try model(depth: depth)
      let objective = TracedObjective<Double>(
        TracedFunction(layout: model.layout, data: { [[$0, 36]] }) { a in
          TracedFunction.Result(value: model.trace(a).outputs.sum())
        })
      var stream = Stream(book: 1, run: 1, purpose: .data("test"))
      objective.set([Vector(stream.normals(4 * 36))], samples: 4)
      return (1...3).reduce(0) { sum, seed in
        var gradient = Vector<Double>(zeros: model.layout.count)
        _ = objective.gradient(at: Vector(start(initializer, model, seed: UInt64(seed))), into: &gradient)
        let branches = model.layout.weights.filter { $0.branch != nil }
        return sum + branches.reduce(0) { $0 + $1.range.reduce(0) { $0 + gradient[$1] * gradient[$1] } } / 3
      }
    }
    let xavier =
      try sensitivity(.xavier(.uniform, gain: 1), depth: 12) / sensitivity(.xavier(.uniform, gain: 1), depth: 2)
    let fixed = try sensitivity(.tFixup, depth: 12) / sensitivity(.tFixup, depth: 2)
    #expect(xavier > 1000, "\(xavier)")
    #expect(fixed < 2 && fixed > 0.5, "\(fixed)")
  }

  @Test("It refuses networks that attend to nothing")
  func refusal() throws {
    let plain = Model.perceptron(inputs: 2, hidden: [3], outputs: 1, activation: .relu)
    #expect(Initializer.tFixup.refusal(of: plain)?.contains("attention") == true)
    #expect(Initializer.tFixup.refusal(of: try model(depth: 1, norms: true)) == nil)
  }
}
