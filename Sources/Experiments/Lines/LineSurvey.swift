import Autodiff
import Landscapes
import Specs
import Tables
import Tensors

/// The survey of one line.
struct LineSurvey<Element: Scalar> {
  private let plan: Interpolate
  private let line: Combinations<Element>
  private var options: Values { plan.options }
  private var end: Vector<Element> { line.point([1]) }

  init(_ plan: Interpolate, _ inputs: [String: [Input]]) throws {
    self.plan = plan
    let surveyed = plan.surveyed
    let loaded = try surveyed.load(Element.self, inputs)
    var step: Vector<Element>
    var buffers = loaded.buffers
    if let end = try surveyed.waypoints(inputs["to"] ?? [], Element.self, at: plan.options.place("to")).first {
      step = end.point
      step.add(-1, times: loaded.point)
      buffers = end.buffers
    } else {
      let direction = plan.options.entry("direction").values
      if let point = direction.all["point"]?.asList.map(\.asNumber) {
        step = Vector(point.map { Element($0) })
        step.add(-1, times: loaded.point)
      } else {
        var stream = Stream(
          book: surveyed.book.seed, run: UInt64(plan.options.integer("seed")), purpose: .probes(0))
        step = RandomDirection.drawn(direction, from: loaded.point, surveyed.layout, &stream)
      }
    }
    if buffers.count > 0 { buffers.add(-1, times: loaded.buffers) }
    line = try Combinations(
      loaded, from: loaded.point, along: [step], buffers: [loaded.buffers, buffers],
      movement: BufferMovement(rawValue: plan.options.text("buffers"))!
    ) { try surveyed.trainingBatches(Element.self) }
  }

  func run(_ doors: Doors) throws -> Outcome {
    let places = plan.positions
    // The ends are looked at whether or not they are among the points.
    let seen = try line.losses(at: (places + [0, 1]).map { [$0] }, doors)
    let ends = (from: seen[places.count], to: seen[places.count + 1])
    var table = TableBuilder(LineTables.line)
    for (x, here) in zip(places, seen) {
      let isBetween = x >= 0 && x <= 1
      table.append([
        "x": .number(x), "loss": .number(here.loss), "error": .number(here.error),
        "chord": .number(isBetween ? (1 - x) * ends.from.loss + x * ends.to.loss : .nan),
        "error-chord": .number(isBetween ? (1 - x) * ends.from.error + x * ends.to.error : .nan),
      ])
    }
    var tables = [try runs(places, seen), table.table()]
    if plan.isNetwork {
      tables += [
        layers(), WeightHistogram.table([("from", line.origin), ("to", end)], plan.surveyed.layout),
      ]
    }
    return Outcome(tables: tables)
  }

  private func runs(_ places: [Double], _ seen: [(loss: Double, error: Double)]) throws -> Table {
    let ends = seen.suffix(2)
    let inner = places.indices.filter { places[$0] > 0 && places[$0] < 1 }
    let positions = [0] + inner.map { places[$0] } + [1]
    let between = [ends.first!] + inner.map { seen[$0] } + [ends.last!]
    let losses = between.map(\.loss)
    let barrier = try Barrier(positions: positions, losses: losses)
    let errorBarrier = try Barrier(positions: positions, losses: between.map(\.error))
    // Between ends alone nothing could be seen to rise.
    let isSeen = !inner.isEmpty
    let shape = Monotonicity(losses, positions: positions)
    let all = zip(places, seen).map { ($0, $1.loss) } + zip([0, 1], ends.map(\.loss))
    let lowest = all.filter { $0.1.isFinite }.min { $0.1 < $1.1 }
    let (from, to) = (line.origin, end)
    var runs = TableBuilder(LineTables.runs)
    runs.append([
      "parameters": .integer(from.count), "samples": .integer(plan.surveyed.samples),
      "loss-from": .number(ends.first!.loss), "loss-to": .number(ends.last!.loss),
      "error-from": .number(ends.first!.error), "error-to": .number(ends.last!.error),
      "barrier": .number(isSeen ? barrier.height : .nan), "barrier-at": .number(isSeen ? barrier.position : .nan),
      "error-barrier": .number(isSeen ? errorBarrier.height : .nan),
      "error-barrier-at": .number(isSeen ? errorBarrier.position : .nan),
      "highest": .number(losses.reduce(-.infinity) { $1.isNaN || $0.isNaN ? .nan : max($0, $1) }),
      "lowest": .number(lowest?.1 ?? .nan), "lowest-at": .number(lowest?.0 ?? .nan),
      "increases": .integer(shape.increases), "steps": .integer(losses.count - 1),
      "greatest-rise": .number(shape.greatestRise), "concavities": .integer(shape.concavities),
      "not-finite": .integer(seen.prefix(places.count).count { !$0.loss.isFinite }),
      "distance": .number(line.directions[0].norm), "cosine": .number(from.dot(to) / (from.norm * to.norm)),
      "norm-from": .number(from.norm), "norm-to": .number(to.norm),
    ])
    return runs.table()
  }

  private func layers() -> Table {
    let (from, to, step) = (line.origin, end, line.directions[0])
    var table = TableBuilder(LineTables.layers)
    for slice in plan.surveyed.layout.slices {
      func product(_ a: Vector<Element>, _ b: Vector<Element>) -> Double {
        a.dot(slice.shape.count, at: slice.offset, with: b, at: slice.offset)
      }
      let norms = (product(from, from).squareRoot(), product(to, to).squareRoot())
      table.append([
        "layer": .integer(slice.layer), "parameter": .text(slice.name), "norm-from": .number(norms.0),
        "norm-to": .number(norms.1), "distance": .number(product(step, step).squareRoot()),
        "cosine": .number(product(from, to) / (norms.0 * norms.1)),
      ])
    }
    return table.table()
  }
}
