public import Autodiff
public import Tensors

/// A rule that treats each slice of the parameters (a matrix, a filter bank, a bias) as a whole, by its norm, its rows
/// and columns, or matrix products: one gradient a step, then one traced update of all slices that is compiled to a
/// single program over the flat vectors.
public protocol SlicewiseRule: Rule {
  var learningRate: Double { get }
  /// What is remembered for a slice.
  func memory(of slice: ParameterLayout.Slice, in layout: ParameterLayout) -> [StateArray]
  /// Numbers that change from step to step, for step `step` counted from 1.
  func scalars(step: Int, learningRate: Double) -> [Double]
  /// The update of a slice: parameters, gradient, the slice's state and this step's scalars in; parameters and state
  /// out. Parameters and gradient come in the slice's shape.
  func update(
    _ w: Value, _ g: Value, _ state: [Value], _ scalars: [Value], of slice: ParameterLayout.Slice,
    in layout: ParameterLayout
  ) -> (w: Value, state: [Value])
}

extension SlicewiseRule {
  public func makeOptimizer<Element: Scalar>(
    for layout: ParameterLayout, precision: Element.Type
  ) -> any Optimizer<Element> {
    var memory = StateLayout()
    let places = places(in: layout, &memory)
    return TracedOptimizer(
      update: tracedUpdate(of: layout, places, precision: precision), memory: memory, count: layout.count,
      learningRate: learningRate, scalars: scalars)
  }

  /// Where each slice's state lies.
  func places(in layout: ParameterLayout, _ memory: inout StateLayout) -> [[StateLayout.Place]] {
    var places: [[StateLayout.Place]] = []
    for slice in layout.slices { places.append(self.memory(of: slice, in: layout).map { memory.append($0) }) }
    return places
  }

  func tracedUpdate<Element: Scalar>(
    of layout: ParameterLayout, _ places: [[StateLayout.Place]], precision: Element.Type
  ) -> TracedUpdate<Element> {
    TracedUpdate(scalars: scalars(step: 1, learningRate: learningRate).count) { trace in
      for (slice, places) in zip(layout.slices, places) {
        let (w, g) = (trace.point(at: slice.offset, slice.shape), trace.gradient(at: slice.offset, slice.shape))
        let (next, state) = self.update(w, g, places.map(trace.state), trace.scalars, of: slice, in: layout)
        trace.move(w, to: next, at: slice.offset, gradient: g)
        for (place, value) in zip(places, state) { trace.remember(value, at: place) }
      }
    }
  }
}

extension ParameterLayout.Slice {
  /// The slice as a matrix of one row a filter, `[O, I]` or `[O, C·k²]`; `nil` for vectors and numbers.
  public var matrixShape: Shape? { shape.rank < 2 ? nil : [shape[0], shape.count / max(1, shape[0])] }
}

extension Value {
  /// The Euclidean length of all elements.
  var norm: Value { squared.sum().squareRoot }
  /// √(mean of the squares).
  var rootMeanSquare: Value { squared.mean().squareRoot }
}

/// a / b, but 1 where either is 0: the ratio of two norms that leaves a fresh bias or a zero gradient alone.
func trustRatio(_ a: Value, _ b: Value) -> Value {
  let one = a.trace.constant(1)
  let divisor = b.selected(where: b, else: one)
  return (a / divisor).selected(where: a.step * b.step, else: one)
}
