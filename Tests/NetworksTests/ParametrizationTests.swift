import Autodiff
import Networks
import Tensors
import Testing

struct ParametrizationTests {
  private let model = Model.perceptron(inputs: 10, hidden: [256, 256], outputs: 4, activation: .relu)
  private let maximal = Parametrization.maximalUpdate(
    base: Model.perceptron(inputs: 10, hidden: [64, 64], outputs: 4, activation: .relu).layout)

  private func rates(_ answer: Parametrization.Answer) -> [Double] {
    model.layout.slices.map { maximal.rateFactor($0, answer: answer) }
  }

  @Test("Learning rates follow the paper's table: input, hidden and output weights, each with its bias")
  func factors() {
    // Four times the base width.
    #expect(rates(.normalized) == [1, 1, 0.25, 1, 0.25, 1])
    #expect(rates(.proportional) == [4, 4, 1, 4, 0.25, 1])
    #expect(
      model.layout.slices.allSatisfy {
        Parametrization.standard.rateFactor($0, answer: .normalized) == 1
      })
  }

  @Test("In a transformer everything that is a number a unit goes by the units, whatever the base's other sizes")
  func transformer() throws {
    func layout(_ units: Int) throws -> ParameterLayout {
      try Model.visionTransformer(
        patch: 2, units: units, depth: 1, heads: 2, hidden: 4 * units, inputShape: [1, 4, 4], outputs: 3
      ).layout
    }
    let maximal = Parametrization.maximalUpdate(base: try layout(8))
    for slice in try layout(24).slices {
      let isMatrix = slice.role == .weight && slice.location == .hidden
      let isOutput = slice.location == .output
      let ofClasses = isOutput && slice.role == .bias
      #expect(
        maximal.rateFactor(slice, answer: .proportional)
          == (isMatrix || ofClasses ? 1 : isOutput ? 1 / 3.0 : 3), "\(slice.name)")
      #expect(
        maximal.rateFactor(slice, answer: .normalized)
          == (isMatrix || isOutput && slice.role == .weight ? 1 / 3.0 : 1), "\(slice.name)")
    }
    #expect(try layout(8).slices.allSatisfy { maximal.rateFactor($0, answer: .proportional) == 1 })
  }

  @Test("Output weights start with variance of order 1/fan-in², all others as their recipe says")
  func start() {
    func meanSquares(_ parametrization: Parametrization) -> [Double] {
      let values = Initializer.lecun(.normal).scaled(for: parametrization).parameters(
        for: .init(model: model, bookSeed: 1, seed: 1))
      return model.layout.weights.map { slice in
        slice.range.reduce(0) { $0 + values[$1] * values[$1] } / Double(slice.shape.count)
      }
    }
    let (standard, scaled) = (meanSquares(.standard), meanSquares(maximal))
    #expect(scaled[0] == standard[0] && scaled[1] == standard[1])
    #expect(abs(scaled[2] / standard[2] - 0.25) < 1e-12)
    #expect(abs(scaled[2] * 256 * 256 / 64 - 1) < 4 * (2 / 1024.0).squareRoot())
  }
}
