import Diagnostics
@testable import Experiments
import Tables
import Testing

struct FitStudyTests {
  /// The sources' printed fit.
  private let printed =
    "{gaussian: {amplitude: 29.27164346, center: [-0.0488573, -0.06687705], sigma: [0.7469189, 0.94904458], offset: 31}}"

  @Test("A planted bowl comes back to 1e-8, with its curvatures and the rate that they allow")
  func planted() throws {
    let grid = try surface(printed, x: [-1, 1], y: [-1, 1], points: 21)
    let outcome = try run(fitKind, "from: study.surface\n", inputs: ["from": grid])
    let runs = outcome["runs"]
    for (column, wanted) in [
      ("amplitude", 29.27164346), ("center-x", -0.0488573), ("center-y", -0.06687705), ("sigma-x", 0.7469189),
      ("sigma-y", 0.94904458), ("offset", 31), ("r-squared", 1), ("converged", 1), ("missing", 0),
    ] {
      #expect(abs(runs.numbers(column)[0] - wanted) < 1e-8, "\(column)")
    }
    #expect(abs(runs.numbers("curvature-x")[0] - 52.47) < 0.005)
    #expect(abs(runs.numbers("curvature-y")[0] - 32.50) < 0.005)
    #expect(abs(runs.numbers("stable-rate")[0] - 0.0381) < 0.00005)
    #expect(outcome["residuals"].numbers("residual").allSatisfy { abs($0) < 1e-7 })
  }

  @Test("The residuals' share of the variance is 1 − R², and pinning the rim makes it no smaller")
  func residuals() throws {
    let grid = try surface("himmelblau", x: [2, 4], y: [1, 3], points: 15)
    let free = try run(fitKind, "from: study.surface\n", inputs: ["from": grid])
    let pinned = try run(fitKind, "from: study.surface\noffset: pinned\n", inputs: ["from": grid])
    let data = free["residuals"].numbers("data")
    let mean = data.reduce(0, +) / Double(data.count)
    let variance = data.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
    for outcome in [free, pinned] {
      let squares = outcome["residuals"].numbers("residual").reduce(0) { $0 + $1 * $1 }
      #expect(abs(squares / variance - (1 - outcome["runs"].numbers("r-squared")[0])) < 1e-12)
      #expect(abs(outcome["runs"].numbers("deviation")[0] - (squares / 225).squareRoot()) < 1e-12)
    }
    #expect(pinned["runs"].numbers("offset")[0] == data.max())
    #expect(free["runs"].numbers("r-squared")[0] > pinned["runs"].numbers("r-squared")[0] + 1e-4)
    #expect(free["runs"].numbers("r-squared")[0] > 0.7)
  }

  @Test("A mixture has a bowl for each minimum, and descents on it end in either")
  func mixture() throws {
    let wells =
      "{gaussian-mixture: {offset: 3, bowls: [{amplitude: 2, center: [-1, 0], sigma: [0.4, 0.5]}, {amplitude: 1.5, center: [1, 0.2], sigma: [0.5, 0.4]}]}}"
    let grid = try surface(wells, x: [-2, 2], y: [-2, 2], points: 33)
    let fit = try run(fitKind, "from: study.surface\ncomponents: 2\n", inputs: ["from": grid])
    #expect(fit["components"].rowCount == 2)
    #expect(abs(fit["components"].numbers("center-x")[0] + 1) < 1e-8)
    #expect(abs(fit["components"].numbers("sigma-y")[1] - 0.4) < 1e-8)
    #expect(fit["runs"]["amplitude"] == nil)
    for (start, wanted) in [([-0.5, 0.3], -1.0), ([0.6, -0.2], 1.0)] {
      let path = try run(
        descendKind, "function: {fit: {from: fit}}\noptimizer: {sgd: {lr: 0.1}}\nstart: \(start)\nsteps: 300\n",
        inputs: ["function.fit.from": fit])
      #expect(abs(path["runs"].numbers("x")[0] - wanted) < 0.05)
      #expect(path["runs"].numbers("gradient-norm")[0] < 1e-8)
    }
  }

  @Test("Descent settles below 2σ²/A and never above: the limit that the fit predicts is met")
  func stability() throws {
    let grid = try surface(printed, x: [-1, 1], y: [-1, 1], points: 21)
    let fit = try run(fitKind, "from: study.surface\n", inputs: ["from": grid])
    let limit = fit["runs"].numbers("stable-rate")[0]
    // How far above the lowest point it ends: where a step is far too long the slope is small too, on the rim.
    func rest(_ optimizer: String, from start: [Double] = [-1, 1]) throws -> Double {
      try run(
        descendKind, "function: {fit: {from: fit}}\noptimizer: {\(optimizer)}\nstart: \(start)\nsteps: 2000\n",
        inputs: ["function.fit.from": fit])["runs"].numbers("loss")[0] - (31 - 29.27164346)
    }
    for factor in [0.3, 0.8, 0.99] { #expect(try rest("sgd: {lr: \(factor * limit)}") < 1e-8) }
    for factor in [1.01, 1.2, 0.1 / limit] { #expect(try rest("sgd: {lr: \(factor * limit)}") > 1e-2) }
    // An average's steps are 1 − μ times as long, and it may go (1 + μ)/(1 − μ) times as fast.
    #expect(try rest("sgd: {lr: 0.05, momentum: 0.8, convention: ema}") < 1e-8)
    let near = [0, -0.05]
    #expect(try rest("sgd: {lr: \(8.9 * limit), momentum: 0.8, convention: ema}", from: near) < 1e-6)
    #expect(try rest("sgd: {lr: \(9.2 * limit), momentum: 0.8, convention: ema}", from: near) > 1e-2)
    #expect(try rest("sgd: {lr: \(1.75 * limit), momentum: 0.8}", from: near) < 1e-8)
    #expect(try rest("sgd: {lr: \(1.85 * limit), momentum: 0.8}", from: near) > 1e-2)
  }

  @Test("Paths on the printed surface are PyTorch's, in both momentum conventions", arguments: surfaces.paths.indices)
  func paths(_ index: Int) throws {
    let wanted = surfaces.paths[index]
    let steps = try run(
      descendKind, "function: \(printed)\noptimizer: {\(wanted.name)}\nstart: [-1, 1]\nsteps: 100\n")["steps"]
    for (row, point) in wanted.points.enumerated() {
      #expect(abs(steps["x"]!.number(row)! - point[0]) < 1e-5, "\(wanted.name), step \(row)")
      #expect(abs(steps["y"]!.number(row)! - point[1]) < 1e-5, "\(wanted.name), step \(row)")
    }
    let greatest = (steps.numbers("x") + steps.numbers("y")).map(abs).max()!
    #expect(abs(greatest - wanted.greatest) < 1e-3)
  }

  @Test("What cannot be fitted is said: a flat surface, more bowls than minima, a pinned rim of several")
  func refusals() throws {
    let flat = try surface("{gaussian: {amplitude: 1, center: [90, 90]}}", x: [-1, 1], y: [-1, 1], points: 5)
    let bowl = try surface("quadratic", x: [-1, 1], y: [-1, 1], points: 5)
    func message(_ yaml: String, _ grid: Outcome) -> String? {
      let error = #expect(throws: DiagnosticError.self) { try run(fitKind, yaml, inputs: ["from": grid]) }
      return error?.diagnostics.first?.message
    }
    #expect(message("from: a.surface\n", flat) == "samples that are all the same have no Gaussian shape")
    let broken = try surface("{quadratic: {matrix: [[1e200, 0], [0, 1]]}}", x: [1e200, 2e200], y: [-1, 1], points: 5)
    for components in 1...2 {
      #expect(
        message("from: a.surface\ncomponents: \(components)\n", broken)
          == "no sample is finite: there is nothing to fit")
    }
    #expect(message("from: a.surface\ncomponents: 2\n", bowl) == "2 Gaussians for a surface with 1 minima")
    #expect(
      try messages(fitKind, "from: a.surface\ncomponents: 2\noffset: pinned\n")
        == ["several bowls share a rim that is fitted: ‘offset: free’"])
    let descent = try prepare(descendKind, "function: {fit: {from: a}}\noptimizer: sgd\nstart: [0, 0]\n")
    #expect(
      descent.refusal(of: descent, option: "function.fit.from")
        == "it is no fit of Gaussian bowls; the kind ‘fit’ makes one")
    #expect(try descent.refusal(of: prepare(fitKind, "from: a.surface\n"), option: "function.fit.from") == nil)
  }
}
