import Autodiff
import Datasets
import Dispatch
import Glibc
import Networks
import Synchronization
import Tensors

extension Benchmarks {
  /// The loss of 256 samples on a plane of 40×40 points along random unit directions, on two threads.
  static func surface() throws {
    let data = try ImageFolder(named: "fashion-mnist", in: []).load().train
    let samples = Array(0..<256)[...]
    var arrays = [Vector<Float>(zeros: 256 * 784), Vector<Float>(zeros: 256)]
    data.copyInputs(samples, into: &arrays[0])
    data.copyTargets(samples, into: &arrays[1])
    let point = start(of: network)
    let directions = (0..<2).map { axis in
      var stream = Stream(book: 0, run: 1, purpose: .probes(axis))
      var direction = Vector(stream.normals(point.count).map { Float($0) })
      direction.scale(by: 1 / direction.norm)
      return direction
    }
    let slices = (0..<2).map { _ in
      Held(
        BatchedObjective(
          network.training(with: .crossEntropy).sliced(dimensions: 2),
          batches: [.init(arrays + [point] + directions, samples: 256)]))
    }
    let places = (0..<40).map { Float($0) / 39 * 2 - 1 }
    measure(repeats: 9, units: 1, clock: CLOCK_MONOTONIC) {
      let sums = Mutex(0.0)
      DispatchQueue.concurrentPerform(iterations: 2) { thread in
        for (row, y) in places.enumerated() where row % 2 == thread {
          let losses = slices[thread].objective.values(at: places.map { Vector([$0, y]) })
          sums.withLock { $0 += losses.reduce(0) { $0 + $1.value } }
        }
      }
      return sums.withLock { $0 } / 1600
    }
  }

  private struct Held: @unchecked Sendable {
    let objective: BatchedObjective<Float>
    init(_ objective: BatchedObjective<Float>) { self.objective = objective }
  }
}
