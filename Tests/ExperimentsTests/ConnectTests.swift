import Autodiff
import Diagnostics
import Landscapes
import Tables
import Tensors
import Testing

@testable import Experiments

struct ConnectTests {
  private let net =
    "data: {spirals: {points: 50, test: 0.2}}\nmodel: {mlp: {hidden: [8], activation: tanh}}\nprecision: double\n"

  private func trained(_ seed: Int) throws -> Input {
    let outcome = try run(
      trainKind, net + "optimizer: {sgd: {lr: 0.3, momentum: 0.9}}\nbatch: 10\nepochs: 30\nseed: \(seed)\n")
    return Input(tables: [], checkpoint: outcome.checkpoints.last)
  }
  private func connect(_ options: String) throws -> Outcome {
    try prepare(connectKind, net + "from: a\nto: b\nsamples: all\n" + options)
      .run(inputs: ["from": [try trained(1)], "to": [try trained(2)]], doors: Doors())
  }

  @Test("A learned curve stays below the straight line and is longer; its bend spans a plane with the ends")
  func curve() throws {
    for shape in ["bezier", "poly-chain"] {
      let outcome = try connect("curve: \(shape)\nepochs: 40\nbatch: 20\nlr: 0.2\npoints: 21\n")
      let runs = outcome.tables[0]
      let (barrier, chord) = (runs["barrier"]!.number(0)!, runs["chord-barrier"]!.number(0)!)
      #expect(barrier >= 0 && barrier < 0.7 * chord, "\(barrier) \(chord)")
      #expect(runs["length"]!.number(0)! > runs["chord-length"]!.number(0)!)
      #expect(runs["diverged"]!.number(0) == 0 && runs["steps"]!.number(0) == 40 * 4)
      let curve = outcome.tables[1]
      #expect(curve.rowCount == 42 && curve["length"]!.number(0) == 0)
      // Pieces of a polygon are a little shorter than the curve that it follows.
      #expect(abs(curve["length"]!.number(20)! - runs["length"]!.number(0)!) < 0.01 * runs["length"]!.number(0)!)
      #expect(curve["loss"]!.number(0) == curve["loss"]!.number(21) && curve["path"]!.text(21) == "chord")
      let bends = outcome.tables[4]
      #expect(bends["x"]!.number(0) == 0 && abs(bends["x"]!.number(2)! - runs["chord-length"]!.number(0)!) < 1e-10)
      #expect(abs(bends["y"]!.number(2)!) < 1e-10 && bends["y"]!.number(1)! > 0)
      let path = outcome.tables[3]
      #expect((0..<21).allSatisfy { path["distance"]!.number($0)! < 1e-6 })
      // Half-way a Bézier curve stands at ¼ w₀ + ½ θ + ¼ w₂, a chain at θ.
      let share = shape == "bezier" ? 0.5 : 1
      #expect(abs(path["y"]!.number(10)! - share * bends["y"]!.number(1)!) < 1e-9)
    }
  }

  @Test("One step moves the bend against the gradient of the loss at the point met, by momentum, rate and decay")
  func steps() throws {
    let (a, b) = (try trained(1), try trained(2))
    let outcome = try connect("epochs: 3\nbatch: 1000\nlr: 0.1\nmomentum: 0.5\nweight-decay: 0.01\n")
    let found = outcome.checkpoints[0].parameters
    // The same by the whole function of the bend, θ ↦ L(φ(t)) + ½λ‖φ(t)‖², differentiated as one.
    let surveyed = try #require(prepare(connectKind, net + "from: a\nto: b\nsamples: all\n") as? Connect).surveyed
    let loaded = try surveyed.load(Double.self, [:])
    let (from, to) = (a.checkpoint!.parameters, b.checkpoint!.parameters)
    var bend = zip(from, to).map { ($0 + $1) / 2 }
    var velocity = [Double](repeating: 0, count: bend.count)
    let base = loaded.function
    for (epoch, rate) in [(1, 0.1), (2, 0.1), (3, 0.1 * connectionRate(after: 2.0 / 3))] {
      var places = Stream(book: 1, run: 1, purpose: .probes(epoch))
      let t = places.uniform()
      let function = TracedFunction(layout: base.layout, data: base.data) { arguments in
        var inner = arguments
        var norm = arguments.data[0].trace.constant(0)
        for (index, slice) in base.layout.slices.enumerated() {
          let ends = zip(from[slice.range], to[slice.range]).map { (1 - t) * (1 - t) * $0 + t * t * $1 }
          let fixed = arguments.data[0].trace.constant(ends, shape: slice.shape)
          inner.parameters[index] = fixed + 2 * t * (1 - t) * arguments.parameters[index]
          norm = norm + inner.parameters[index].squared.sum()
        }
        return .init(value: base.body(inner).value + 0.005 * norm)
      }
      let objective = BatchedObjective<Double>(function, batches: loaded.batches)
      var gradient = Vector<Double>(zeros: bend.count)
      _ = objective.gradient(at: Vector(bend), into: &gradient)
      for place in bend.indices {
        velocity[place] = 0.5 * velocity[place] + gradient[place]
        bend[place] -= rate * velocity[place]
      }
    }
    for (found, wanted) in zip(found, bend) { #expect(abs(found - wanted) < 1e-11) }
  }

  @Test("The rate stays for half of the epochs, and falls to a hundredth at nine tenths")
  func rate() {
    #expect(connectionRate(after: 0) == 1 && connectionRate(after: 0.5) == 1)
    #expect(abs(connectionRate(after: 0.7) - 0.505) < 1e-15 && abs(connectionRate(after: 0.9) - 0.01) < 1e-15)
    #expect(connectionRate(after: 0.95) == 0.01)
  }

  @Test("A curve of several bends leaves the plane; every bend has moved")
  func bends() throws {
    let outcome = try connect("bends: 3\nepochs: 4\nbatch: 20\nlr: 0.1\npoints: 11\n")
    let bends = outcome.tables[4]
    #expect(bends.rowCount == 5)
    let path = outcome.tables[3]
    #expect((1..<10).contains { path["distance"]!.number($0)! > 1e-3 })
    #expect(path["distance"]!.number(0)! < 1e-6)
    #expect(bends["norm"]!.number(2)! > 0)
  }

  @Test("A checkpoint is not connected with itself")
  func sameEnds() throws {
    #expect(
      try messages(connectKind, net + "from: b[seed=1]@epoch=2\nto: b[seed=1]@epoch=2\n")
        == ["‘from’ and ‘to’ are both ‘b[seed=1]@epoch=2’, and nothing lies between a checkpoint and itself"])
    #expect(try messages(connectKind, net + "from: b[seed=1]@epoch=2\nto: b[seed=1]\n") == [])
  }

  @Test("A search that leaves the numbers ends, and says so")
  func diverges() throws {
    let runs = try connect("epochs: 5\nbatch: 10\nlr: 1e200\nweight-decay: 1\npoints: 3\n").tables[0]
    #expect(runs["diverged"]!.number(0) == 1)
  }
}
