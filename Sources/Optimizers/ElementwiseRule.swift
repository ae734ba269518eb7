public import Autodiff
public import Tensors

/// A rule that treats every parameter alike and by itself: one gradient a step, then one traced update that is compiled
/// to a single pass over the flat vectors.
public protocol ElementwiseRule: Rule {
  /// What each remembered vector starts at; each is as long as the parameters.
  var stateVectors: [Double] { get }
  /// What single numbers that are remembered besides start at: a running product, a sum of weights.
  var stateNumbers: [Double] { get }
  var learningRate: Double { get }
  /// Numbers that change from step to step (a learning rate, a bias correction), for step `step` counted from 1.
  func scalars(step: Int, learningRate: Double) -> [Double]
  /// The update: parameters, gradient, state (vectors, then numbers) and this step's scalars in; parameters and state
  /// out.
  func update(_ w: Value, _ g: Value, _ state: [Value], _ scalars: [Value]) -> (w: Value, state: [Value])
  /// Where the model is to be judged, when that is not where it is trained.
  func evaluationPoint(_ w: Value, _ state: [Value]) -> Value?
}

extension ElementwiseRule {
  public var stateVectors: [Double] { [] }
  public var stateNumbers: [Double] { [] }
  public func evaluationPoint(_ w: Value, _ state: [Value]) -> Value? { nil }

  public func makeOptimizer<Element: Scalar>(
    for layout: ParameterLayout, precision: Element.Type
  ) -> any Optimizer<Element> {
    let shape: Shape = [layout.count]
    var memory = StateLayout()
    let places =
      stateVectors.map { memory.append(StateArray(shape, start: $0)) }
      + stateNumbers.map { memory.append(StateArray(.scalar, start: $0)) }
    let scalarCount = scalars(step: 1, learningRate: learningRate).count
    let update = TracedUpdate<Element>(scalars: scalarCount) { trace in
      let (w, g) = (trace.point(at: 0, shape), trace.gradient(at: 0, shape))
      let (next, state) = self.update(w, g, places.map(trace.state), trace.scalars)
      trace.move(w, to: next, at: 0, gradient: g)
      for (place, value) in zip(places, state) { trace.remember(value, at: place) }
    }
    // A rule that judges the model where it trains it traces nothing here.
    let judging = TracedUpdate<Element>(scalars: 0) { trace in
      let w = trace.point(at: 0, shape)
      if let here = evaluationPoint(w, places.map(trace.state)) { trace.move(w, to: here, at: 0) }
    }
    return TracedOptimizer(
      update: update, judging: judging, memory: memory, count: layout.count, learningRate: learningRate,
      scalars: scalars)
  }
}

/// xⁿ for a whole n ≥ 0, by squaring: the same bits everywhere.
func power(_ x: Double, _ n: Int) -> Double {
  var result = 1.0
  var base = x
  var rest = n
  while rest > 0 {
    if rest & 1 == 1 { result *= base }
    base *= base
    rest >>= 1
  }
  return result
}
