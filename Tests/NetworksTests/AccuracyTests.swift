import Autodiff
import Networks
import Tensors
import Testing

struct AccuracyTests {
  @Test("Of several greatest scores the first counts, and correct answers add up over a batch's samples")
  func ties() {
    let model = Model.perceptron(inputs: 1, hidden: [], outputs: 3, activation: .relu)
    let objective = TracedObjective<Double>(model.training(with: .crossEntropy))
    objective.set([Vector([1, 2, 3, 4]), Vector([0, 1, 0, 2])], samples: 4)
    func correct(_ biases: [Double]) -> Double {
      var point = Vector<Double>(zeros: 6)
      point.replace(from: 3, with: biases)
      _ = objective.value(at: point)
      return objective.measures[0]
    }
    #expect(correct([0, 0, 0]) == 2)
    #expect(correct([0, 1, 1]) == 1)
    #expect(correct([0, 0, 1]) == 1)
    #expect(correct([1, 0, 1]) == 2)
  }
}
