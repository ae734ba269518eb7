import Autodiff
import Diagnostics
import Fixtures
import Networks
import Synchronization
import Tables
import Tensors
import Testing

@testable import Experiments

struct InterpolateTests {
  private let net =
    "data: {spirals: {points: 40, test: 0.2}}\nmodel: {mlp: {hidden: [6], activation: tanh}}\nprecision: double\n"
  private func tables(
    _ yaml: String, _ inputs: [String: [Input]] = [:], _ doors: Doors = Doors()
  ) throws -> [String: Table] {
    let outcome = try prepare(interpolateKind, yaml).run(inputs: inputs, doors: doors)
    return Dictionary(uniqueKeysWithValues: outcome.tables.map { ($0.name, $0) })
  }
  private func numbers(_ table: Table?, _ column: String) throws -> [Double] {
    let table = try #require(table)
    return (0..<table.rowCount).map { table[column]!.number($0) ?? .nan }
  }
  private func trained(seed: Int = 1, epochs: Int = 3) throws -> (start: Input, end: Input) {
    let outcome = try run(
      trainKind, net + "optimizer: {sgd: {lr: 0.3}}\nbatch: 8\nepochs: \(epochs)\nseed: \(seed)\n")
    let inputs = outcome.checkpoints.map { Input(tables: [], checkpoint: $0) }
    return (inputs[0], inputs[1])
  }

  @Test("A line through a quadratic is a parabola, with its chord, and its barrier is none")
  func quadratic() throws {
    let line = "function: {quadratic: {matrix: [[6, 1], [1, 10]]}}\nat: [-1, 0]\nprecision: double\npoints: 9\n"
    let tables = try tables(line + "direction: {towards: {point: [1, 1]}}\nrange: [-0.5, 1.5]\n")
    let table = tables["line"]!
    #expect(try numbers(table, "x") == [-0.5, -0.25, 0, 0.25, 0.5, 0.75, 1, 1.25, 1.5])
    func loss(_ t: Double) -> Double {
      let (x, y) = (-1 + 2 * t, t)
      return 3 * x * x + x * y + 5 * y * y
    }
    for row in 0..<9 {
      let t = table["x"]!.number(row)!
      #expect(abs(table["loss"]!.number(row)! - loss(t)) < 1e-13)
      let chord = table["chord"]!.number(row) ?? .nan
      #expect(t < 0 || t > 1 ? chord.isNaN : abs(chord - ((1 - t) * 3 + t * 9)) < 1e-13)
    }
    let runs = tables["runs"]!
    #expect(runs["barrier"]!.number(0) == 0 && runs["concavities"]!.number(0) == 0)
    #expect(runs["lowest-at"]!.number(0) == 0.25 && runs["increases"]!.number(0) == 3)
    #expect(abs(runs["distance"]!.number(0)! - 5.0.squareRoot()) < 1e-15)
    // Between two pits there is a barrier, at a place in closed form.
    let pits = try self.tables(
      "function: himmelblau\nat: [3, 2]\ndirection: {towards: {point: [-3.779310, -3.283186]}}\nprecision: double\n"
        + "range: [0, 1]\npoints: 101\n")["runs"]!
    #expect(pits["barrier"]!.number(0)! > 100 && pits["concavities"]!.number(0)! > 0)
  }

  @Test("The ends of a line are the checkpoints, whose losses are the model's own")
  func ends() throws {
    let (a, b) = (try trained().end, try trained(seed: 2).end)
    let tables = try tables(net + "from: a\nto: b\nsamples: all\npoints: 5\n", ["from": [a], "to": [b]])
    let runs = tables["runs"]!
    let interpolate = try #require(
      prepare(interpolateKind, net + "from: a\nto: b\nsamples: all\n") as? Interpolate)
    let objective = try interpolate.surveyed.load(Double.self, ["from": [a]]).objective()
    for (end, name) in [(a, "from"), (b, "to")] {
      #expect(abs(objective.value(at: Vector(end.checkpoint!.parameters)) - runs["loss-\(name)"]!.number(0)!) < 1e-13)
      #expect(runs["error-\(name)"]!.number(0)! == 1 - objective.measures[0] / 64)
    }
    // The line leaves out 0 and 1; the ends are looked at all the same.
    let line = try numbers(tables["line"], "x")
    #expect(line == [-0.5, 0, 0.5, 1, 1.5])
    let uneven = try self.tables(
      net + "from: a\nto: b\nsamples: all\npoints: 4\n", ["from": [a], "to": [b]])["runs"]!
    #expect(uneven["loss-from"] == runs["loss-from"] && uneven["loss-to"] == runs["loss-to"])
    // Two runs have learned in ways of their own.
    #expect(runs["barrier"]!.number(0)! > 0.01 && runs["cosine"]!.number(0)! < 0.9)
  }

  @Test("From the start of a run to its end the loss only falls, or the count of increases says that it does not")
  func goodfellow() throws {
    let (start, end) = try trained(epochs: 20)
    let runs = try tables(
      net + "from: a\nto: b\nsamples: all\nrange: [0, 1]\npoints: 21\n", ["from": [start], "to": [end]])["runs"]!
    #expect(runs["increases"]!.number(0) == 0 && runs["steps"]!.number(0) == 20 && runs["barrier"]!.number(0)! >= 0)
    let back = try tables(
      net + "from: a\nto: b\nsamples: all\nrange: [0, 1]\npoints: 21\n", ["from": [end], "to": [start]])["runs"]!
    #expect(back["increases"]!.number(0) == 20)
    let climb = back["loss-to"]!.number(0)! - back["loss-from"]!.number(0)!
    #expect(abs(back["greatest-rise"]!.number(0)! - climb) < 1e-13)
  }

  @Test("Buffers are interpolated, left, or computed again: losses equal PyTorch's")
  func buffers() throws {
    struct Reference: Decodable {
      var inputs: [Double]
      var labels: [Double]
      var points: [[Double]]
      var buffers: [[Double]]
      var places: [Double]
      var interpolate: [Double]
      var from: [Double]
      var recompute: [Double]
      var errors: [Double]
      var statistics: [[Double]]
    }
    let reference = try fixture("interpolation", as: Reference.self)
    let model = try Model.chain(
      "small", [Linear(units: 4), BatchNorm(), ActivationLayer(.relu), Linear(units: 2)], inputShape: [3], outputs: 2)
    func batch(_ rows: Range<Int>) -> BatchedObjective<Double>.Batch {
      .init(
        [Vector(reference.inputs[rows.lowerBound * 3..<rows.upperBound * 3]), Vector(reference.labels[rows])],
        samples: rows.count)
    }
    let loaded = Surveyed.Loaded<Double>(
      function: model.training(with: .crossEntropy), batches: [batch(0..<12)], point: Vector(reference.points[0]),
      buffers: Vector(reference.buffers[0]))
    var (step, change) = (Vector(reference.points[1]), Vector(reference.buffers[1]))
    step.add(-1, times: loaded.point)
    change.add(-1, times: loaded.buffers)
    let training = [batch(0..<5), batch(5..<10), batch(10..<12)]
    for (movement, wanted) in [
      (BufferMovement.interpolate, reference.interpolate), (.from, reference.from), (.recompute, reference.recompute),
    ] {
      let line = Combinations(
        loaded, from: loaded.point, along: [step], buffers: [loaded.buffers, change], movement: movement
      ) { training }
      let seen = try line.losses(at: reference.places.map { [$0] }, Doors())
      for (one, wanted) in zip(seen, wanted) { #expect(abs(one.loss - wanted) < 1e-9, "\(movement)") }
      if movement == .interpolate {
        for (one, wanted) in zip(seen, reference.errors) { #expect(abs(one.error - wanted) < 1e-15) }
      }
    }
    let observer = BatchedObjective(loaded.function, buffers: loaded.buffers, batches: training)
    for (place, wanted) in zip(reference.places, reference.statistics) {
      var point = loaded.point
      point.add(place, times: step)
      for (found, wanted) in zip(observer.statistics(at: point).array, wanted) { #expect(abs(found - wanted) < 1e-8) }
    }
  }

  @Test("A random ray is as long as its normalization says, and another seed is another ray")
  func rays() throws {
    func run(_ options: String) throws -> [String: Table] {
      try tables(net + "range: [-20, 20]\npoints: 3\n" + options)
    }
    let raw = try run("direction: {random: {normalization: none, vectors: random}}\n")
    // About √P for P standard normal numbers.
    #expect(abs(raw["runs"]!["distance"]!.number(0)! / 32.0.squareRoot() - 1) < 0.4)
    #expect(raw["runs"]!["parameters"]!.number(0) == 32)
    #expect(try run("direction: random\n")["line"] != run("direction: random\nseed: 2\n")["line"])
    let filter = try run("direction: random\n")["layers"]!
    #expect(abs(filter["distance"]!.number(0)! - filter["norm-from"]!.number(0)!) < 1e-12)
    #expect(filter["distance"]!.number(1) == 0)
  }

  @Test("The histogram holds every weight of both ends once")
  func histogram() throws {
    let (a, b) = (try trained().start, try trained().end)
    let weights = try tables(net + "from: a\nto: b\npoints: 2\n", ["from": [a], "to": [b]])["weights"]!
    for end in ["from", "to"] {
      let rows = (0..<weights.rowCount).filter { weights["point"]!.text($0) == end }
      #expect(rows.reduce(0) { $0 + weights["count"]!.number($1)! } == 24)
      let width = weights["weight"]!.number(1)! - weights["weight"]!.number(0)!
      #expect(abs(rows.reduce(0) { $0 + weights["density"]!.number($1)! } * width - 1) < 1e-12)
      let mean = rows.reduce(0) { $0 + weights["weight"]!.number($1)! * weights["count"]!.number($1)! } / 24
      let parameters = (end == "from" ? a : b).checkpoint!.parameters
      let exact = (parameters[0..<12].reduce(0, +) + parameters[18..<30].reduce(0, +)) / 24
      #expect(abs(mean - exact) < width)
    }
  }

  @Test("Results do not depend on workers, bit for bit")
  func workers() throws {
    let (a, b) = (try trained().start, try trained().end)
    let inputs = ["from": [a], "to": [b]]
    // Between the ends: outside them the chord is not a number, and no such number equals another.
    let line = net + "from: a\nto: b\nrange: [0, 1]\n"
    let alone = try tables(line, inputs)
    let doors = Doors(
      parallel: Parallel(workers: 2) { count, body in for part in (0..<count).reversed() { body(part) } })
    #expect(try tables(line, inputs, doors) == alone)
  }

  @Test(
    "What cannot be interpolated is said",
    arguments: [
      ("", "where does the line lead? give ‘to’, another checkpoint, or a ‘direction’"),
      ("to: b\ndirection: random\n", "a line leads to one place: give ‘to’ or ‘direction’, not both"),
      ("to: b\nrange: [1, 0]\n", "the range must go up: [from, to]"),
      (
        "from: b@end\nto: b\n",
        "‘from’ and ‘to’ are both ‘b’, and nothing lies between a checkpoint and itself"
      ),
      (
        "direction: {towards: {point: [1, 0]}}\n",
        "‘towards’ is a point of a function of the plane; a model's is another checkpoint, ‘to’"
      ),
    ])
  func refusals(_ yaml: String, _ message: String) throws {
    #expect(try messages(interpolateKind, net + yaml) == [message])
  }

  @Test("A function of the plane has no checkpoints to lead to")
  func function() throws {
    #expect(
      try messages(interpolateKind, "function: beale\nto: b\n")
        == ["a function of the plane has no checkpoints; direction: {towards: {point: [1, 0]}}"])
    #expect(
      try messages(interpolateKind, "function: beale\ndirection: random\n") == [
        "a function of the plane has no weights to draw a direction beside; direction: {towards: {point: [1, 0]}}"
      ])
  }

  @Test("A line without a point between its ends has no barrier, not one of zero")
  func unseen() throws {
    let wide = "function: himmelblau\nat: [0, 0]\ndirection: {towards: {point: [1, 1]}}\nprecision: double\n"
    let runs = try tables(wide + "range: [-1e200, 1e200]\n")["runs"]!
    #expect(runs["barrier"]!.number(0)!.isNaN && runs["barrier-at"]!.number(0)!.isNaN)
    #expect(runs["not-finite"]!.number(0) == 40)
    #expect(try tables(wide + "range: [0, 1]\npoints: 3\n")["runs"]!["barrier"]!.number(0)! >= 0)
  }
}
