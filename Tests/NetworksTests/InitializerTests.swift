import Autodiff
import Fixtures
import Networks
import Tensors
import Testing

private struct Reference: Decodable {
  struct Matrix: Decodable, Sendable, CustomTestStringConvertible {
    var name: String
    var shape: [Int]
    var fanIn: Int
    var fanOut: Int
    var deviations: [String: Double]
    var limits: [String: Double]
    var testDescription: String { name }
  }
  var shapes: [Matrix]
}

private let reference = try! fixture("initializers", as: Reference.self)

struct InitializerTests {
  private func weights(_ initializer: Initializer, _ rows: Int, _ columns: Int, seed: UInt64 = 1) -> [Double] {
    initializer.parameters(for: setting([rows, columns], fanIn: columns, fanOut: rows, seed: seed))
  }

  @Test("Normal weights have PyTorch's deviations, within four standard errors", arguments: reference.shapes)
  fileprivate func normals(_ matrix: Reference.Matrix) throws {
    for (name, initializer) in [
      "lecun-normal": Initializer.lecun(.normal), "xavier-normal": .xavier(.normal, gain: 1),
      "kaiming-normal": .kaiming(.normal, slope: 0, fan: .fanIn),
      "kaiming-normal-fan-out": .kaiming(.normal, slope: 0, fan: .fanOut),
      "kaiming-normal-slope-0.25": .kaiming(.normal, slope: 0.25, fan: .fanIn),
    ] where matrix.shape.count == 2 {
      let wanted = try #require(matrix.deviations[name])
      let values = weights(initializer, matrix.shape[0], matrix.shape[1])
      let count = Double(values.count)
      let mean = values.reduce(0, +) / count
      let deviation = (values.reduce(0) { $0 + $1 * $1 } / count).squareRoot()
      #expect(abs(mean) < 4 * wanted / count.squareRoot(), "\(name)")
      #expect(abs(deviation / wanted - 1) < 4 / (2 * count).squareRoot(), "\(name)")
    }
  }

  @Test("Uniform weights reach PyTorch's limits and no further", arguments: reference.shapes)
  fileprivate func uniforms(_ matrix: Reference.Matrix) throws {
    for (name, initializer) in [
      "lecun-uniform": Initializer.lecun(.uniform), "xavier-uniform": .xavier(.uniform, gain: 1),
      "kaiming-uniform": .kaiming(.uniform, slope: 0, fan: .fanIn), "pytorch-default": .pytorch,
    ] where matrix.shape.count == 2 {
      let wanted = try #require(matrix.limits[name])
      let values = weights(initializer, matrix.shape[0], matrix.shape[1])
      #expect(values.allSatisfy { abs($0) <= wanted * (1 + 1e-12) }, "\(name)")
      #expect(values.map(abs).max()! > 0.98 * wanted, "\(name)")
    }
  }

  @Test("Orthogonal weights satisfy WᵀW = g²I, tall or wide", arguments: [(64, 128), (128, 64), (32, 32)])
  func orthogonal(_ rows: Int, _ columns: Int) {
    let values = weights(.orthogonal(gain: 1.5), rows, columns)
    let n = min(rows, columns)
    for i in 0..<n {
      for j in 0...i {
        let product = (0..<max(rows, columns)).reduce(0.0) { sum, k in
          rows >= columns
            ? sum + values[k * columns + i] * values[k * columns + j]
            : sum + values[i * columns + k] * values[j * columns + k]
        }
        #expect(abs(product - (i == j ? 2.25 : 0)) < 1e-12)
      }
    }
  }

  @Test("The counter-examples are what they are: 1/√fan-in too small, and 0.9 whatever the size")
  func counterExamples() {
    let small = weights(.scaledOrthogonal, 256, 784)
    let norm = small.reduce(0) { $0 + $1 * $1 }
    #expect(abs(norm - 256 * 2 / 784.0) < 1e-9)
    for (rows, columns) in [(256, 784), (10, 64)] {
      let large = weights(.lMomentum(alpha: 0.81), rows, columns)
      let meanSquare = large.reduce(0) { $0 + $1 * $1 } / Double(large.count)
      #expect(abs(meanSquare.squareRoot() - 0.9) < 1e-12)
    }
  }

  @Test("Biases start at 0, slopes at 0.25; the same seed gives the same bits, another gives others")
  func rest() {
    let model = Model.perceptron(inputs: 8, hidden: [4], outputs: 2, activation: .prelu)
    func start(_ seed: UInt64) -> [Double] {
      Initializer.kaiming(.normal, slope: 0, fan: .fanIn).parameters(
        for: .init(model: model, bookSeed: 7, seed: seed))
    }
    let values = start(1)
    for slice in model.layout.slices where slice.role == .bias { #expect(values[slice.range].allSatisfy { $0 == 0 }) }
    #expect(values.last == 0.25)
    #expect(values == start(1))
    #expect(values != start(2))
  }
}
