import Autodiff
import Tensors
import Testing

/// What an objective's setting does: mode, buffers, noise.
struct SettingTests {
  /// Σ over samples and columns of (w·x·n)², n uniform noise on [1, 3] in train mode and 2 in eval mode; a buffer that
  /// follows the mean of x.
  private var function: TracedFunction {
    var layout = ParameterLayout()
    layout.append("w", [3], role: .weight, layer: 1)
    var buffers = ParameterLayout()
    buffers.append("mean", [1], role: .mean, layer: 1)
    buffers.append("variance", [1], role: .variance, layer: 1)
    return TracedFunction(
      layout: layout, buffers: buffers, noise: [Noise("n", count: 3, .uniform(from: 1, to: 3))],
      data: { [[$0, 3]] },
      body: { a in
        let x = a.data[0]
        let scaled = a.parameters[0] * x * (a.mode == .train ? a.noise[0] : x.trace.constant(2).broadcast(to: x.shape))
        let mean = x.mean().reshaped([1])
        return TracedFunction.Result(
          value: (scaled.squared + a.buffers[0]).sum(), outputs: scaled,
          buffers: a.mode == .train ? [0.5 * a.buffers[0] + 0.5 * mean, a.buffers[1]] : [])
      })
  }
  private let point: Vector<Double> = Vector([1, -2, 0.5])
  private let batch: Vector<Double> = Vector([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12])

  private func objective(_ samples: Range<Int>, mode: TracedFunction.Mode = .train) -> TracedObjective<Double> {
    let objective = TracedObjective<Double>(function)
    objective.mode = mode
    objective.firstSample = samples.lowerBound
    objective.set([Vector(batch[samples.lowerBound * 3..<samples.upperBound * 3])], samples: samples.count)
    return objective
  }

  @Test("Buffers start as declared; only a gradient in train mode moves them")
  func buffers() {
    let objective = objective(0..<4)
    var scratch = Vector<Double>(zeros: 3)
    #expect(objective.buffers.array == [0, 1])
    _ = objective.value(at: point)
    objective.hessianProduct(at: point, with: point, into: &scratch, samePoint: false)
    #expect(objective.buffers.array == [0, 1])
    _ = objective.gradient(at: point, into: &scratch)
    #expect(objective.buffers.array == [3.25, 1])
    _ = objective.gradient(at: point, into: &scratch)
    #expect(objective.buffers.array == [4.875, 1])
    objective.mode = .eval
    _ = objective.gradient(at: point, into: &scratch)
    #expect(objective.buffers.array == [4.875, 1])
    // Σ 4·w²x² by columns, and the buffer on each of twelve summands.
    let squares: [Double] = [166, 214, 270]
    let wanted = 4 * squares[0] + 16 * squares[1] + squares[2] + 12 * 4.875
    #expect(abs(objective.value(at: point) - wanted) < 1e-9)
  }

  @Test("Noise is held until its key changes, and the same key gives the same noise")
  func held() {
    let objective = objective(0..<4)
    let first = objective.value(at: point)
    #expect(objective.value(at: point) == first)
    for key in [NoiseKey(step: 1), NoiseKey(run: 1), NoiseKey(book: 1)] {
      objective.noise = key
      #expect(objective.value(at: point) != first)
    }
    objective.noise = NoiseKey()
    #expect(objective.value(at: point) == first)
  }

  @Test("Part of a batch sees the noise that the whole batch sees")
  func parts() {
    var whole = Vector<Double>(zeros: 12)
    objective(0..<4).outputs(at: point, into: &whole)
    for samples in [0..<1, 1..<4, 2..<3] {
      var part = Vector<Double>(zeros: samples.count * 3)
      objective(samples).outputs(at: point, into: &part)
      #expect(part.array == whole[samples.lowerBound * 3..<samples.upperBound * 3])
    }
  }

  @Test("A Hessian product in train mode sees the noise of the gradient beside it", arguments: [false, true])
  func curvature(_ samePoint: Bool) {
    let objective = objective(0..<4)
    var gradient = Vector<Double>(zeros: 3)
    var product = Vector<Double>(zeros: 3)
    objective.hessianProduct(at: point, with: point, into: &product, samePoint: false)
    if samePoint { objective.hessianProduct(at: point, with: point, into: &product, samePoint: true) }
    _ = objective.gradient(at: point, into: &gradient)
    // The function is homogeneous of degree 2 but for a constant, so H·w is the gradient.
    for index in 0..<3 { #expect(abs(product[index] - gradient[index]) < 1e-9 * abs(gradient[index])) }
  }

  @Test("Random numbers of an array: dropout keeps its share and its mean, uniform its interval and mean")
  func arrays() {
    var values = Vector<Float>(zeros: 40_000)
    let stream = Stream(book: 1, run: 1, purpose: .noise(layer: "x", step: 1))
    values.fill(.dropout(rate: 0.25), perSample: 100, samples: 0..<400, from: stream)
    let kept = values.array.count { $0 != 0 }
    // Four standard errors of a share of 40,000.
    #expect(abs(Double(kept) / 40_000 - 0.75) < 4 * (0.25 * 0.75 / 40_000).squareRoot())
    #expect(values.array.allSatisfy { $0 == 0 || $0 == 1 / 0.75 })
    values.fill(.uniform(from: 0.125, to: 0.5), perSample: 100, samples: 0..<400, from: stream)
    #expect(values.array.allSatisfy { $0 >= 0.125 && $0 <= 0.5 })
    let mean = values.array.reduce(0.0) { $0 + Double($1) } / 40_000
    #expect(abs(mean - RandomNumbers.uniform(from: 0.125, to: 0.5).mean) < 4 * 0.375 / 12.0.squareRoot() / 200)
    #expect(Set(values[0..<200]).count > 190)
  }
}
