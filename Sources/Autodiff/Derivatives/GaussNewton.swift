import Tensors

/// The product Jv of the Jacobian of some outputs with a direction, as a value of the same trace.
///
/// Jᵀu is linear in u, so the gradient of ⟨Jᵀu, v⟩ with respect to u is Jv and does not depend on u: two reverse passes
/// make a forward one. `placeholder` is an input of the outputs' shape that stands for u; nothing reads it.
func jacobianProduct(
  of outputs: Value, withRespectTo inputs: [Value], along directions: [Value], placeholder: Value
) -> Value {
  let slopes = gradient(of: (outputs * placeholder).sum(), withRespectTo: inputs)
  let terms = zip(slopes, directions).map { ($0 * $1).sum() }
  let along = terms.dropFirst().reduce(terms[0], +)
  return gradient(of: along, withRespectTo: [placeholder])[0]
}

/// The product JᵀHJv of the generalised Gauss-Newton matrix with a direction: J is the Jacobian of the outputs, H the
/// Hessian of the value in the outputs. For cross-entropy over a softmax it is the Fisher matrix. Schraudolph 2002.
func gaussNewtonProduct(
  of value: Value, through outputs: Value, withRespectTo inputs: [Value], along directions: [Value], placeholder: Value
) -> [Value] {
  let moved = jacobianProduct(of: outputs, withRespectTo: inputs, along: directions, placeholder: placeholder)
  let bent = hessianProduct(of: value, withRespectTo: [outputs], along: [moved])[0]
  return gradient(of: (outputs * bent.detached).sum(), withRespectTo: inputs)
}
