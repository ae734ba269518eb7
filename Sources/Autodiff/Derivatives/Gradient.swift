import Tensors

/// The gradient of a scalar with respect to other values of its trace, as values of the same trace: differentiate it
/// again for Hessian-vector products and beyond.
///
/// Reverse accumulation: cotangents flow from `output` back to its inputs, each primitive giving its inputs' share in
/// terms of the same primitives. Linnainmaa 1970; Griewank & Walther 2008.
///
/// - Parameter segments: cuts the forward pass into this many parts of which the backward pass computes all but the last
///   once more instead of keeping them; 0 cuts it into the square root of its layers. See `Checkpointing`.
/// - Precondition: `output` is a scalar.
public func gradient(of output: Value, withRespectTo inputs: [Value], segments: Int = 1) -> [Value] {
  precondition(output.shape == .scalar, "only a scalar has a gradient; this is \(output.shape)")
  let trace = output.trace
  let wanted = Set(inputs.map(\.id))
  // Only nodes that an input reaches carry a cotangent.
  var depends = [Bool](repeating: false, count: output.id + 1)
  for id in 0...output.id { depends[id] = wanted.contains(id) || trace.nodes[id].inputs.contains { depends[$0] } }
  let checkpointing =
    segments == 1 ? nil : Checkpointing(trace, output: output.id, depends: depends, segments: segments)
  var segment: Range<Int>?
  var copies: [Int: Value] = [:]
  var cotangents: [Int: Value] = [output.id: trace.constant(1)]
  for id in stride(from: output.id, through: 0, by: -1) {
    guard let cotangent = cotangents[id], depends[id] else { continue }
    if let next = checkpointing?.segment(of: id), next != segment {
      segment = next
      copies = Checkpointing.again(next, of: trace) { depends[$0] }
    }
    let value = copies[id] ?? Value(trace: trace, id: id)
    let node = trace.nodes[id]
    for (input, share) in zip(node.inputs, shares(of: value, cotangent)) where depends[input] {
      guard let share = share() else { continue }
      cotangents[input] = cotangents[input].map { $0 + share } ?? share
    }
  }
  return inputs.map { cotangents[$0.id] ?? trace.constant(0).broadcast(to: $0.shape) }
}

/// The product of the Hessian of a scalar with a direction: the gradient of ⟨gradient, direction⟩.
///
/// `inputs` and `directions` are slices of the parameters and of the direction, of equal shapes. Pearlmutter 1994.
public func hessianProduct(of output: Value, withRespectTo inputs: [Value], along directions: [Value]) -> [Value] {
  let slopes = gradient(of: output, withRespectTo: inputs)
  let terms = zip(slopes, directions).map { ($0 * $1.detached).sum() }
  let along = terms.dropFirst().reduce(terms[0], +)
  return gradient(of: along, withRespectTo: inputs)
}
