import Tables
import Experiments
import Foundation
import Testing

struct RuleDemandsTests {
  @Test("A rule that a problem cannot serve is refused before anything runs, with the sizes")
  func refused() throws {
    let plane = "function: quadratic\nstart: [1, 1]\n"
    #expect(try messages(descendKind, plane + "optimizer: sophia-g\n").first?.contains("needs a classifier") == true)
    #expect(
      try messages(descendKind, plane + "optimizer: natural-gradient\n").first?.contains("needs a model's outputs")
        == true)
    #expect(try messages(descendKind, plane + "optimizer: newton\n").isEmpty)
    let images = "data: blobs\nmodel: {mlp: {hidden: [500, 500]}}\n"
    for name in ["newton", "saddle-free-newton", "{natural-gradient: {solver: dense}}"] {
      let message = try messages(trainKind, images + "optimizer: \(name)\n").first
      #expect(message?.contains("dense matrix of") == true && message?.contains("MB") == true, "\(name)")
    }
    #expect(try messages(trainKind, images + "optimizer: {saddle-free-newton: {krylov: 20}}\n").isEmpty)
    #expect(try messages(trainKind, images + "optimizer: {sam: {base: {sophia-g: {}}}}\n").count == 1)
  }

  @Test("Sophia-G is refused where targets are numbers, the natural gradient is not")
  func regression() throws {
    let numbers = "data: {csv: {path: numbers.csv, target: y}}\nmodel: {mlp: {hidden: [4]}}\n"
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("fieldbook-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let rows = "x,y\n" + (0..<40).map { "\($0),\(0.5 * Double($0))\n" }.joined()
    try Data(rows.utf8).write(to: folder.appendingPathComponent("numbers.csv"))
    #expect(
      try messages(trainKind, numbers + "optimizer: sophia-g\n", folder: folder.path).first?.contains("targets") == true
    )
    #expect(try messages(trainKind, numbers + "optimizer: natural-gradient\n", folder: folder.path).isEmpty)
  }

  @Test(
    "Rules of curvature learn to classify",
    arguments: [
      "sophia-h", "sophia-g", "empirical-sophia", "{adahessian: {lr: 0.05}}", "{sam: {base: {sgd: {lr: 0.1}}}}",
      "{asam: {base: {adam: {}}}}",
      "natural-gradient", "{saddle-free-newton: {damping: 0.1}}", "{lbfgs: {}}", "{perturbed-gd: {lr: 0.1}}",
    ])
  func learns(_ optimizer: String) throws {
    let outcome = try run(
      trainKind,
      "data: blobs\nmodel: {mlp: {hidden: [6], activation: tanh}}\noptimizer: \(optimizer)\nepochs: 8\n"
        + (optimizer.contains("lbfgs") || optimizer.contains("newton") ? "batch: full\n" : "batch: 32\n"))
    let runs = outcome.tables[0]
    #expect(runs["diverged"]!.number(0) == 0)
    #expect(runs["test-loss"]!.number(0)! < runs["start-loss"]!.number(0)!)
    // The share counted while training is that of the point, not of where the rule looked after.
    #expect((0...1).contains(runs["train-error"]!.number(0)!))
  }
}
