import Autodiff
import Foundation
import Networks
import Optimizers
import Tensors
import Testing

/// Bytes of memory of its own that the process holds, as the kernel counts them: large arrays are mapped one by one.
private func heldBytes() throws -> Int {
  let status = try String(contentsOfFile: "/proc/self/status", encoding: .utf8)
  let line = try #require(status.split(separator: "\n").first { $0.hasPrefix("VmData:") })
  return 1024 * (try #require(Int(line.filter(\.isNumber))))
}

/// In processes of their own, so that nothing else allocates.
@Suite(.enabled(if: FileManager.default.fileExists(atPath: "/proc/self/status"))) struct CountedBytesTests {
  @Test("The bytes that an optimizer's state counts are those that the allocator maps for it")
  func state() async {
    await #expect(processExitsWith: .success) {
      let model = Model.perceptron(inputs: 784, hidden: [4096, 64], outputs: 10, activation: .relu)
      let point = Vector<Float>(zeros: model.layout.count)
      let rules: [(rule: any Rule, vectors: Int)] = [(Lion(), 1), (Adam(), 2)]
      for (rule, vectors) in rules {
        let optimizer = rule.makeOptimizer(for: model.layout, precision: Float.self)
        let before = try heldBytes()
        let state = optimizer.start(at: point)
        let taken = try heldBytes() - before
        #expect(state.bytes == 4 * vectors * model.layout.count)
        #expect(taken >= state.bytes && taken < state.bytes + 100_000, "\(taken), counted \(state.bytes)")
      }
    }
  }

  @Test("The bytes that a gradient counts for its activations are those that the allocator maps for them")
  func activations() async {
    await #expect(processExitsWith: .success) {
      let model = Model.perceptron(inputs: 784, hidden: [512, 64], outputs: 10, activation: .gelu)
      let samples = 2000
      let objective = TracedObjective<Float>(model.training(with: .crossEntropy))
      objective.set([Vector(zeros: samples * 784), Vector(zeros: samples)], samples: samples)
      let point = Vector<Float>(zeros: model.layout.count)
      var gradient = Vector<Float>(zeros: model.layout.count)
      let before = try heldBytes()
      _ = objective.gradient(at: point, into: &gradient)
      let taken = try heldBytes() - before
      let counted = objective.gradientBytes
      // At least what a sample leaves behind on its way.
      #expect(counted >= 4 * samples * (512 + 64 + 10))
      #expect(taken >= counted && taken < counted + counted / 20, "\(taken), counted \(counted)")
      // Another gradient takes nothing.
      _ = objective.gradient(at: point, into: &gradient)
      #expect(try heldBytes() - before == taken)
    }
  }
}
