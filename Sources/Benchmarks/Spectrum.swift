import Autodiff
import Datasets
import Dispatch
import Glibc
import Landscapes
import Networks
import Tensors

extension Benchmarks {
  /// The two largest eigenpairs of the Hessian of 256 samples' cross-entropy, on two threads. Residuals of 3 % leave the
  /// eigenvalues, whose error is of second order, within the thousandth at which PyHessian stops.
  /// - Parameter file: parameters of a trained network, from `bench_torch.py trained`.
  static func topEigenpairs(of file: String?) throws {
    let (objective, point) = try trained(file)
    var gradient = Vector<Float>(zeros: point.count)
    measure(repeats: 9, units: 1, clock: CLOCK_MONOTONIC) {
      _ = objective.gradient(at: point, into: &gradient)
      let pairs = try? eigenpairs(
        of: LinearOperator.hessian(of: objective, at: point), .magnitude(2), tolerance: 3e-2,
        start: leaning(to: gradient, book: 0, run: 1), parallel: twoThreads)
      return pairs?.values.reduce(0, +) ?? .nan
    }
  }

  /// Fifty Lanczos steps of the same Hessian with full reorthogonalization, and their Ritz values.
  static func lanczosSteps(on file: String?) throws {
    let (objective, point) = try trained(file)
    measure(repeats: 9, units: 1, clock: CLOCK_MONOTONIC) {
      let density = try? SpectralDensity(
        of: LinearOperator.hessian(of: objective, at: point), steps: 50, parallel: twoThreads)
      return density?.range.upperBound ?? .nan
    }
  }

  /// All eigenvalues of the Hessian of a network of 2,000 parameters, on one thread.
  static func fullSpectrum() {
    let model = Model.perceptron(inputs: 49, hidden: [33], outputs: 10, activation: .tanh)
    let objective = TracedObjective<Double>(model.training(with: .crossEntropy))
    var stream = Stream(book: 0, run: 1, purpose: .data("benchmark"))
    objective.set(
      [Vector(stream.normals(256 * 49)), Vector((0..<256).map { Double($0 % 10) })], samples: 256)
    let point = Vector(Initializer.pytorch.parameters(for: .init(model: model, bookSeed: 0, seed: 1)))
    measure(repeats: 3, units: 1) { objective.hessianMatrix(at: point).symmetricEigen()?.values.last ?? .nan }
  }

  private static let twoThreads = Parallel(workers: 2) { count, body in
    DispatchQueue.concurrentPerform(iterations: count) { body($0) }
  }

  private static func trained(_ file: String?) throws -> (ShardedObjective<Float>, Vector<Float>) {
    guard let file else { throw DataError("give a file of `bench_torch.py trained FILE`") }
    let tensors = try SafeTensors(file, name: file)
    let point = try tensors.numbers(of: tensors.entries)[0].vector(Float.self)
    let data = try ImageFolder(named: "fashion-mnist", in: []).load().train
    let objective = ShardedObjective<Float>(network.training(with: .crossEntropy), shards: 2, parallel: twoThreads)
    objective.refill(counts: [256 * 784, 256], samples: 256) { slots in
      data.copyInputs(Array(0..<256)[...], into: &slots[0])
      data.copyTargets(Array(0..<256)[...], into: &slots[1])
    }
    return (objective, point)
  }
}
