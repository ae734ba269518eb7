import Autodiff
import Landscapes
import Tensors
import Testing

struct RandomDirectionTests {
  private let layout: ParameterLayout = {
    var layout = ParameterLayout()
    layout.append("conv.weight", [3, 2, 2, 2], role: .weight, fanIn: 8, fanOut: 12, layer: 1, filterAxis: 0)
    layout.append("conv.bias", [3], role: .bias, layer: 1)
    layout.append("linear.weight", [4, 27], role: .weight, fanIn: 27, fanOut: 4, layer: 2, filterAxis: 0)
    layout.append("linear.bias", [4], role: .bias, layer: 2)
    return layout
  }()
  private var point: Vector<Double> {
    var stream = Stream(book: 1, run: 1, purpose: .data("point"))
    return Vector(stream.normals(layout.count).map { 0.1 * $0 })
  }

  private func direction(
    _ normalization: DirectionNormalization, _ vectors: VectorMovement = .zero, axis: Int = 0
  ) -> Vector<Double> {
    var stream = Stream(book: 1, run: 2, purpose: .probes(axis))
    return randomDirection(from: point, layout, normalization, vectors: vectors, drawing: &stream)
  }
  private func length(_ vector: Vector<Double>, _ places: some Collection<Int>) -> Double {
    places.reduce(0) { $0 + vector[$1] * vector[$1] }.squareRoot()
  }

  @Test("Each normalization makes its own pieces as long as the point's, and no others")
  func pieces() {
    let point = point
    let slices = layout.slices
    let filter = direction(.filter)
    for slice in [slices[0], slices[2]] {
      for places in slice.filters { #expect(abs(length(filter, places) - length(point, places)) < 1e-13) }
    }
    let layer = direction(.layer)
    #expect(abs(length(layer, slices[0].range) - length(point, slices[0].range)) < 1e-13)
    #expect(abs(length(layer, slices[0].filters[0]) - length(point, slices[0].filters[0])) > 1e-3)
    let model = direction(.model)
    let weights = Array(slices[0].range) + Array(slices[2].range)
    #expect(abs(length(model, weights) - length(point, weights)) < 1e-13)
    #expect(abs(length(model, slices[0].range) - length(point, slices[0].range)) > 1e-3)
    let none = direction(.none, .random)
    #expect(abs(none.norm - Double(layout.count).squareRoot()) < 2)
  }

  @Test("Vectors stay, are scaled, or move at random")
  func vectors() {
    let bias = layout.slices[1].range
    #expect(bias.allSatisfy { direction(.filter)[$0] == 0 && direction(.none)[$0] == 0 })
    #expect(bias.allSatisfy { direction(.filter, .weights)[$0] == point[$0] })
    let random = direction(.filter, .random)
    #expect(bias.allSatisfy { random[$0] != 0 && random[$0] != point[$0] })
    #expect(abs(length(random, bias) - length(point, bias)) < 1e-13)
    let model = direction(.model, .random)
    #expect(abs(model.norm - point.norm) < 1e-13)
  }

  @Test("Two random directions are nearly at a right angle: |cos| is about √(2/πP)")
  func angle() {
    var sum = 0.0
    for pair in 0..<200 {
      let (a, b) = (direction(.none, .random, axis: 2 * pair), direction(.none, .random, axis: 2 * pair + 1))
      sum += abs(a.dot(b)) / (a.norm * b.norm)
    }
    let wanted = (2 / (Double.pi * Double(layout.count))).squareRoot()
    #expect(abs(sum / 200 - wanted) < 0.2 * wanted)
  }

  @Test("Where the point is nothing, so is its filter's direction")
  func zero() {
    var point = point
    for place in layout.slices[0].filters[1] { point[place] = 0 }
    var stream = Stream(book: 1, run: 2, purpose: .probes(0))
    let direction = randomDirection(from: point, layout, .filter, vectors: .zero, drawing: &stream)
    #expect(layout.slices[0].filters[1].allSatisfy { direction[$0] == 0 })
    #expect(direction.array.allSatisfy { $0.isFinite })
  }
}
