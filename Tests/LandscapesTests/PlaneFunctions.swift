import Autodiff
import Tensors

/// A function of the plane as an objective.
func plane(_ function: @escaping @Sendable (Value, Value) -> Value) -> TracedObjective<Double> {
  var layout = ParameterLayout()
  layout.append("x", .scalar, role: .coordinate, layer: 1)
  layout.append("y", .scalar, role: .coordinate, layer: 1)
  return TracedObjective(
    TracedFunction(layout: layout) { a in TracedFunction.Result(value: function(a.parameters[0], a.parameters[1])) })
}

@Sendable func himmelblau(_ x: Value, _ y: Value) -> Value {
  (x.squared + y - 11).squared + (x + y.squared - 7).squared
}
