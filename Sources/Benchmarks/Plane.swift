import Autodiff
import Datasets
import Dispatch
import Glibc
import Networks
import Synchronization
import Tensors

extension Benchmarks {
  /// The loss of some samples, in batches of 256, on a plane of side×side points along random unit directions, on two
  /// threads.
  static func surface(side: Int = 40, samples: Int = 256) throws {
    let data = try ImageFolder(named: "fashion-mnist", in: []).load().train
    let batches = stride(from: 0, to: samples, by: 256).map { start in
      let rows = Array(start..<min(start + 256, samples))[...]
      var arrays = [Vector<Float>(zeros: rows.count * 784), Vector<Float>(zeros: rows.count)]
      data.copyInputs(rows, into: &arrays[0])
      data.copyTargets(rows, into: &arrays[1])
      return arrays
    }
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
          batches: batches.map { .init($0 + [point] + directions, samples: $0[1].count) }))
    }
    let places = (0..<side).map { Float($0) / Float(side - 1) * 2 - 1 }
    measure(repeats: 9, units: 1, clock: CLOCK_MONOTONIC) {
      let sums = Mutex(0.0)
      DispatchQueue.concurrentPerform(iterations: 2) { thread in
        for (row, y) in places.enumerated() where row % 2 == thread {
          let losses = slices[thread].objective.values(at: places.map { Vector([$0, y]) })
          sums.withLock { $0 += losses.reduce(0) { $0 + $1.value } }
        }
      }
      return sums.withLock { $0 } / Double(side * side)
    }
  }

  private struct Held: @unchecked Sendable {
    let objective: BatchedObjective<Float>
    init(_ objective: BatchedObjective<Float>) { self.objective = objective }
  }
}
