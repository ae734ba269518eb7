@testable import Experiments
import Tables
import Testing

struct CoordinateCheckTests {
  private func slopes(_ parametrization: String, _ optimizer: String, steps: Int = 3) throws -> [Double] {
    let table = try run(
      coordinateCheckKind,
      "widths: [64, 128, 256]\ndepth: 2\ninputs: 16\nsamples: 16\nsteps: \(steps)\noptimizer: \(optimizer)\nparametrization: \(parametrization)\nbase-width: 64\n"
    ).tables[1]
    return (0..<table.rowCount).map { table["slope"]!.number($0)! }
  }

  @Test("Under muP activations move alike at every width; under the standard parametrization the outputs run away")
  func coordinates() throws {
    for optimizer in ["{adam: {lr: 0.003}}", "{sgd: {lr: 0.05}}"] {
      let standard = try slopes("standard", optimizer)
      let maximal = try slopes("mup", optimizer)
      #expect(standard.max()! > 0.3, "\(optimizer) \(standard)")
      // What the shrinking random part of the output weights adds at small widths only lowers a slope.
      for slope in maximal { #expect(slope < 0.1 && slope > -0.45, "\(optimizer) \(maximal)") }
      for slope in maximal.dropLast() { #expect(abs(slope) < 0.25, "\(optimizer) \(maximal)") }
    }
  }

  @Test("At the base width muP is the standard parametrization, to the bit")
  func base() throws {
    func rows(_ parametrization: String) throws -> [String] {
      let table = try run(
        coordinateCheckKind,
        "widths: [32, 64]\ndepth: 2\nsteps: 2\nsamples: 8\noptimizer: adam\nparametrization: \(parametrization)\nbase-width: 32\n"
      ).tables[2]
      return (0..<9).map { table["change"]!.text($0) }
    }
    #expect(try rows("mup") == rows("standard"))
  }

  @Test("The slope of a power law is its power")
  func power() {
    #expect(abs(logLogSlope([(1, 3), (2, 3 / 2.0.squareRoot()), (8, 3 / 8.0.squareRoot())]) + 0.5) < 1e-12)
    #expect(logLogSlope([(1, 3)]).isNaN)
    #expect(logLogSlope([(1, 3), (2, 0)]).isNaN)
  }
}
