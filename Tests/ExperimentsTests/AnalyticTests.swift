import Experiments
import Fixtures
import Tables
import Testing

private struct Reference: Decodable {
  struct Path: Decodable, Sendable {
    var optimizer: String
    var options: [String: Double]
    var points: [[Double]]
  }
  struct Function: Decodable, Sendable, CustomTestStringConvertible {
    struct Site: Decodable, Sendable {
      var point: [Double]
      var value: Double
      var gradient: [Double]
    }
    var name: String
    var sites: [Site]
    var paths: [Path]
    var testDescription: String { name }
  }
  var functions: [Function]
}

private let reference = try! fixture("analytic", as: Reference.self)

/// The fixture's functions in the words of a spec.
private let functions = [
  "rosenbrock": "rosenbrock: {a: 1, b: 100}",
  "himmelblau": "himmelblau: {}",
  "beale": "beale: {}",
  "quadratic":
    "quadratic: {matrix: [[6.999999999999998, -10.392304845413264], [-10.392304845413264, 19.000000000000004]], center: [0.5, -0.25]}",
  "gaussian":
    "gaussian: {amplitude: 29.27164346, center: [-0.0488573, -0.06687705], sigma: [0.7469189, 0.94904458], offset: 30}",
]

struct AnalyticTests {
  @Test("Paths agree with PyTorch's step by step, step 0 being the start", arguments: reference.functions)
  fileprivate func paths(_ function: Reference.Function) throws {
    let words = try #require(functions[function.name])
    for path in function.paths {
      let rate = try #require(path.options["lr"])
      let optimizer =
        switch path.optimizer {
        case "sgd": "sgd: {lr: \(rate)}"
        case "sgd-momentum": "sgd: {lr: \(rate), momentum: 0.9}"
        default: "adam: {lr: \(rate)}"
        }
      let steps = try run(
        "function: {\(words)}\noptimizer: {\(optimizer)}\nstart: \(path.points[0])\nsteps: \(path.points.count - 1)\n"
      ).tables.first { $0.name == "steps" }!
      #expect(steps.rowCount == path.points.count)
      for (row, point) in path.points.enumerated() {
        for (column, wanted) in zip(["x", "y"], point) {
          let ours = steps[column]!.number(row)!
          #expect(abs(ours - wanted) <= 1e-9 * max(1, abs(wanted)), "\(path.optimizer), step \(row)")
        }
      }
    }
  }

  @Test("Values and gradients at given points agree with PyTorch's", arguments: reference.functions)
  fileprivate func sites(_ function: Reference.Function) throws {
    let words = try #require(functions[function.name])
    for site in function.sites {
      let steps = try run("function: {\(words)}\noptimizer: sgd\nstart: \(site.point)\nsteps: 1\n").tables[1]
      let norm = site.gradient.reduce(0) { $0 + $1 * $1 }.squareRoot()
      #expect(abs(steps["loss"]!.number(0)! - site.value) <= 1e-11 * max(1, abs(site.value)))
      #expect(abs(steps["gradient-norm"]!.number(0)! - norm) <= 1e-11 * max(1, norm))
    }
  }

  @Test("A descent that leaves the numbers is a result: it ends there and says so")
  func divergence() throws {
    let outcome = try run("function: rosenbrock\noptimizer: {sgd: {lr: 1}}\nstart: [-1.2, 1]\nsteps: 100\n")
    let runs = outcome.tables[0]
    #expect(runs["diverged"]!.number(0) == 1)
    #expect(runs["steps"]!.number(0)! < 100)
    // Here the gradient leaves the numbers while the loss is still one.
    let steep = try run("function: rosenbrock\noptimizer: {sgd: {lr: 0.1}}\nstart: [-1, 2]\nsteps: 40\n")
    #expect(steep.tables[0]["diverged"]!.number(0) == 1)
    #expect(!steep.tables[0]["loss"]!.number(0)!.isFinite)
  }

  private func run(_ yaml: String) throws -> Outcome { try ExperimentsTests.run(descendKind, yaml) }
}
