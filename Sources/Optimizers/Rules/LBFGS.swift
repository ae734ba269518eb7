public import Autodiff
public import Tensors

/// L-BFGS: the direction −Hg with the inverse Hessian H that the last few steps and gradient changes suggest, by the
/// two-loop recursion, and a step length by a line search for the strong Wolfe conditions. Nocedal 1980; Liu & Nocedal
/// 1989.
///
/// One step here is one iteration of PyTorch's LBFGS, whose first step length, curvature condition (yᵀs > 10⁻¹⁰) and line
/// search these are. Gradients of different batches do not tell curvature: train on full batches.
public struct LBFGS: Rule {
  public var learningRate: Double
  public var history: Int
  public var searchesLine: Bool

  /// - Parameter learningRate: the first step length that the line search tries.
  /// - Precondition: `history` is positive.
  public init(learningRate: Double = 1, history: Int = 10, searchesLine: Bool = true) {
    precondition(history > 0)
    self.learningRate = learningRate
    self.history = history
    self.searchesLine = searchesLine
  }

  public func makeOptimizer<Element: Scalar>(
    for layout: ParameterLayout, precision: Element.Type
  ) -> any Optimizer<Element> { QuasiNewtonOptimizer<Element>(self, count: layout.count) }
}

private final class QuasiNewtonOptimizer<Element: Scalar>: Optimizer {
  private let rule: LBFGS
  private let n: Int
  private var gradient: Vector<Element>
  private var trialGradient: Vector<Element>
  private var change: Vector<Element>
  private var direction: Vector<Element>
  private let memory: Memory

  /// Where things lie in the state: the last gradient, the last step, the steps s, the gradient changes y (both in a ring),
  /// 1/yᵀs of each, then the number of pairs, the oldest pair's place, and the scale of H.
  private struct Memory {
    let n: Int
    let history: Int
    var lastStep: Int { n }
    func step(_ pair: Int) -> Int { (2 + pair) * n }
    func change(_ pair: Int) -> Int { (2 + history + pair) * n }
    func inverse(_ pair: Int) -> Int { (2 + 2 * history) * n + pair }
    var pairs: Int { inverse(history) }
    var oldest: Int { pairs + 1 }
    var scale: Int { pairs + 2 }
    var count: Int { pairs + 3 }
  }

  init(_ rule: LBFGS, count: Int) {
    self.rule = rule
    n = count
    memory = Memory(n: count, history: rule.history)
    gradient = Vector(zeros: count)
    trialGradient = Vector(zeros: count)
    change = Vector(zeros: count)
    direction = Vector(zeros: count)
  }

  func start(at point: Vector<Element>) -> OptimizerState<Element> {
    OptimizerState(vectors: Vector(zeros: memory.count))
  }

  func step(
    _ point: inout Vector<Element>, _ state: inout OptimizerState<Element>, on objective: any Objective<Element>,
    rateFactor: Double
  ) -> StepReport {
    let loss = objective.gradient(at: point, into: &gradient)
    let norm = gradient.norm
    state.steps += 1
    let stays = StepReport(loss: loss, gradientNorm: norm, updateNorm: 0)
    let rate = rule.learningRate * rateFactor
    guard norm > 0, rate > 0, loss.isFinite else { return stays }
    var length = rate
    if state.steps == 1 {
      // Steepest descent, no further than the gradient's own 1-norm allows.
      state.vectors[memory.scale] = 1
      let sum = gradient.array.reduce(0) { $0 + abs(Double($1)) }
      length = min(1, 1 / sum) * rate
    } else {
      remember(&state.vectors)
    }
    direct(state.vectors)
    let slope = gradient.dot(direction)
    state.vectors.copy(n, from: gradient, at: 0, to: 0)
    if slope > -1e-9 {
      // No way down: what follows remembers no step.
      for index in memory.lastStep..<memory.lastStep + n { state.vectors[index] = 0 }
      return stays
    }
    if rule.searchesLine {
      let largest = direction.array.reduce(0) { max($0, abs(Double($1))) }
      length = strongWolfe(from: length, loss: loss, slope: slope, tolerance: 1e-9 / max(largest, 1e-300)) { trial in
        var there = point
        there.add(trial, times: direction)
        let value = objective.gradient(at: there, into: &trialGradient)
        return (value, trialGradient.dot(direction))
      }
    }
    direction.scale(by: length)
    state.vectors.copy(n, from: direction, at: 0, to: memory.lastStep)
    point.add(1, times: direction)
    return StepReport(loss: loss, gradientNorm: norm, updateNorm: direction.norm)
  }

  /// Keeps the last step and the change of the gradient over it, if they say the function bends upwards.
  private func remember(_ vectors: inout Vector<Element>) {
    change.copy(n, from: gradient, at: 0, to: 0)
    change.add(-1, times: vectors, at: 0, n, to: 0)
    let bend = change.dot(n, at: 0, with: vectors, at: memory.lastStep)
    guard bend > 1e-10 else { return }
    var pairs = Int(vectors[memory.pairs])
    var oldest = Int(vectors[memory.oldest])
    let place: Int
    if pairs == rule.history {
      place = oldest
      oldest = (oldest + 1) % rule.history
    } else {
      place = pairs
      pairs += 1
    }
    direction.copy(n, from: vectors, at: memory.lastStep, to: 0)
    vectors.copy(n, from: direction, at: 0, to: memory.step(place))
    vectors.copy(n, from: change, at: 0, to: memory.change(place))
    vectors[memory.inverse(place)] = Element(1 / bend)
    vectors[memory.scale] = Element(bend / change.dot(change))
    vectors[memory.pairs] = Element(pairs)
    vectors[memory.oldest] = Element(oldest)
  }

  /// −Hg by the two-loop recursion.
  private func direct(_ vectors: Vector<Element>) {
    let pairs = Int(vectors[memory.pairs])
    let order = (0..<pairs).map { (Int(vectors[memory.oldest]) + $0) % rule.history }
    direction.copy(n, from: gradient, at: 0, to: 0)
    direction.scale(by: -1)
    var weights = [Double](repeating: 0, count: rule.history)
    for pair in order.reversed() {
      weights[pair] =
        direction.dot(n, at: 0, with: vectors, at: memory.step(pair)) * Double(vectors[memory.inverse(pair)])
      direction.add(-weights[pair], times: vectors, at: memory.change(pair), n, to: 0)
    }
    direction.scale(by: Double(vectors[memory.scale]))
    for pair in order {
      let weight =
        direction.dot(n, at: 0, with: vectors, at: memory.change(pair)) * Double(vectors[memory.inverse(pair)])
      direction.add(weights[pair] - weight, times: vectors, at: memory.step(pair), n, to: 0)
    }
  }

  /// With a line search the rate is where it starts, not what a step uses.
  func learningRate(rateFactor: Double) -> Double { rule.searchesLine ? .nan : rule.learningRate * rateFactor }
}
