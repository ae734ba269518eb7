@testable import Experiments
import Tables
import Testing

struct CatapultTests {
  private func outcome(_ rate: Double, width: Int = 64, seed: Int = 1, steps: Int = 120) throws -> Outcome {
    try run(catapultKind, "width: \(width)\nrate: \(rate)\nseed: \(seed)\nsteps: \(steps)\n")
  }

  @Test("Descent on the network obeys the map of output and curvature to rounding, in every regime")
  func map() throws {
    for rate in [0.5, 1.5, 2.5, 3.5, 4.5] {
      for width in [1, 3, 64] {
        #expect(try outcome(rate, width: width, steps: 40).column("map-error", of: "runs")[0] < 1e-13, "\(rate)")
      }
    }
    // By hand: n = 4, f = 2, λ = 3, η = 0.5: f′ = (1 − 1.5 + 0.25·4/4)·2, λ′ = 3 + 0.5·4/4·(1.5 − 4).
    let (f, curvature) = Catapult.map(output: 2, curvature: 3, rate: 0.5, width: 4)
    #expect(f == -0.5 && curvature == 1.75)
  }

  @Test("Lazy below η·λ₀ = 2, a catapult to below 2/η up to 4, lost beyond")
  func regimes() throws {
    for seed in 1...3 {
      let runs = try [1.5, 3, 4.5].map { try outcome($0, seed: seed) }
      func value(_ name: String, _ run: Int) throws -> Double { try runs[run].column(name, of: "runs")[0] }
      // Nothing ever climbs, and the curvature hardly moves.
      #expect(try value("peak-loss", 0) == value("start-loss", 0))
      #expect(try value("loss", 0) < 1e-12)
      #expect(try value("product", 0) > 1.35)
      // Up first, then down to a place that the rate can stand.
      #expect(try value("peak-loss", 1) > 2 * value("start-loss", 1))
      #expect(try value("loss", 1) < 1e-6)
      #expect(try value("product", 1) < 2)
      #expect(try value("diverged", 1) == 0)
      #expect(try value("diverged", 2) == 1)
    }
  }

  @Test("Where the output is 0 the Hessian's only eigenvalue is λ: steps turn to growth at η·λ = 2")
  func edge() throws {
    let rows = try outcome(1.9, seed: 3)
    let outputs = try rows.column("output", of: "steps")
    let products = try rows.column("product", of: "steps")
    for step in 100..<110 { #expect(abs(outputs[step + 1] / outputs[step] - (1 - products[step])) < 1e-3) }
  }
}
