import Autodiff
import Optimizers
import Tensors
import Testing

/// Rules with eigen-decompositions, by what defines them.
struct RefreshedRuleTests {
  private let layout: ParameterLayout = {
    var layout = ParameterLayout()
    layout.append("w", [3, 5], role: .weight, layer: 1)
    return layout
  }()

  /// A 3×3 and a 5×5 orthogonal matrix.
  private let frames: (u: Matrix, v: Matrix) = {
    var stream = Stream(book: 1, run: 1, purpose: .probes(0))
    func frame(_ size: Int) -> Matrix {
      Matrix(rows: size, columns: size, stream.normals(size * size)).orthonormalFactor().q
    }
    return (frame(3), frame(5))
  }()

  /// Steps with given gradients; the point after each.
  private func points(_ rule: any Rule, _ gradients: [[Double]]) -> [[Double]] {
    var step = 0
    let objective = Scripted(layout: layout) { _ in gradients[step] }
    let optimizer = rule.makeOptimizer(for: layout, precision: Double.self)
    var point = Vector<Double>(zeros: layout.count)
    var state = optimizer.start(at: point)
    return gradients.indices.map { index in
      step = index
      _ = optimizer.step(&point, &state, on: objective, rateFactor: 1)
      return point.array
    }
  }

  /// Three numbers as the diagonal of a 3×5 matrix.
  private func diagonal(_ numbers: [Double]) -> Matrix {
    var matrix = Matrix(rows: 3, columns: 5, Array(repeating: 0, count: 15))
    for (index, number) in numbers.enumerated() { matrix[index, index] = number }
    return matrix
  }

  @Test("Shampoo's first step is the gradient with all singular values 1, whatever they were")
  func firstShampoo() {
    let gradient = frames.u.product(diagonal([5, 0.3, 0.01])).product(frames.v.transposed)
    let wanted = frames.u.product(diagonal([1, 1, 1])).product(frames.v.transposed)
    let ours = points(Shampoo(learningRate: 1, epsilon: 1e-14), [gradient.elements])[0]
    for (a, b) in zip(ours, wanted.elements) { #expect(abs(a + b) < 1e-8) }
  }

  @Test("With gradients of one frame, SOAP is Adam in that frame, one step late")
  func frame() {
    // Magnitudes keep their order, so the averages' eigenvectors stay in place.
    let diagonals = (0..<8).map { step -> [Double] in
      let sizes = [3, -1, 0.2]
      return (0..<3).map { index in
        let wave = Double((step * 7 + index * 3) % 5)
        return sizes[index] * (1 + 0.3 * wave)
      }
    }
    let gradients = diagonals.map {
      frames.u.product(diagonal($0)).product(frames.v.transposed).elements
    }
    let rule = SOAP(
      learningRate: 0.01, beta1: 0.9, beta2: 0.95, epsilon: 1e-3, weightDecay: 0, every: 1)
    let ours = points(rule, gradients)
    #expect(ours[0].allSatisfy { $0 == 0 }, "the first step only looks")

    let adam = Adam(learningRate: 0.01, beta1: 0.9, beta2: 0.95, epsilon: 1e-3)
    let flat = points(adam, diagonals.dropFirst().map { diagonal($0).elements })
    for (ours, flat) in zip(ours.dropFirst(), flat) {
      let wanted = frames.u.product(Matrix(rows: 3, columns: 5, flat)).product(frames.v.transposed)
      for (a, b) in zip(ours, wanted.elements) { #expect(abs(a - b) < 1e-10) }
    }
  }

  @Test("Between refreshes Shampoo's roots stay, and its second moments go on")
  func every() {
    var stream = Stream(book: 1, run: 2, purpose: .probes(0))
    let gradients = (0..<4).map { _ in stream.normals(15) }
    let often = points(Shampoo(every: 1), gradients)
    let seldom = points(Shampoo(every: 3), gradients)
    #expect(often[0] == seldom[0])
    #expect(often[1] != seldom[1])
    // The fourth step refreshes both, from the same moments: the steps themselves agree.
    for index in 0..<15 {
      let step = often[3][index] - often[2][index]
      let other = seldom[3][index] - seldom[2][index]
      #expect(abs(step - other) < 1e-12)
    }
  }

  @Test("State: a moment and a matrix for each side, two vectors more for SOAP, nothing for sides that are too long")
  func bytes() {
    func count(_ rule: any Rule) -> Int {
      rule.makeOptimizer(for: layout, precision: Double.self).start(at: Vector(zeros: 15)).vectors.count
    }
    #expect(count(Shampoo()) == 2 * (9 + 25))
    #expect(count(Shampoo(largest: 4)) == 2 * 9)
    #expect(count(SOAP()) == 2 * 15 + 2 * (9 + 25))
    #expect(count(SOAP(largest: 2)) == 2 * 15)
  }

  @Test("A gradient that left the numbers takes the point along and does not stop the program")
  func divergence() {
    for rule in [Shampoo() as any Rule, SOAP()] {
      let gradient = [Double](repeating: .nan, count: 15)
      let last = points(rule, [gradient, gradient, gradient])[2]
      #expect(!last.allSatisfy { $0.isFinite })
    }
  }
}
