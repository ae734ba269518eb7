@testable import Experiments
import Tables
import Testing

struct DeepLinearTests {
  @Test("Two matrices learn their modes one after another, at the times of Saxe's closed form")
  func modes() throws {
    let tables = try run(
      deepLinearKind, "depth: 2\nwidth: 4\nmodes: [3, 1.5]\nstart: 0.001\nrates: [0.002]\nsteps: 3000\n"
    ).tables
    let (modes, times) = (tables[3], tables[4])
    for row in 0..<modes.rowCount {
      #expect(abs(modes["strength"]!.number(row)! - modes["theory"]!.number(row)!) < 0.02)
    }
    for row in 0..<2 {
      let (found, theory) = (times["steps-to-half"]!.number(row)!, times["steps-theory"]!.number(row)!)
      #expect(abs(found / theory - 1) < 0.01, "\(found), not \(theory)")
    }
    #expect(times["steps-to-half"]!.number(1)! > 1.7 * times["steps-to-half"]!.number(0)!)
  }

  @Test("Deeper products follow the law of their depth")
  func depth() throws {
    let modes = try run(
      deepLinearKind, "depth: 4\nwidth: 2\nmodes: [2]\nstart: 0.1\nrates: [0.001]\nsteps: 2500\n"
    ).tables[3]
    for row in 0..<modes.rowCount {
      #expect(abs(modes["strength"]!.number(row)! - modes["theory"]!.number(row)!) < 0.02)
    }
    #expect(modes["strength"]!.number(modes.rowCount - 1)! > 1.9)
  }

  @Test("The closed form solves the law's equation and agrees with its own time formula")
  func law() throws {
    let law = ModeLaw(depth: 2, start: 0.01)
    for time in [0.0, 0.5, 1, 3] {
      let h = 1e-5
      let slope = (law.strength(at: time + h, 2) - law.strength(at: time - h, 2)) / (2 * h)
      #expect(abs(slope - law.slope(law.strength(at: time, 2), 2)) < 1e-6)
    }
    let time = try #require(law.time(to: 1.5, of: 2))
    #expect(abs(law.strength(at: time, 2) - 1.5) < 1e-12)
  }

  @Test("Orthogonal matrices learn in about as many steps at any depth, Gaussian ones need more and more")
  func depths() throws {
    func steps(_ depth: Int, _ initializer: String) throws -> Double {
      try run(
        deepLinearKind,
        "depth: \(depth)\nwidth: 12\nmodes: [1, 1]\ninit: \(initializer)\nrates: [0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2]\nsteps: 400\n"
      ).tables[0]["steps-to-threshold"]!.number(0)!
    }
    let orthogonal = try steps(16, "orthogonal")
    let gaussian = try steps(16, "lecun")
    #expect(orthogonal < 60)
    #expect(gaussian.isNaN || gaussian > 2 * orthogonal)
  }

  @Test("Modes that do not fit through the width are refused")
  func narrow() throws {
    #expect(
      try messages(deepLinearKind, "width: 1\n") == ["3 modes do not pass through a width of 1"])
  }
}
