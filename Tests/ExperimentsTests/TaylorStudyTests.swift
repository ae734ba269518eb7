import Experiments
import Synchronization
import Tables
import Testing

struct TaylorStudyTests {
  private func tables(_ yaml: String) throws -> [String: Table] {
    Dictionary(uniqueKeysWithValues: try run(taylorKind, yaml).tables.map { ($0.name, $0) })
  }

  private func column(_ table: Table?, _ name: String) throws -> [Double] {
    let table = try #require(table)
    return (0..<table.rowCount).map { table[name]!.number($0)! }
  }

  @Test("The second-order model of Himmelblau's function errs like the cube of the distance, the first like its square")
  func powers() throws {
    let tables = try tables("function: himmelblau\nat: [1, 2]\nrange: [-0.5, 0.5]\npoints: 5\n")
    #expect(abs(try column(tables["runs"], "second-power")[0] - 3) < 0.02)
    #expect(abs(try column(tables["runs"], "first-power")[0] - 2) < 0.02)
    // (−36, −32) there, and f = 68.
    #expect(try column(tables["runs"], "loss") == [68])
    #expect(abs(try column(tables["runs"], "slope")[0] - (36 * 36 + 32 * 32).squareRoot()) < 1e-12)
    let (x, loss) = (try column(tables["line"], "x"), try column(tables["line"], "loss"))
    #expect(x == [-0.5, -0.25, 0, 0.25, 0.5] && loss[2] == 68)
    let second = try column(tables["line"], "second-order")
    #expect(second[2] == 68 && zip(loss, second).allSatisfy { abs($0.0 - $0.1) < 5 })
    #expect(try column(tables["line"], "error")[2] == 0)
    #expect(
      try column(tables["models"], "value")
        == zip(loss, zip(try column(tables["line"], "first-order"), second)).flatMap { [$0, $1.0, $1.1] })
    // Halving the distance takes an eighth of the second model's error, where it is not yet rounding.
    let errors = try column(tables["errors"], "error")
    #expect(abs(errors[9] / errors[11] - 8) < 0.2 && abs(errors[8] / errors[10] - 4) < 0.2)
  }

  @Test("The bottom eigenvector of x² − y² leads down as the eigenvalue says, without end")
  func escape() throws {
    let tables = try tables("function: {quadratic: {matrix: [[2, 0], [0, -2]]}}\ndirection: bottom\npoints: 3\n")
    #expect(abs(try column(tables["runs"], "curvature")[0] + 2) < 1e-12)
    #expect(try column(tables["line"], "loss").map { abs($0 + 1) < 1e-12 } == [true, false, true])
    #expect(try column(tables["runs"], "safe-step")[0] > 1e6)
    // −½x² + x³/6 + y²: M = 1, so 3.
    let cubic = try self.tables(
      "function: {polynomial: {terms: [{coefficient: -0.5, x: 2}, {coefficient: 0.16666666666666666, x: 3}, {y: 2}]}}\n"
        + "direction: bottom\nrange: [0, 4]\npoints: 401\n")
    #expect(abs(try column(cubic["runs"], "safe-step")[0] - 3) < 1e-6)
    for (x, loss) in zip(try column(cubic["line"], "x"), try column(cubic["line"], "loss")) {
      #expect(x == 0 || x > 3 - 1e-6 || loss < 0)
    }
    // At the monkey saddle there is no curvature to go by, and still a way down.
    let monkey = try self.tables("function: monkey-saddle\ndirection: [-1, 0]\nrange: [0, 1]\npoints: 3\n")
    #expect(try column(monkey["runs"], "curvature") == [0] && column(monkey["runs"], "safe-step")[0].isNaN)
    #expect(try column(monkey["line"], "loss") == [0, -0.125, -1])
  }

  @Test("Models have Taylor lines too, along eigenvectors, the gradient and random directions")
  func network() throws {
    let net = "data: {spirals: {points: 20, test: 0}}\nmodel: {mlp: {hidden: [3], activation: tanh}}\n"
    let hessian = try run(hessianKind, net + "samples: 20\ntop: 1\nbottom: 1\ntrace-products: 0\n").tables[0]
    for (direction, column) in [("top", "largest"), ("bottom", "smallest")] {
      let runs = try tables(net + "samples: 20\npoints: 3\ndirection: \(direction)\n")["runs"]!
      #expect(abs(runs["curvature"]!.number(0)! - hessian[column]!.number(0)!) < 1e-7)
    }
    let runs = try tables(net + "samples: 20\npoints: 3\nrange: [-0.1, 0.1]\n")["runs"]!
    #expect(abs(runs["slope"]!.number(0)! - hessian["gradient-norm"]!.number(0)!) < 1e-12)
    #expect(abs(runs["second-power"]!.number(0)! - 3) < 0.1)
    let random = try tables(net + "points: 3\ndirection: random\n")["runs"]!
    #expect(
      random["slope"]!.number(0)! != (try tables(net + "points: 3\ndirection: random\nseed: 2\n"))["runs"]!["slope"]!
        .number(0)!)
  }

  @Test("A walk along the line tells how far it is, ends where it is to stop, and goes on where it was")
  func cancelled() throws {
    let study = try prepare(taylorKind, "function: himmelblau\nat: [1, 2]\npoints: 11\n")
    let seen = Mutex<[Double]>([])
    let kept = Mutex<[Int: [UInt8]]>([:])
    var doors = Doors(
      progress: { share in seen.withLock { $0.append(share) } },
      keep: { part, bytes in kept.withLock { $0[part] = bytes } }, kept: { part in kept.withLock { $0[part] } })
    doors.isCancelled = { seen.withLock { $0.count >= 5 } }
    #expect(throws: Cancelled.self) { try study.run(inputs: [:], doors: doors) }
    #expect(seen.withLock { $0.count } == 5 && kept.withLock { $0.keys.sorted() } == [0, 1, 2, 3, 4])
    seen.withLock { $0 = [] }
    doors.isCancelled = { false }
    let again = try study.run(inputs: [:], doors: doors)
    // The point, eleven places of the line, and 21 distances on both sides for the errors.
    #expect(seen.withLock { $0 } == (1...54).map { Double($0) / 54 })
    let whole = try study.run(inputs: [:], doors: Doors())
    #expect(again["line"] == whole["line"] && again["errors"] == whole["errors"])
  }

  @Test("What cannot be is said")
  func refusals() throws {
    #expect(try messages(taylorKind, "function: himmelblau\ndirection: [0, 0]\n") == ["[0, 0] is no direction"])
    #expect(
      try messages(
        taylorKind, "data: {spirals: {points: 20, test: 0}}\nmodel: {mlp: {hidden: [3]}}\ndirection: [1, 0]\n"
      ).first?.hasPrefix("two numbers are a direction of a ‘function’") == true)
    #expect(throws: (any Error).self) { try run(taylorKind, "function: {quadratic: {}}\nat: [0, 0]\n") }
  }
}
