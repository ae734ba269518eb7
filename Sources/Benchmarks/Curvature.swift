import Autodiff
import Datasets
import Networks
import Tensors

extension Benchmarks {
  /// Hessian-vector products of the cross-entropy of 256 samples.
  /// - Parameter samePoint: whether all are at one point, whose passes are reused.
  static func hessianProduct(samePoint: Bool) throws {
    let data = try ImageFolder(named: "fashion-mnist", in: []).load().train
    let objective = TracedObjective<Float>(network.training(with: .crossEntropy))
    let samples = Array(0..<256)[...]
    objective.refill(counts: [256 * 784, 256], samples: 256) { slots in
      data.copyInputs(samples, into: &slots[0])
      data.copyTargets(samples, into: &slots[1])
    }
    let point = start(of: network)
    var stream = Stream(book: 0, run: 1, purpose: .probes(0))
    let direction = Vector(stream.normals(point.count).map { Float($0) })
    var product = Vector<Float>(zeros: point.count)
    objective.hessianProduct(at: point, with: direction, into: &product, samePoint: false)
    measure(repeats: 9, units: 50) {
      for _ in 0..<50 { objective.hessianProduct(at: point, with: direction, into: &product, samePoint: samePoint) }
      return Double(product[0])
    }
  }
}
