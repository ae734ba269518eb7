public import Tensors

/// A traced function over samples that stand in memory batch by batch: its mean over all of them.
///
/// The function's value must be a mean over samples. Batches are weighted by their sizes and added up in their order.
/// One a worker; the data are shared.
public final class BatchedObjective<Element: Scalar>: Objective {
  /// The arrays of data of some samples, in the order that the function declares.
  public struct Batch: Sendable {
    public var data: [Vector<Element>]
    public var samples: Int

    public init(_ data: [Vector<Element>], samples: Int) {
      self.data = data
      self.samples = samples
    }
  }

  let objective: TracedObjective<Element>
  let batches: [Batch]
  private var partial = Vector<Element>(zeros: 0)
  /// Whether what the only batch's values share has been computed.
  private var isPrepared = false
  /// What the function observed along with its last value, added up over the batches.
  public private(set) var measures: [Double] = []
  /// Samples of all batches.
  public let samples: Int

  /// - Parameter buffers: where they start; as the function declares when left out.
  public init(_ function: TracedFunction, buffers: Vector<Element>? = nil, batches: [Batch]) {
    precondition(!batches.isEmpty, "an objective needs a batch, if only an empty one")
    objective = TracedObjective(function, buffers: buffers)
    self.batches = batches
    samples = batches.reduce(0) { $0 + $1.samples }
    if batches.count == 1 { objective.set(batches[0].data, samples: batches[0].samples) }
  }

  public var layout: ParameterLayout { objective.layout }
  public var mode: TracedFunction.Mode {
    get { objective.mode }
    set {
      objective.mode = newValue
      isPrepared = false
    }
  }
  /// Running statistics and the like; see `statistics(at:)`.
  public var buffers: Vector<Element> {
    get { objective.buffers }
    set {
      objective.buffers = newValue
      isPrepared = false
    }
  }
  /// All samples have outputs when they are one batch.
  public var withOutputs: (any OutputObjective<Element>)? { batches.count == 1 ? objective.withOutputs : nil }

  public func value(at point: Vector<Element>) -> Double { each { $0.value(at: point) } }

  /// The values at many points, and the measures there; what depends on a batch alone is computed once for all of them.
  public func values(at points: [Vector<Element>]) -> [(value: Double, measures: [Double])] {
    var sums: [(value: Double, measures: [Double])] = []
    for (number, batch) in batches.enumerated() {
      if batches.count > 1 { objective.set(batch.data, samples: batch.samples) }
      let share = self.share(batch)
      let sameData = isPrepared
      isPrepared = batches.count == 1 && !points.isEmpty
      objective.values(at: points, sameData: sameData) { index, value, measures in
        if number == 0 {
          sums.append((share * value, measures))
        } else {
          sums[index].value += share * value
          for place in measures.indices { sums[index].measures[place] += measures[place] }
        }
      }
    }
    return sums
  }

  public func gradient(at point: Vector<Element>, into gradient: inout Vector<Element>) -> Double {
    guard batches.count > 1 else { return each { $0.gradient(at: point, into: &gradient) } }
    var isFirst = true
    return each { objective in
      defer { isFirst = false }
      return add(to: &gradient, Double(objective.samples) / Double(samples), isFirst) {
        objective.gradient(at: point, into: &$0)
      }
    }
  }

  public func hessianProduct(
    at point: Vector<Element>, with direction: Vector<Element>, into product: inout Vector<Element>, samePoint: Bool
  ) {
    guard batches.count > 1 else {
      return objective.hessianProduct(at: point, with: direction, into: &product, samePoint: samePoint)
    }
    for (number, batch) in batches.enumerated() {
      objective.set(batch.data, samples: batch.samples)
      add(to: &product, share(batch), number == 0) {
        objective.hessianProduct(at: point, with: direction, into: &$0, samePoint: false)
      }
    }
  }

  /// Adds a share of what `write` gives, or starts with it.
  private func add<Result>(
    to sum: inout Vector<Element>, _ share: Double, _ isFirst: Bool, _ write: (inout Vector<Element>) -> Result
  ) -> Result {
    if isFirst {
      let result = write(&sum)
      sum.scale(by: share)
      return result
    }
    if partial.count != sum.count { partial = Vector(zeros: sum.count) }
    let result = write(&partial)
    sum.add(share, times: partial)
    return result
  }

  private func share(_ batch: Batch) -> Double { samples == 0 ? 1 : Double(batch.samples) / Double(samples) }

  private func each(_ body: (TracedObjective<Element>) -> Double) -> Double {
    var value = 0.0
    for (number, batch) in batches.enumerated() {
      if batches.count > 1 { objective.set(batch.data, samples: batch.samples) }
      value += share(batch) * body(objective)
      if number == 0 {
        measures = objective.measures
      } else {
        for place in measures.indices { measures[place] += objective.measures[place] }
      }
    }
    return value
  }
}
