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
    case "surface":
      let numbers = CommandLine.arguments.dropFirst(2).compactMap { Int($0) }
      try numbers.count == 2 ? surface(side: numbers[0], samples: numbers[1]) : surface()
    case "top-2": try topEigenpairs(of: CommandLine.arguments.dropFirst(2).first)
    case "lanczos-50": try lanczosSteps(on: CommandLine.arguments.dropFirst(2).first)
    case "spectrum-2000": fullSpectrum()
    case "sgemm": productRate()
    case "persistence-512": try persistence()
    case "wavelets-512": try wavelets()
    case "tsne-15": try tsne()
    case let name? where ImageNetworks.cases.contains(name): try ImageNetworks.step(name)
    default:
      print(
        "cases: mlp-b256-sgdm mlp-b256-adam mlp-b32-sgdm mlp-b32-adam tanh-241 tanh-241-adam hvp hvp-reused",
        "surface (40 256: points a side, samples)",
        "top-2 lanczos-50 (both with a file of bench_torch.py trained) spectrum-2000 sgemm cnn resnet20 vit",
        "persistence-512 wavelets-512 tsne-15")
    }
  }
}
