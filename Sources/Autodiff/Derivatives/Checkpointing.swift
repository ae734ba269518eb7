import Tensors

/// A forward pass cut into segments, so that a backward pass keeps only what crosses a cut and computes the rest of
/// each segment again when it gets there: memory of √L layers instead of L for one more forward pass.
/// Griewank 1992; Chen, Xu, Zhang & Guestrin 2016, arXiv:1604.06174.
struct Checkpointing {
  /// Where segments end (exclusive node numbers), ascending. The last segment runs to the output and is kept.
  private(set) var cuts: [Int] = []

  /// Cuts at places where a single value goes on, as close to equal parts as these allow.
  ///
  /// - Parameters:
  ///   - depends: for each node, whether a parameter reaches it.
  ///   - segments: how many parts; 0 for as many as the square root of the number of matrix products.
  init(_ trace: Trace, output: Int, depends: [Bool], segments: Int) {
    var lastUse = [Int](repeating: -1, count: output + 1)
    for id in 0...output { for input in trace.nodes[id].inputs { lastUse[input] = id } }
    // What is computed from parameters counts; parameters themselves are there anyway.
    let counts = (0...output).map { depends[$0] && !trace.nodes[$0].inputs.isEmpty }
    var done = 0
    var amounts: [Int] = []
    var live: Set<Int> = []
    var candidates: [Int] = []
    for id in 0...output {
      live = live.filter { lastUse[$0] > id }
      if counts[id], lastUse[id] > id { live.insert(id) }
      if counts[id] { done += trace.nodes[id].primitive.isView ? 0 : trace.nodes[id].shape.count }
      amounts.append(done)
      if counts[id], live == [id] { candidates.append(id) }
    }
    let products = (0...output).count { counts[$0] && trace.nodes[$0].primitive == .product }
    let parts = segments > 0 ? segments : max(1, Int(Double(products).squareRoot().rounded(.up)))
    for part in stride(from: 1, to: parts, by: 1) {
      let wanted = done * part / parts
      guard let cut = candidates.min(by: { abs(amounts[$0] - wanted) < abs(amounts[$1] - wanted) }) else { break }
      if cut + 1 > cuts.last ?? 0 { cuts.append(cut + 1) }
    }
  }

  /// The segment that a node is in, unless that is the last one.
  func segment(of id: Int) -> Range<Int>? {
    guard let index = cuts.firstIndex(where: { id < $0 }) else { return nil }
    return (index == 0 ? 0 : cuts[index - 1])..<cuts[index]
  }

  /// The nodes of a segment once more, by their numbers, computed from what crosses its beginning.
  static func again(_ segment: Range<Int>, of trace: Trace, where depends: (Int) -> Bool) -> [Int: Value] {
    var copies: [Int: Value] = [:]
    for id in segment where depends(id) && !trace.nodes[id].inputs.isEmpty {
      let node = trace.nodes[id]
      let inputs = node.inputs.map { input -> Value in
        if let copy = copies[input] { return copy }
        let value = Value(trace: trace, id: input)
        return depends(input) && !value.node.inputs.isEmpty ? trace.add(.again, [value], value.shape) : value
      }
      // Something must tell a copy from the original where all it reads is a parameter or data.
      let isNew = inputs.contains { $0.id > segment.upperBound }
      let sources = isNew ? inputs : inputs.map { trace.add(.again, [$0], $0.shape) }
      copies[id] = trace.add(node.primitive, sources, node.shape)
    }
    return copies
  }
}

extension Primitive {
  /// Whether it is another look at the same memory.
  fileprivate var isView: Bool {
    switch self {
    case .broadcast, .reshape, .transpose, .detach, .again: true
    default: false
    }
  }
}
