public import Autodiff
public import Tensors

/// A slice-wise rule that keeps matrices which are made anew from time to time, by eigen-decompositions that no traced
/// code can do. A step observes the gradient, refreshes what is due, and updates.
public protocol RefreshedRule: SlicewiseRule {
  /// What a slice's state becomes when its gradient is seen, before anything is refreshed; `nil` where it stays.
  func observe(_ g: Value, _ state: [Value], of slice: ParameterLayout.Slice) -> [Value?]
  /// Whether step `step`, counted from 1, refreshes.
  func isDue(step: Int) -> Bool
  /// Makes a slice's matrices anew; arrays are its state in order, row-major. What cannot be decomposed stays.
  func refresh(_ arrays: inout [[Double]], of slice: ParameterLayout.Slice, step: Int)
}

extension RefreshedRule {
  public func makeOptimizer<Element: Scalar>(
    for layout: ParameterLayout, precision: Element.Type
  ) -> any Optimizer<Element> {
    var memory = StateLayout()
    let places = places(in: layout, &memory)
    let observation = TracedUpdate<Element>(scalars: 0) { trace in
      for (slice, places) in zip(layout.slices, places) {
        let seen = observe(trace.gradient(at: slice.offset, slice.shape), places.map(trace.state), of: slice)
        for (place, value) in zip(places, seen) { if let value { trace.remember(value, at: place) } }
      }
    }
    let update = tracedUpdate(of: layout, places, precision: precision)
    let slices = Array(zip(layout.slices, places))
    return TracedOptimizer(
      update: update, memory: memory, count: layout.count, learningRate: learningRate, scalars: scalars
    ) { point, gradient, state, step in
      observation.run(&point, &gradient, &state, scalars: [])
      guard isDue(step: step) else { return }
      for (slice, places) in slices where !places.isEmpty {
        var arrays = places.map { state[$0.offset..<$0.offset + $0.shape.count].map(Double.init) }
        refresh(&arrays, of: slice, step: step)
        for (place, array) in zip(places, arrays) {
          state.replace(from: place.offset, with: array.map { Element($0) })
        }
      }
    }
  }
}
