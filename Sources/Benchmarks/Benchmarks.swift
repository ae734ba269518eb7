import Optimizers
import Tensors

/// `fieldbook-bench CASE`: one measured case, one JSON line. `scripts/bench` runs it beside PyTorch.
@main
enum Benchmarks {
  static func main() throws {
    pinLinearAlgebraToOneThread()
    switch CommandLine.arguments.dropFirst().first {
    case "mlp-b256-sgdm": try epoch(batch: 256, SGD(learningRate: 0.01, momentum: 0.9))
    case "mlp-b256-adam": try epoch(batch: 256, Adam())
    case "mlp-b32-sgdm": try epoch(batch: 32, SGD(learningRate: 0.01, momentum: 0.9))
    case "mlp-b32-adam": try epoch(batch: 32, Adam())
    case "tanh-241": fullBatch(SGD(learningRate: 0.1))
    case "tanh-241-adam": fullBatch(Adam())
    case "hvp": try hessianProduct(samePoint: false)
    case "hvp-reused": try hessianProduct(samePoint: true)
    case "surface": try surface()
    case "sgemm": productRate()
    case let name? where ImageNetworks.cases.contains(name): try ImageNetworks.step(name)
    default:
      print(
        "cases: mlp-b256-sgdm mlp-b256-adam mlp-b32-sgdm mlp-b32-adam tanh-241 tanh-241-adam hvp hvp-reused surface sgemm",
        "cnn resnet20 vit")
    }
  }
}
