import Autodiff
import Optimizers
import Tensors

/// An objective whose gradients come from outside the engine: a list, or a fixed polynomial.
final class Scripted: Objective {
  let layout: ParameterLayout
  let slope: ([Double]) -> [Double]

  init(layout: ParameterLayout, _ slope: @escaping ([Double]) -> [Double]) {
    self.layout = layout
    self.slope = slope
  }

  convenience init(count: Int, _ slope: @escaping ([Double]) -> [Double]) {
    var layout = ParameterLayout()
    layout.append("x", [count], role: .coordinate, layer: 1)
    self.init(layout: layout, slope)
  }

  func value(at point: Vector<Double>) -> Double { 0 }
  func gradient(at point: Vector<Double>, into gradient: inout Vector<Double>) -> Double {
    gradient.replace(from: 0, with: slope(point.array))
    return 0
  }
  func hessianProduct(
    at point: Vector<Double>, with direction: Vector<Double>, into product: inout Vector<Double>, samePoint: Bool
  ) {}
}
