import Experiments
import Specs
import Tables
import Testing

struct ParametrizationOptionTests {
  private func spec(width: Int, _ rest: String) -> String {
    "data: {blobs: {points: 20, test: 0}}\nmodel: {mlp: {hidden: [\(width), \(width)], activation: tanh}}\n" + rest
  }
  private let mup = "parametrization: mup\nbase-model: {mlp: {hidden: [8, 8], activation: tanh}}\n"

  @Test("For the base model muP is the standard parametrization, to the bit; for a wider one it is not")
  func base() throws {
    let rest = "optimizer: adam\nepochs: 2\nbatch: 20\n"
    for (width, isSame) in [(8, true), (16, false)] {
      let standard = try run(trainKind, spec(width: width, rest))
      let maximal = try run(trainKind, spec(width: width, rest + mup))
      #expect((standard.checkpoints == maximal.checkpoints) == isSame)
    }
  }

  @Test("A step by signs moves every number by its own layer's rate")
  func rates() throws {
    let outcome = try run(
      trainKind,
      spec(width: 32, "optimizer: {signum: {lr: 0.01}}\nbatch: full\nprecision: double\n") + mup)
    guard case .doubles(let before)? = outcome.checkpoints.first?.arrays["parameters"],
      case .doubles(let after)? = outcome.checkpoints.last?.arrays["parameters"]
    else {
      Issue.record("no checkpoints")
      return
    }
    let inputs = 2
    let outputs = (before.count - 32 * inputs - 32 - 32 * 32 - 32) / 33
    let rates =
      Array(repeating: 0.01, count: 32 * inputs + 32) + Array(repeating: 0.0025, count: 32 * 32)
      + Array(repeating: 0.01, count: 32) + Array(repeating: 0.0025, count: 32 * outputs)
      + Array(repeating: 0.01, count: outputs)
    #expect(rates.count == before.count)
    for (rate, (old, new)) in zip(rates, zip(before, after)) { #expect(abs(abs(new - old) - rate) < 1e-15) }
  }

  @Test("What mup cannot do is said")
  func mistakes() throws {
    func said(_ rest: String) throws -> [String] { try messages(trainKind, spec(width: 8, rest)) }
    #expect(try said("optimizer: adam\nparametrization: mup\n").first?.contains("needs ‘base-model’") == true)
    #expect(try said("optimizer: adam\nbase-model: mlp\n").first?.contains("for ‘parametrization: mup’") == true)
    #expect(
      try said("optimizer: muon\n" + mup) == ["mup does not say what the learning rates of ‘muon’ should be"])
    #expect(
      try said("optimizer: adam\nparametrization: mup\nbase-model: {mlp: {hidden: [8]}}\n")
        == ["the base model is to be the same in another width, but it has other layers"])
    #expect(try said("optimizer: adam\nparametrization: mup\nbase-model: cnn\n").count == 1)
  }

  @Test("Every rule that mup knows is in the catalog")
  func names() throws {
    for name in ["sgd", "nesterov", "adam", "adamw", "nadam", "radam", "adamax", "adabelief", "yogi", "adagrad"]
      + ["rmsprop", "adam-8bit", "lion", "signum"]
    {
      #expect(try messages(trainKind, spec(width: 16, "optimizer: \(name)\n" + mup)).isEmpty)
    }
  }
}
