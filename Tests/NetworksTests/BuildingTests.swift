import Autodiff
import Networks
import Tensors
import Testing

struct BuildingTests {
  @Test("Slices know where they stand: first and last layer, and their place in a residual branch")
  func places() throws {
    let branch = Chain([LayerNorm(), Linear(units: 8), Linear(units: 6)])
    let model = try Model.chain(
      "net",
      [Linear(units: 6), Residual(branch, multiplier: true), Residual(branch), Linear(units: 2)], inputShape: [3],
      outputs: 2)
    let slices = Dictionary(uniqueKeysWithValues: model.layout.slices.map { ($0.name, $0) })
    #expect(slices["linear-1.weight"]?.location == .input)
    #expect(slices["linear-1.bias"]?.location == .input)
    #expect(slices["linear-2.weight"]?.location == .hidden)
    #expect(slices["layer-norm-1.weight"]?.location == .hidden)
    #expect(slices["linear-6.bias"]?.location == .output)
    #expect(model.layout.weights.map(\.layer) == [1, 2, 3, 4, 5, 6])
    #expect(slices["linear-1.weight"]?.branch == nil)
    #expect(slices["linear-3.weight"]?.branch == ParameterLayout.Branch(number: 1, count: 2, layer: 2, length: 2))
    #expect(slices["linear-4.bias"]?.branch == ParameterLayout.Branch(number: 2, count: 2, layer: 1, length: 2))
    #expect(slices["residual-1.multiplier"]?.branch?.number == 1)
    #expect(slices["residual-1.multiplier"]?.role == .multiplier)
    #expect(slices["residual-2.multiplier"] == nil)
  }

  @Test("Layers that do not fit say which they are and give both shapes")
  func misfits() {
    func misfit(_ layers: [any Layer], inputShape: Shape = [3]) -> Misfit? {
      do {
        _ = try Model.chain("net", layers, inputShape: inputShape, outputs: 2)
        return nil
      } catch { return error as? Misfit }
    }
    let inner = misfit([Linear(units: 6), Residual(Chain([Linear(units: 6), Linear(units: 5)]))])
    #expect(inner?.path == [1])
    #expect(inner?.message == "a branch adds to what passes it by: 5 numbers cannot be added to 6 numbers")
    let image = misfit([Linear(units: 2)], inputShape: [3, 8, 9])
    #expect(image?.message.contains("a 8×9 image with 3 channels") == true)
    #expect(image?.path == [0])
    let end = misfit([Linear(units: 3)])
    #expect(end?.path == [])
    #expect(end?.message == "the network gives 3 numbers, but the data ask for 2 numbers a sample")
    #expect(misfit([Linear(units: 2)]) == nil)
  }
}
