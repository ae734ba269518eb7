public import Tensors

/// A traced function whose batches are split into shards that several workers evaluate side by side.
///
/// The function's value must be a mean over samples: shards are weighted by their sizes and added up in their order, so
/// that nothing depends on the number of workers. With one shard the function is evaluated as it is.
public final class ShardedObjective<Element: Scalar>: Objective {
  /// One shard, which one worker at a time has in hand.
  private final class Shard: @unchecked Sendable {
    let objective: TracedObjective<Element>
    /// A gradient or product, and the value beside it.
    var vector: Vector<Element>
    var value = 0.0

    init(_ objective: TracedObjective<Element>) {
      self.objective = objective
      vector = Vector(zeros: 0)
    }

    func prepare(_ count: Int) { if vector.count != count { vector = Vector(zeros: count) } }
  }
  private struct Compiled {
    var program: Program
    var workspace: Workspace<Element>
  }

  private let shards: [Shard]
  private let parallel: Parallel
  /// Shards that the present batch fills, and their shares of it.
  private var active = 1
  private var weights: Vector<Element>
  private var sums: [Int: Compiled] = [:]
  private var data: [Vector<Element>] = []
  private var samples = 0
  /// What the function observed along with its last value, added up over the shards.
  public private(set) var measures: [Double] = []

  /// - Parameter buffers: where they start; as the function declares when left out.
  public init(
    _ function: TracedFunction, shards: Int, parallel: Parallel = .serial, buffers: Vector<Element>? = nil
  ) {
    precondition(shards > 0)
    self.parallel = parallel
    self.shards = (0..<shards).map { _ in Shard(TracedObjective(function, buffers: buffers)) }
    weights = Vector(zeros: shards)
  }

  public var layout: ParameterLayout { shards[0].objective.layout }
  public var mode: TracedFunction.Mode {
    get { shards[0].objective.mode }
    set { for shard in shards { shard.objective.mode = newValue } }
  }
  public var noise: NoiseKey {
    get { shards[0].objective.noise }
    set { for shard in shards { shard.objective.noise = newValue } }
  }
  /// Running statistics and the like. They must not depend on the batch when there are several shards.
  public var buffers: Vector<Element> {
    get { shards[0].objective.buffers }
    set { for shard in shards { shard.objective.buffers = newValue } }
  }
  /// A whole batch has outputs; its shards do not give theirs.
  public var withOutputs: (any OutputObjective<Element>)? {
    shards.count == 1 ? shards[0].objective.withOutputs : nil
  }

  /// Data that the caller writes in place, batch after batch: vectors of these lengths, row by row of the samples.
  public func refill(counts: [Int], samples: Int, _ body: (inout [Vector<Element>]) -> Void) {
    self.samples = samples
    active = max(1, min(shards.count, samples))
    guard shards.count > 1 else { return shards[0].objective.refill(counts: counts, samples: samples, body) }
    if data.map(\.count) != counts { data = counts.map { Vector(zeros: $0) } }
    body(&data)
    for (index, shard) in shards.prefix(active).enumerated() {
      let rows = samples * index / active..<samples * (index + 1) / active
      weights[index] = Element(rows.count) / Element(samples)
      shard.objective.firstSample = rows.lowerBound
      shard.objective.refill(counts: counts.map { $0 / samples * rows.count }, samples: rows.count) { part in
        for (array, count) in counts.enumerated() {
          let width = count / samples
          part[array].copy(width * rows.count, from: data[array], at: width * rows.lowerBound, to: 0)
        }
      }
    }
  }

  public func value(at point: Vector<Element>) -> Double {
    each { $0.value = $0.objective.value(at: point) }
    return observe()
  }

  public func gradient(at point: Vector<Element>, into gradient: inout Vector<Element>) -> Double {
    guard active > 1 else {
      shards[0].value = shards[0].objective.gradient(at: point, into: &gradient)
      return observe()
    }
    each { shard in
      shard.prepare(point.count)
      shard.value = shard.objective.gradient(at: point, into: &shard.vector)
    }
    add(into: &gradient)
    return observe()
  }

  public func hessianProduct(
    at point: Vector<Element>, with direction: Vector<Element>, into product: inout Vector<Element>, samePoint: Bool
  ) {
    guard active > 1 else {
      return shards[0].objective.hessianProduct(at: point, with: direction, into: &product, samePoint: samePoint)
    }
    each { shard in
      shard.prepare(point.count)
      shard.objective.hessianProduct(at: point, with: direction, into: &shard.vector, samePoint: samePoint)
    }
    add(into: &product)
  }

  private func each(_ body: @Sendable (Shard) -> Void) {
    if active == 1 { return body(shards[0]) }
    parallel.forEach(active) { [shards] index in body(shards[index]) }
  }

  /// The weighted sum of the shards' vectors, first to last.
  private func add(into result: inout Vector<Element>) {
    let unit = sum()
    for index in 0..<active { unit.workspace.swap(slot: index + 1, with: &shards[index].vector) }
    unit.workspace.swap(slot: active + 1, with: &weights)
    unit.workspace.swap(slot: active + 2, with: &result)
    unit.program.run(unit.workspace)
    unit.workspace.swap(slot: active + 2, with: &result)
    unit.workspace.swap(slot: active + 1, with: &weights)
    for index in 0..<active { unit.workspace.swap(slot: index + 1, with: &shards[index].vector) }
  }

  private func sum() -> Compiled {
    if let unit = sums[active] { return unit }
    let trace = Trace()
    let shares = trace.input(slot: active + 1, shape: [active])
    let terms = (0..<active).map {
      trace.input(slot: $0 + 1, shape: [layout.count]) * shares.slice(axis: 0, $0..<$0 + 1)
    }
    let program = Program([Program.Output(terms.dropFirst().reduce(terms[0], +), slot: active + 2)])
    let unit = Compiled(program: program, workspace: program.makeWorkspace())
    sums[active] = unit
    return unit
  }

  private func observe() -> Double {
    let first = shards[0].objective.measures
    if measures.count != first.count { measures = first }
    for index in measures.indices {
      measures[index] = shards.prefix(active).reduce(0) { $0 + $1.objective.measures[index] }
    }
    if active == 1 { return shards[0].value }
    return (0..<active).reduce(0) { $0 + Double(weights[$1]) * shards[$1].value }
  }
}
