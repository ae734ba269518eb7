import Autodiff
import Optimizers
import Tensors
import Testing

import func Glibc.acos
import func Glibc.cos
import func Glibc.sin

struct MomentumTests {
  @Test("On a quadratic the heavy ball's error is a power of its iteration matrix, coordinate by coordinate")
  func iterationMatrix() {
    // v ← μv + cx, x ← x − ηv: (x, v) ← [[1 − ηc, −ημ], [c, μ]] (x, v). Eigenvalues λ have λ² − (1+μ−ηc)λ + μ = 0.
    let (rate, momentum) = (0.1, 0.8)
    let curvatures = [0.02, 3.0]
    let objective = Scripted(count: 2) { x in [curvatures[0] * x[0], curvatures[1] * x[1]] }
    let optimizer = SGD(learningRate: rate, momentum: momentum).makeOptimizer(
      for: objective.layout, precision: Double.self)
    var point = Vector([1.0, 1.0])
    var state = optimizer.start(at: point)
    for _ in 0..<40 { _ = optimizer.step(&point, &state, on: objective, rateFactor: 1) }

    for (index, c) in curvatures.enumerated() {
      let sum = 1 + momentum - rate * c
      let discriminant = sum * sum - 4 * momentum
      // x_t solves the recurrence x_{t+1} = sum·x_t − μ·x_{t−1} from x₀ = 1, x₁ = 1 − ηc.
      let (first, t) = (1 - rate * c, 40.0)
      let wanted: Double
      if discriminant > 0 {
        let (p, q) = ((sum + discriminant.squareRoot()) / 2, (sum - discriminant.squareRoot()) / 2)
        wanted = ((first - q) * power(p, 40) - (first - p) * power(q, 40)) / (p - q)
      } else {
        // Complex eigenvalues √μ·e^(±iθ): the error turns and shrinks by √μ a step.
        let radius = momentum.squareRoot()
        let angle = acos(sum / (2 * radius))
        wanted =
          power(radius, 40) * (cos(t * angle) + (first - radius * cos(angle)) / (radius * sin(angle)) * sin(t * angle))
      }
      #expect(abs(point[index] - wanted) < 1e-12)
    }
  }

  private func power(_ x: Double, _ n: Int) -> Double { (0..<n).reduce(1) { result, _ in result * x } }
}
