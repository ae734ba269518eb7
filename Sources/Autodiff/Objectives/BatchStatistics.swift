public import Tensors

extension BatchedObjective {
  /// The buffers that a network at `point` would have if its running statistics were those of all these samples: the
  /// mean over the batches, weighted by their sizes, of each batch's mean and variance.
  ///
  /// A point that nobody trained, on a line between two networks or on a curve, has no running statistics of its own;
  /// those of its neighbours are wrong for it. What is no statistic stays as `buffers` has it. Dropout and other noise
  /// are as in training. Garipov et al. 2018, arXiv:1802.10026; Jordan et al. 2023 (REPAIR), arXiv:2211.08403.
  public func statistics(at point: Vector<Element>) -> Vector<Element> {
    let before = objective.buffers
    guard before.count > 0 else { return before }
    let formerMode = mode
    mode = .train
    defer {
      mode = formerMode
      objective.buffers = before
    }
    /// The buffers after a batch that found the same number in all of them.
    func moved(_ batch: Batch, from start: Double) -> [Double] {
      objective.set(batch.data, samples: batch.samples)
      objective.buffers = Vector(repeating: Element(start), count: before.count)
      objective.moveBuffers(at: point)
      return objective.buffers.array.map(Double.init)
    }
    // b ↦ (1 − m) b + m s: from 0 a batch gives m s, and from a large number B so much more as 1 − m is of B.
    let large = 0x1p20
    let keeps = zip(moved(batches[0], from: large), moved(batches[0], from: 0)).map { ($0 - $1) / large }
    var sums = [Double](repeating: 0, count: before.count)
    for batch in batches {
      for (place, value) in moved(batch, from: 0).enumerated() {
        sums[place] += Double(batch.samples) / Double(samples) * value
      }
    }
    var result = before
    for slice in objective.function.buffers.slices where slice.role == .mean || slice.role == .variance {
      for place in slice.range where keeps[place] < 1 { result[place] = Element(sums[place] / (1 - keeps[place])) }
    }
    return result
  }
}
