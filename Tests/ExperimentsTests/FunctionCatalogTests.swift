import Experiments
import Tables
import Testing

struct FunctionCatalogTests {
  /// The function's value and its gradient's length at a point.
  private func site(_ function: String, _ x: Double, _ y: Double) throws -> (value: Double, slope: Double) {
    let steps = try run(descendKind, "function: \(function)\noptimizer: sgd\nstart: [\(x), \(y)]\nsteps: 1\n").tables[1]
    return (steps["loss"]!.number(0)!, steps["gradient-norm"]!.number(0)!)
  }

  @Test("Polynomial, monkey saddle, product and double well are what they say")
  func values() throws {
    let (x, y) = (0.75, -1.5)
    let length = { (a: Double, b: Double) in (a * a + b * b).squareRoot() }
    let wanted: [(String, Double, Double)] = [
      ("monkey-saddle", x * x * x - 3 * x * y * y, length(3 * x * x - 3 * y * y, -6 * x * y)),
      ("product", (1 - x * y) * (1 - x * y), 2 * abs(1 - x * y) * length(x, y)),
      ("{product: {target: -2}}", (2 + x * y) * (2 + x * y), 2 * abs(2 + x * y) * length(x, y)),
      ("double-well", (x * x - 1) * (x * x - 1) + y * y, length(4 * x * (x * x - 1), 2 * y)),
      (
        "{polynomial: {terms: [{coefficient: 2, x: 5}, {coefficient: -3, x: 1, y: 2}, {y: 4}, {coefficient: 7}]}}",
        2 * x * x * x * x * x - 3 * x * y * y + y * y * y * y + 7,
        length(10 * x * x * x * x - 3 * y * y, -6 * x * y + 4 * y * y * y)
      ),
    ]
    for (function, value, slope) in wanted {
      let found = try site(function, x, y)
      #expect(abs(found.value - value) < 1e-12 && abs(found.slope - slope) < 1e-12, "\(function)")
    }
  }

  private let saddle = "function: {quadratic: {matrix: [[1, 0], [0, -0.5]], offset: 3}}\n"

  @Test("Gradient descent leaves the saddle ½x² − ¼y² + 3 as (1 + lr/2)ᵗ, and from the ridge never")
  func descent() throws {
    func course(_ y: Double) throws -> Table {
      try run(descendKind, saddle + "optimizer: {sgd: {lr: 0.2}}\nstart: [1, \(y)]\nsteps: 60\n").tables[1]
    }
    let steps = try course(1e-4)
    var wanted = 1e-4
    for step in 0...60 {
      #expect(abs(steps["y"]!.number(step)! / wanted - 1) < 1e-12)
      wanted *= 1.1
    }
    #expect(abs(steps["x"]!.number(60)!) < 2e-6)
    #expect(try course(0)["loss"]!.number(60)! >= 3)
  }

  @Test("Newton's method goes to the saddle, saddle-free Newton away from it at once")
  func newton() throws {
    func end(_ optimizer: String) throws -> Table {
      try run(descendKind, saddle + "optimizer: \(optimizer)\nstart: [1, 0.0001]\nsteps: 10\n").tables[0]
    }
    let newton = try end("newton")
    #expect(abs(newton["x"]!.number(0)!) < 1e-12 && abs(newton["y"]!.number(0)!) < 1e-12)
    // |H|⁻¹g = (x, −y): every step doubles y.
    let free = try end("saddle-free-newton")
    #expect(abs(free["x"]!.number(0)!) < 1e-12 && abs(free["y"]!.number(0)! - 0.1024) < 1e-12)
    #expect(free["loss"]!.number(0)! < newton["loss"]!.number(0)!)
  }
}
