import Autodiff
import Dispatch
import Tensors
import Testing

struct ShardedObjectiveTests {
  /// The mean over samples of (tanh(w·x)·n)², n dropout in train mode.
  private var function: TracedFunction {
    var layout = ParameterLayout()
    layout.append("w", [3], role: .weight, layer: 1)
    return TracedFunction(
      layout: layout, noise: [Noise("n", count: 3, .dropout(rate: 0.3))], data: { [[$0, 3]] },
      body: { a in
        let y = (a.parameters[0] * a.data[0]).tanh
        let kept = a.mode == .train ? y * a.noise[0] : y
        return TracedFunction.Result(
          value: kept.squared.mean(), measures: [kept.isGreater(than: kept.trace.constant(0.1)).sum()])
      })
  }
  private let point: Vector<Double> = Vector([1, -2, 0.5])
  private let threads = Parallel(workers: 3) { count, body in
    DispatchQueue.concurrentPerform(iterations: count) { body($0) }
  }

  private struct Seen: Equatable {
    var value: Double
    var measures: [Double]
    var gradient: Vector<Double>
    var product: Vector<Double>
  }

  private func evaluate(shards: Int, _ parallel: Parallel = .serial, samples: Int = 7) -> Seen {
    let objective = ShardedObjective<Double>(function, shards: shards, parallel: parallel)
    objective.mode = .train
    objective.noise = NoiseKey(step: 3)
    objective.refill(counts: [samples * 3], samples: samples) { data in
      for index in 0..<samples * 3 { data[0][index] = Double((index * 37) % 19) / 10 - 0.9 }
    }
    var gradient = Vector<Double>(zeros: 3)
    var product = gradient
    let value = objective.gradient(at: point, into: &gradient)
    objective.hessianProduct(
      at: point, with: Vector([0.3, 0.2, -1]), into: &product, samePoint: false)
    #expect(abs(objective.value(at: point) - value) < 1e-15)
    return Seen(value: value, measures: objective.measures, gradient: gradient, product: product)
  }

  @Test("Shards add up to the whole batch, noise and all, to rounding", arguments: [2, 3, 7, 20])
  func sums(_ shards: Int) {
    let (whole, parts) = (evaluate(shards: 1), evaluate(shards: shards))
    #expect(abs(whole.value - parts.value) < 1e-14)
    #expect(whole.measures == parts.measures)
    for index in 0..<3 {
      #expect(abs(whole.gradient[index] - parts.gradient[index]) < 1e-14)
      #expect(abs(whole.product[index] - parts.product[index]) < 1e-14)
    }
  }

  @Test("Not a bit depends on the number of workers", arguments: [1, 3, 5])
  func workers(_ shards: Int) {
    #expect(evaluate(shards: shards) == evaluate(shards: shards, threads))
  }

  @Test("A batch smaller than the shards uses as many as it has samples")
  func few() { #expect(abs(evaluate(shards: 4, samples: 2).value - evaluate(shards: 1, samples: 2).value) < 1e-15) }
}
