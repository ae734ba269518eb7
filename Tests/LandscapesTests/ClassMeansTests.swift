import Autodiff
import Landscapes
import Tensors
import Testing

@Suite struct ClassMeansTests {
  @Test func `Class means are those of the gradients with every wrong label, and make part of the Gauss-Newton matrix`()
    throws
  {
    let reference = curvature["perceptron"]
    let objective = reference.objective(Double.self)
    let point = Vector(reference.point)
    let labels = reference.targets.map { Int($0) }
    let count = point.count
    var outputs = Vector<Double>(zeros: objective.outputCount)
    objective.outputs(at: point, into: &outputs)
    // Papyan's definition, gradient by gradient.
    var gaussNewton = [Double](repeating: 0, count: count * count)
    var wanted = gaussNewton
    for label in 0..<3 {
      var mean = [Double](repeating: 0, count: count)
      var weight = 0.0
      for sample in labels.indices where labels[sample] == label {
        let powers = (0..<3).map { exponential(outputs[sample * 3 + $0]) }
        let chances = powers.map { $0 / powers.reduce(0, +) }
        for k in 0..<3 {
          var direction = Vector<Double>(zeros: objective.outputCount)
          for j in 0..<3 { direction[sample * 3 + j] = chances[j] - (j == k ? 1 : 0) }
          var gradient = Vector<Double>(zeros: count)
          objective.transposedJacobianProduct(at: point, with: direction, into: &gradient)
          let share = chances[k] / Double(labels.count)
          for i in 0..<count { for j in 0..<count { gaussNewton[i * count + j] += share * gradient[i] * gradient[j] } }
          guard k != label else { continue }
          weight += share
          for i in 0..<count { mean[i] += share * gradient[i] }
        }
      }
      guard weight > 0 else { continue }
      for i in 0..<count { for j in 0..<count { wanted[i * count + j] += mean[i] * mean[j] / weight } }
    }
    #expect(relativeError(objective.gaussNewtonMatrix(at: point).elements, gaussNewton) < 1e-12)
    let found = try ClassMeans(of: objective, at: point, labels: labels)
    let dense = try #require(Matrix(rows: count, columns: count, wanted).symmetricEigen())
    for (k, value) in found.eigenvalues.enumerated() { #expect(abs(value - dense.values[count - 1 - k]) < 1e-12) }
    for (k, vector) in found.vectors.enumerated() {
      let image = LinearOperator(Matrix(rows: count, columns: count, wanted)).times(vector.array)
      #expect(relativeError(image, vector.array.map { $0 * found.eigenvalues[k] }) < 1e-8)
      #expect(abs(found.share(of: vector) - 1) < 1e-10)
    }
    // What is left over scatters about the means: nothing negative.
    let rest = Matrix(rows: count, columns: count, zip(gaussNewton, wanted).map { $0 - $1 })
    #expect(try #require(rest.symmetricEigen()).values[0] > -1e-12)
  }

  @Test func `Without labels there are no classes`() {
    let reference = curvature["squares"]
    #expect(throws: LandscapeError.self) {
      try ClassMeans(of: reference.objective(Double.self), at: Vector(reference.point), labels: [0, 0, 0, 0, 0])
    }
  }
}
