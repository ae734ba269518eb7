import Autodiff
import Landscapes
import Tensors
import Testing

@Suite struct HiddenUnitsTests {
  /// Convolution of 2 channels into 3, normalised; linear over 3 channels of 2 pixels into 4; linear into 2.
  private func chain() -> (ParameterLayout, ParameterLayout) {
    var layout = ParameterLayout()
    layout.append("conv.weight", [3, 2, 1, 2], role: .weight, fanIn: 4, fanOut: 6, layer: 1, filterAxis: 0)
    layout.append("conv.bias", [3], role: .bias, layer: 1)
    layout.append("norm.weight", [3], role: .gain, layer: 1)
    layout.append("slope", .scalar, role: .slope, layer: 1)
    layout.append("linear-1.weight", [4, 6], role: .weight, fanIn: 6, fanOut: 4, layer: 2, filterAxis: 0)
    layout.append("linear-1.bias", [4], role: .bias, layer: 2)
    layout.append("linear-2.weight", [2, 4], role: .weight, fanIn: 4, fanOut: 2, layer: 3, filterAxis: 0)
    var buffers = ParameterLayout()
    buffers.append("norm.mean", [3], role: .mean, layer: 1)
    return (layout, buffers)
  }

  @Test func `Reordering moves a unit's filters, bias, gain and statistics, and the pixels that the next layer reads`()
    throws
  {
    let (layout, buffers) = chain()
    let units = try HiddenUnits(layout, buffers: buffers)
    #expect(units.groups.map(\.count) == [3, 4])
    var parameters = (0..<layout.count).map(Double.init)
    var statistics = [10.0, 20, 30]
    units.reorder(0, by: [2, 0, 1], parameters: &parameters, buffers: &statistics)
    #expect(statistics == [30, 10, 20])
    #expect(Array(parameters[0..<12]) == [8, 9, 10, 11, 0, 1, 2, 3, 4, 5, 6, 7])
    #expect(Array(parameters[12..<19]) == [14, 12, 13, 17, 15, 16, 18])
    #expect(Array(parameters[19..<25]) == [23, 24, 19, 20, 21, 22])
    #expect(Array(parameters[25..<31]) == [29, 30, 25, 26, 27, 28])
    // The last weight and the second bias are other units'.
    #expect(Array(parameters[43...]) == (43..<layout.count).map(Double.init))
  }

  @Test func `A network whose units were shuffled is put in order again, exactly`() throws {
    // Many inputs, by which units are told apart.
    var layout = ParameterLayout()
    layout.append("a.weight", [3, 90], role: .weight, layer: 1)
    layout.append("b.weight", [4, 3], role: .weight, layer: 2)
    layout.append("c.weight", [80, 4], role: .weight, layer: 3)
    var buffers = ParameterLayout()
    buffers.append("mean", [3], role: .mean, layer: 1)
    let units = try HiddenUnits(layout, buffers: buffers)
    var stream = Stream(book: 1, run: 1, purpose: .probes(1))
    let target = stream.normals(layout.count)
    let statistics = stream.normals(3)
    var (shuffled, moved) = (target, statistics)
    units.reorder(0, by: [1, 2, 0], parameters: &shuffled, buffers: &moved)
    units.reorder(1, by: [3, 1, 0, 2], parameters: &shuffled, buffers: &moved)
    let matched = try units.matched(shuffled, buffers: moved, to: target, drawing: &stream)
    #expect(matched.parameters == target && matched.buffers == statistics)
    #expect(matched.orders == [[2, 0, 1], [2, 1, 3, 0]] && matched.rounds > 1)
  }

  @Test func `Matching never moves apart`() throws {
    let (layout, buffers) = chain()
    let units = try HiddenUnits(layout, buffers: buffers)
    var stream = Stream(book: 1, run: 2, purpose: .probes(1))
    func distance(_ a: [Double], _ b: [Double]) -> Double { zip(a, b).reduce(0) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) } }
    for _ in 0..<20 {
      let (a, b) = (stream.normals(layout.count), stream.normals(layout.count))
      let matched = try units.matched(b, buffers: [1, 2, 3], to: a, drawing: &stream)
      #expect(distance(matched.parameters, a) <= distance(b, a) + 1e-12)
    }
  }

  @Test func `What is no chain is refused`() {
    var layout = ParameterLayout()
    layout.append("a.weight", [3, 2], role: .weight, layer: 1)
    layout.append("a.positions", [5, 3], role: .position, layer: 1)
    layout.append("b.weight", [2, 3], role: .weight, layer: 2)
    #expect(throws: LandscapeError.self) { try HiddenUnits(layout, buffers: ParameterLayout()) }
    var grouped = ParameterLayout()
    grouped.append("a.weight", [4, 2, 1, 1], role: .weight, layer: 1)
    grouped.append("b.weight", [4, 2, 1, 1], role: .weight, layer: 2)
    #expect(throws: LandscapeError.self) { try HiddenUnits(grouped, buffers: ParameterLayout()) }
  }
}
