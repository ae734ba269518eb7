import Autodiff
import Networks
import Tensors
import Testing

struct PruningMaskTests {
  private let layout = Model.perceptron(inputs: 7, hidden: [6, 5, 4, 3], outputs: 2, activation: .relu).layout
  private var parameters: [Double] {
    var stream = Stream(book: 1, run: 1, purpose: .data("test"))
    return stream.normals(layout.count)
  }

  @Test("Of each group of layers exactly the share asked for is left out, and it is the least important")
  func sparsity() {
    let parameters = parameters
    let mask = PruningMask(importance: parameters.map(abs), layout: layout, sparsities: [0.3, 0.5, 0.7])
    for (group, sparsity) in zip(layout.weightsByDepth(3), [0.3, 0.5, 0.7]) {
      let indices = group.flatMap { Array($0.range) }
      let (kept, left) = (indices.filter { mask.keeps[$0] }, indices.filter { !mask.keeps[$0] })
      #expect(left.count == Int((sparsity * Double(indices.count)).rounded()))
      #expect(left.map { abs(parameters[$0]) }.max()! < kept.map { abs(parameters[$0]) }.min()!)
      #expect(group.reduce(0) { $0 + mask.count(leftOutOf: $1) } == left.count)
    }
    for slice in layout.slices where slice.role != .weight { #expect(mask.count(leftOutOf: slice) == 0) }
  }

  @Test("Pruning twice is pruning once, by the same mask or by one made anew")
  func idempotent() {
    var once = parameters
    let mask = PruningMask(importance: once.map(abs), layout: layout, sparsities: [0.6])
    mask.apply(to: &once)
    #expect(once != parameters)
    var twice = once
    mask.apply(to: &twice)
    #expect(twice == once)
    PruningMask(importance: once.map(abs), layout: layout, sparsities: [0.6]).apply(to: &twice)
    #expect(twice == once)
  }

  @Test("Nothing and everything: 0 leaves all weights, 1 none; among equals the first is left out")
  func ends() {
    let equal = [Double](repeating: 1, count: layout.count)
    #expect(PruningMask(importance: equal, layout: layout, sparsities: [0]).keeps.allSatisfy { $0 })
    let none = PruningMask(importance: equal, layout: layout, sparsities: [1])
    for slice in layout.weights { #expect(none.count(leftOutOf: slice) == slice.shape.count) }
    let half = PruningMask(importance: equal, layout: layout, sparsities: [0.5])
    #expect(!half.keeps[0] && half.keeps[layout.weights[4].offset])
  }

  @Test("Layers fall into groups from the input up, each in one")
  func groups() {
    for (groups, sizes) in [(1, [5]), (2, [2, 3]), (3, [1, 2, 2]), (5, [1, 1, 1, 1, 1])] {
      let found = layout.weightsByDepth(groups)
      #expect(found.map(\.count) == sizes)
      #expect(found.joined().map(\.name) == layout.weights.map(\.name))
    }
  }
}
