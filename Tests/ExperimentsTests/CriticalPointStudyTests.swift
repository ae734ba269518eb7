@testable import Experiments
import Synchronization
import Tables
import Testing

struct CriticalPointStudyTests {
  private func tables(_ yaml: String, doors: Doors = Doors()) throws -> [String: Table] {
    let outcome = try prepare(criticalPointsKind, yaml).run(inputs: [:], doors: doors)
    return Dictionary(uniqueKeysWithValues: outcome.tables.map { ($0.name, $0) })
  }

  private func column(_ table: Table?, _ name: String) throws -> [Double] {
    let table = try #require(table)
    return (0..<table.rowCount).map { table[name]!.number($0)! }
  }

  private func texts(_ table: Table?, _ name: String) throws -> [String] {
    let table = try #require(table)
    return (0..<table.rowCount).map { table[name]!.text($0) }
  }

  @Test("Himmelblau's function has four minima, four saddles and a maximum, and its index rises with its value")
  func himmelblau() throws {
    let tables = try tables("function: himmelblau\nstarts: 60\nrange: [-6, 6]\n")
    let runs = tables["runs"]!
    func count(_ name: String) -> Int { Int(runs[name]!.number(0)!) }
    #expect(
      [count("points"), count("minima"), count("saddles"), count("maxima"), count("undecided")] == [9, 4, 4, 1, 0])
    #expect(count("found") + count("outside") + count("stalled") == 60 && count("found") > 40)
    #expect(runs["rank-correlation"]!.number(0)! > 0.9)
    let points = tables["points"]
    #expect(try column(points, "gradient-norm").allSatisfy { $0 <= 1e-10 })
    let (index, type) = (try column(points, "index"), try texts(points, "type"))
    for (index, type) in zip(index, type) {
      #expect(["minimum": 0, "saddle": 0.5, "maximum": 1][type] == index)
    }
    #expect(try column(points, "starts").reduce(0, +) == Double(count("found")))
    // Each row's counts are its eigenvalues'.
    let (place, value) = (try column(tables["eigenvalues"], "point"), try column(tables["eigenvalues"], "eigenvalue"))
    #expect(value.count == 18)
    for (row, negative) in try column(points, "negative").enumerated() {
      #expect(Double(zip(place, value).count { Int($0.0) == row + 1 && $0.1 < 0 }) == negative)
    }
    let starts = tables["starts"]
    #expect(try column(starts, "x").allSatisfy { abs($0) <= 6 } && starts!.rowCount == 60)
    for (point, end) in zip(try column(starts, "point"), try texts(starts, "end")) {
      #expect((point > 0) == (end == "found"))
    }
    // No larger than 1, the share of an eigenvector of the largest eigenvalue.
    #expect(try column(starts, "cokernel-residual").allSatisfy { $0.isNaN || (0...1 + 1e-12).contains($0) })
  }

  @Test("A point has the same number whatever seed drew the starts")
  func numbering() throws {
    func found(_ seed: Int) throws -> Table {
      try #require(tables("function: himmelblau\nstarts: 80\nrange: [-6, 6]\nseed: \(seed)\n")["points"])
    }
    let (one, two) = (try found(1), try found(2))
    #expect(one.rowCount == 9 && two.rowCount == 9)
    for name in ["x", "y", "loss"] {
      for (a, b) in zip(try column(one, name), try column(two, name)) { #expect(abs(a - b) < 1e-6) }
    }
    #expect(try column(one, "index") == [0, 0, 0, 0, 0.5, 0.5, 0.5, 0.5, 1])
    // The minima are all at 0: by x.
    let x = try column(one, "x")
    #expect(x[..<4] == x[..<4].sorted()[...] && x[0] < -3.7 && abs(x[3] - 3.584428) < 1e-6)
    let saddles = try column(one, "loss")[4..<8]
    #expect(saddles == saddles.sorted()[...])
  }

  @Test(
    "Known critical points are told apart, and singular ones left undecided",
    arguments: [
      ("[{x: 2}, {y: 2}]", "minimum", [0, 0, 2]), ("[{x: 2}, {coefficient: -1, y: 2}]", "saddle", [1, 0, 1]),
      ("[{coefficient: -1, x: 2}, {coefficient: -1, y: 2}]", "maximum", [2, 0, 0]),
      ("[{x: 2}]", "undecided", [0, 1, 1]), ("[{x: 3}, {coefficient: -3, x: 1, y: 2}]", "undecided", [0, 2, 0]),
      ("[{x: 4}, {y: 4}]", "undecided", [0, 2, 0]), ("[{coefficient: -1, x: 4}]", "undecided", [0, 2, 0]),
    ])
  func classification(_ terms: String, _ type: String, _ counts: [Double]) throws {
    let tables = try tables("function: {polynomial: {terms: \(terms)}}\nat: [0, 0]\n")
    #expect(try texts(tables["points"], "type") == [type])
    #expect(try ["negative", "zero", "positive"].map { try column(tables["points"], $0)[0] } == counts)
    #expect(try column(tables["runs"], "starts") == [1])
  }

  @Test("Weight decay is part of the loss: a line of minima becomes one minimum")
  func weightDecay() throws {
    let spec = "function: {polynomial: {terms: [{x: 2}, {coefficient: -2, x: 1}]}}\nat: [3, 2]\n"
    #expect(try texts(tables(spec)["points"], "type") == ["undecided"])
    // x² − 2x + ½(x² + y²)/2: least at x = 4/5, where it is −4/5.
    let found = try tables(spec + "weight-decay: 0.5\n")
    #expect(try texts(found["points"], "type") == ["minimum"])
    let at = try ["x", "y", "loss"].map { try column(found["points"], $0)[0] }
    #expect(zip(at, [0.8, 0, -0.8]).allSatisfy { abs($0 - $1) < 1e-9 })
    let ends = try column(found["eigenvalues"], "eigenvalue")
    #expect(abs(ends[0] - 0.5) < 1e-12 && abs(ends[1] - 2.5) < 1e-12)
  }

  @Test("The network y = w₁w₂x on one sample has a saddle at the origin with eigenvalues ±2, and a curve of minima")
  func product() throws {
    let origin = try tables("function: product\nat: [0, 0]\n")
    let ends = try column(origin["eigenvalues"], "eigenvalue")
    #expect(abs(ends[0] + 2) < 1e-14 && abs(ends[1] - 2) < 1e-14)
    #expect(try column(origin["points"], "loss") == [1] && texts(origin["points"], "type") == ["saddle"])
    let near = try tables("function: product\nat: [1.2, 0.9]\nnoise: 0.05\nstarts: 8\n")
    // Points on w₁w₂ = 1: zero along the curve, w₁² + w₂² twice across it; what they are the Hessian does not say.
    #expect(try column(near["points"], "loss").allSatisfy { $0 < 1e-18 })
    #expect(try texts(near["points"], "type").allSatisfy { $0 == "undecided" } && near["points"]!.rowCount == 8)
    #expect(try column(near["points"], "zero").allSatisfy { $0 == 1 })
  }

  private let net = "data: {spirals: {points: 12, test: 0}}\nmodel: {mlp: {hidden: [2], activation: tanh}}\n"

  @Test("A small network has critical points of its own, from draws and from checkpoints")
  func network() throws {
    let tables = try tables(net + "starts: 6\nsteps: 60\ntolerance: 1e-8\ninit: {normal: {deviation: 0.5}}\n")
    let found = tables["points"]!
    #expect(found.rowCount > 0 && found.rowCount <= 6)
    for row in 0..<found.rowCount {
      #expect(found["gradient-norm"]!.number(row)! <= 1e-8)
      let counts: [Double] = ["negative", "zero", "positive"].map { found[$0]!.number(row)! }
      let total: Double = counts.reduce(0, +)
      // Two units of two inputs and a bias, two classes of two units and a bias.
      #expect(total == 12)
      #expect(found["index"]!.number(row)! == counts[0] / total)
    }
    let training = try run(trainKind, net + "optimizer: adam\nepochs: 2\nprecision: double\n")
    let inputs = training.checkpoints.map { Input(tables: [], checkpoint: $0) }
    let outcome = try prepare(criticalPointsKind, net + "from: [base@epochs]\nsteps: 2\n").run(
      inputs: ["from": inputs], doors: Doors())
    let starts = outcome.tables.first { $0.name == "starts" }!
    // Two checkpoints, no noise: two starts, where the training was.
    #expect(starts.rowCount == 2)
    let norms = training.checkpoints.map { checkpoint -> Double in
      checkpoint.parameters.reduce(0.0) { sum, number in sum + number * number }.squareRoot()
    }
    #expect(try column(starts, "norm") == norms)
    let noisy = try prepare(criticalPointsKind, net + "from: [base@epochs]\nsteps: 1\nnoise: 0.1\nstarts: 5\n").run(
      inputs: ["from": inputs], doors: Doors())
    #expect(noisy.tables[2].rowCount == 5)
  }

  @Test("A search that was interrupted takes what it had finished, and gives the same")
  func resumed() throws {
    let spec = "function: himmelblau\nstarts: 12\n"
    let whole = try prepare(criticalPointsKind, spec).run(inputs: [:], doors: Doors()).tables.map { $0.csv() }
    let store = Mutex<[Int: [UInt8]]>([:])
    var doors = Doors()
    doors.keep = { part, bytes in store.withLock { $0[part] = bytes } }
    doors.kept = { part in store.withLock { $0[part] } }
    doors.isCancelled = { store.withLock { $0.count } >= 5 }
    #expect(throws: Cancelled.self) { try prepare(criticalPointsKind, spec).run(inputs: [:], doors: doors) }
    let before = store.withLock { $0 }
    #expect(before.count == 5)
    doors.isCancelled = { false }
    let made = Mutex<Set<Int>>([])
    doors.keep = { part, _ in _ = made.withLock { $0.insert(part) } }
    #expect(try prepare(criticalPointsKind, spec).run(inputs: [:], doors: doors).tables.map { $0.csv() } == whole)
    #expect(made.withLock { $0 }.isDisjoint(with: before.keys))
  }

  @Test("What cannot be is said")
  func refusals() throws {
    #expect(
      try messages(criticalPointsKind, "function: himmelblau\nrange: [2, 1]\n") == ["‘range’ must go up: [from, to]"])
    #expect(
      try messages(criticalPointsKind, "data: {spirals: {points: 12, test: 0}}\nmodel: {mlp: {hidden: [400]}}\n")
        == ["every step of the search takes all eigenvectors of 2002 parameters: at most 1500"])
    #expect(try messages(criticalPointsKind, "starts: 3\n").count == 1)
    #expect(
      try messages(criticalPointsKind, "function: himmelblau\nnoise: 0.1\n")
        == [
          "‘noise’ is added to given points, and every start is drawn here: give ‘from’, ‘parameters’ or ‘at’"
        ])
    #expect(
      try messages(criticalPointsKind, net + "range: [-1, 1]\n")
        == ["‘range’ is a square of the plane, for a ‘function’; a model's starts are drawn by ‘init’"])
  }
}
