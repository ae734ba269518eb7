public import Autodiff
public import Tensors

/// Adam that keeps its moments in one byte a number, block by block. Dettmers et al. 2022, arXiv:2110.02861.
///
/// A step brings one block after another to full precision, updates it as Adam does, and keeps it again: besides the
/// state, two blocks of scratch. What a step uses is what the last one kept, so errors of keeping stay in the moments
/// and never reach the parameters.
public struct EightBitAdam: Rule {
  public var adam: Adam
  /// Numbers that share a scale.
  public var block: Int

  /// - Precondition: without AMSGrad, whose largest moment would only ever round.
  public init(_ adam: Adam = Adam(), block: Int = 2048) {
    precondition(!adam.amsgrad && block > 0)
    self.adam = adam
    self.block = block
  }

  public func makeOptimizer<Element: Scalar>(
    for layout: ParameterLayout, precision: Element.Type
  ) -> any Optimizer<Element> { EightBitOptimizer<Element>(self, count: layout.count) }
}

/// 8-bit Adam at work: 2 bytes a parameter and 8 a block, rounded up to whole numbers of the vector's type.
private final class EightBitOptimizer<Element: Scalar>: Optimizer {
  private let rule: EightBitAdam
  private let moments: [QuantizedArray]
  private let bytes: Int
  private let update: TracedUpdate<Element>
  private var gradient: Vector<Element>
  // One block of parameters and gradient, and its two moments one after the other.
  private var w: Vector<Element>
  private var g: Vector<Element>
  private var state: Vector<Element>

  init(_ rule: EightBitAdam, count: Int) {
    self.rule = rule
    let blocks = (count + rule.block - 1) / rule.block
    // Bytes of both moments, then scales of both.
    let scales = 2 * count
    moments = [DynamicCode.signed, .unsigned].enumerated().map { index, code in
      QuantizedArray(
        count: count, block: rule.block, code: code, codesAt: index * count, scalesAt: scales + index * 4 * blocks)
    }
    bytes = scales + 8 * blocks
    gradient = Vector(zeros: count)

    let shape: Shape = [min(rule.block, max(1, count))]
    w = Vector(zeros: shape.count)
    g = Vector(zeros: shape.count)
    state = Vector(zeros: 2 * shape.count)
    let places = (0..<2).map { StateLayout.Place(offset: $0 * shape.count, shape: shape) }
    let adam = rule.adam
    update = TracedUpdate(scalars: adam.scalars(step: 1, learningRate: adam.learningRate).count) { trace in
      let (w, g) = (trace.point(at: 0, shape), trace.gradient(at: 0, shape))
      let (next, state) = adam.update(w, g, places.map(trace.state), trace.scalars)
      trace.move(w, to: next, at: 0, gradient: g)
      for (place, value) in zip(places, state) { trace.remember(value, at: place) }
    }
  }

  func start(at point: Vector<Element>) -> OptimizerState<Element> {
    // Every scale is 0, and so is every number, whatever its byte.
    let stride = MemoryLayout<Element>.stride
    return OptimizerState(vectors: Vector(zeros: (bytes + stride - 1) / stride))
  }

  func step(
    _ point: inout Vector<Element>, _ state: inout OptimizerState<Element>, on objective: any Objective<Element>,
    rateFactor: Double
  ) -> StepReport {
    let loss = objective.gradient(at: point, into: &gradient)
    state.steps += 1
    let scalars = rule.adam.scalars(step: state.steps, learningRate: learningRate(rateFactor: rateFactor))
    var squares = (gradient: 0.0, update: 0.0)
    for block in 0..<moments[0].blockCount {
      let range = moments[0].range(of: block)
      if range.count < w.count { clear() }
      w.copy(range.count, from: point, at: range.lowerBound, to: 0)
      g.copy(range.count, from: gradient, at: range.lowerBound, to: 0)
      for (index, moment) in moments.enumerated() {
        moment.decode(block: block, of: state.vectors, into: &self.state, at: index * w.count)
      }
      let norms = update.run(&w, &g, &self.state, scalars: scalars)
      squares.gradient += norms.gradientNorm * norms.gradientNorm
      squares.update += norms.updateNorm * norms.updateNorm
      for (index, moment) in moments.enumerated() {
        moment.encode(block: block, of: &state.vectors, from: self.state, at: index * w.count)
      }
      point.copy(range.count, from: w, at: 0, to: range.lowerBound)
    }
    return StepReport(
      loss: loss, gradientNorm: squares.gradient.squareRoot(), updateNorm: squares.update.squareRoot())
  }

  /// Zeros behind a block that is shorter than the rest: they stay zeros.
  private func clear() {
    for index in w.indices {
      w[index] = 0
      g[index] = 0
    }
    for index in state.indices { state[index] = 0 }
  }

  func learningRate(rateFactor: Double) -> Double { rule.adam.learningRate * rateFactor }
}
