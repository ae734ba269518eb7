import Autodiff
import Optimizers
import Tensors
import Testing

struct EightBitAdamTests {
  private func layout(_ count: Int) -> ParameterLayout {
    var layout = ParameterLayout()
    layout.append("w", [count], role: .weight, layer: 1)
    return layout
  }

  @Test("The state takes a byte for each number of both moments and four for each of their blocks")
  func bytes() {
    func bytes(_ count: Int, block: Int) -> Int {
      EightBitAdam(block: block).makeOptimizer(for: layout(count), precision: Float.self)
        .start(at: Vector(zeros: count)).bytes
    }
    #expect(bytes(283_914, block: 2048) == 2 * 283_914 + 2 * 4 * 139)
    #expect(bytes(4096, block: 256) == 2 * 4096 + 2 * 4 * 16)
    // Rounded up to a whole Float.
    #expect(bytes(3, block: 256) == 16)
  }

  @Test("On a quadratic of two blocks the way stays close to Adam's, in Float and Double")
  func close() {
    let count = 500
    let start = (0..<count).map { Double($0 % 17) / 8 - 1 }
    let curvature = (0..<count).map { 0.1 + Double($0 % 11) }
    func way<Element: Scalar>(_ rule: any Rule, _ type: Element.Type) -> [Double] {
      let optimizer = rule.makeOptimizer(for: layout(count), precision: Element.self)
      let objective = Bowl<Element>(layout: layout(count), curvature.map { Element($0) })
      var point = Vector(start.map { Element($0) })
      var state = optimizer.start(at: point)
      for _ in 0..<40 { _ = optimizer.step(&point, &state, on: objective, rateFactor: 1) }
      return point.array.map(Double.init)
    }
    let adam = way(Adam(learningRate: 0.01), Double.self)
    func length(_ values: [Double]) -> Double { values.reduce(0) { $0 + $1 * $1 }.squareRoot() }
    let moved = length(zip(adam, start).map { $0 - $1 })
    for eight in [
      way(EightBitAdam(Adam(learningRate: 0.01), block: 256), Double.self),
      way(EightBitAdam(Adam(learningRate: 0.01), block: 256), Float.self),
    ] {
      let apart = length(zip(adam, eight).map { $0 - $1 })
      #expect(apart < 0.06 * moved && apart > 0, "\(apart) apart after \(moved)")
    }
  }

  @Test("The first step is Adam's own, since nothing was kept before it")
  func first() {
    let objective = Scripted(count: 5) { x in x.map { $0 * 3 + 0.1 } }
    func step(_ rule: any Rule) -> Vector<Double> {
      let optimizer = rule.makeOptimizer(for: objective.layout, precision: Double.self)
      var point = Vector([0.3, -1, 2, 0.01, 5])
      var state = optimizer.start(at: point)
      _ = optimizer.step(&point, &state, on: objective, rateFactor: 1)
      return point
    }
    #expect(step(EightBitAdam(block: 2)) == step(Adam()))
  }
}

/// ½ Σ cᵢxᵢ².
private final class Bowl<Element: Scalar>: Objective {
  let layout: ParameterLayout
  let curvature: [Element]

  init(layout: ParameterLayout, _ curvature: [Element]) {
    self.layout = layout
    self.curvature = curvature
  }

  func value(at point: Vector<Element>) -> Double { 0 }
  func gradient(at point: Vector<Element>, into gradient: inout Vector<Element>) -> Double {
    gradient.replace(from: 0, with: zip(point.array, curvature).map { $0 * $1 })
    return 0
  }
  func hessianProduct(
    at point: Vector<Element>, with direction: Vector<Element>, into product: inout Vector<Element>, samePoint: Bool
  ) {}
}
