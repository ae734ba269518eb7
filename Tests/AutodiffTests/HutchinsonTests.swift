import Autodiff
import Tensors
import Testing

struct HutchinsonTests {
  private let matrix = [[2.0, -1, 0.5], [-1, 1, 0.25], [0.5, 0.25, -3]]

  private var objective: TracedObjective<Double> {
    var layout = ParameterLayout()
    layout.append("x", [3, 1], role: .coordinate, layer: 1)
    return TracedObjective(
      TracedFunction(layout: layout) { [matrix] arguments in
        let p = arguments.parameters
        let a = p[0].trace.constant(matrix.flatMap { $0 }, shape: [3, 3])
        return TracedFunction.Result(value: 0.5 * (p[0] * a.product(p[0])).sum())
      })
  }

  @Test(
    "z ⊙ Hz is unbiased with variance Σ_{j≠i} H_ij², and 2H_ii² more for Gaussian probes",
    arguments: ProbeDistribution.allCases)
  func moments(_ distribution: ProbeDistribution) {
    let objective = self.objective
    let point = Vector([0.0, 0, 0])
    var stream = Stream(book: 1, run: 1, purpose: .probes(1))
    let draws = 20_000
    var mean = [0.0, 0, 0]
    var square = mean
    for _ in 0..<draws {
      let sample = objective.hessianDiagonal(at: point, probes: 1, of: distribution, from: &stream)
      for i in 0..<3 {
        mean[i] += sample[i] / Double(draws)
        square[i] += sample[i] * sample[i] / Double(draws)
      }
    }
    for i in 0..<3 {
      let off = (0..<3).reduce(0) { $0 + ($1 == i ? 0 : matrix[i][$1] * matrix[i][$1]) }
      let variance = off + (distribution == .gaussian ? 2 * matrix[i][i] * matrix[i][i] : 0)
      #expect(abs(mean[i] - matrix[i][i]) < 5 * (variance / Double(draws)).squareRoot())
      // The variance of a variance: fourth moments of these forms stay below 60 squared variances.
      #expect(abs(square[i] - mean[i] * mean[i] - variance) < 5 * variance * (60 / Double(draws)).squareRoot())
    }
  }

  @Test("Rademacher probes are exact on a diagonal, and the mean over probes is that of single ones")
  func exact() {
    var layout = ParameterLayout()
    layout.append("x", [3], role: .coordinate, layer: 1)
    let bowl = TracedObjective<Double>(
      TracedFunction(layout: layout) { arguments in
        let p = arguments.parameters
        return TracedFunction.Result(value: (p[0].squared * p[0].trace.constant([1, 2, -4], shape: [3])).sum())
      })
    var stream = Stream(book: 1, run: 1, purpose: .probes(1))
    #expect(
      bowl.hessianDiagonal(at: Vector([1, 2, 3]), probes: 1, of: .rademacher, from: &stream) == [2, 4, -8])
    var first = stream
    let three = objective.hessianDiagonal(at: Vector([0, 0, 0]), probes: 3, of: .gaussian, from: &stream)
    let single = (0..<3).map { _ in
      objective.hessianDiagonal(at: Vector([0, 0, 0]), probes: 1, of: .gaussian, from: &first)
    }
    for i in 0..<3 { #expect(abs(three[i] - single.reduce(0) { $0 + $1[i] } / 3) < 1e-14) }
  }
}
