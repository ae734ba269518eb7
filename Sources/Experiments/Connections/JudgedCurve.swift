import Autodiff
import Landscapes
import Specs
import Tables
import Tensors

/// A curve and the straight line between its ends, judged at many places.
struct JudgedCurve {
  private(set) var runs: [String: TableBuilder.Value]
  let curve: Table
  let path: Table
  let bends: Table

  init<Element: Scalar>(
    _ plan: Connect, training: Surveyed.Loaded<Element>, tests: Surveyed.Loaded<Element>?, ends: [Waypoint<Element>],
    controls: [Vector<Element>], _ doors: Doors
  ) throws {
    // φ(t) = w₀ + Σ cⱼ(t) (wⱼ − w₀), since the weights sum to 1.
    let directions = controls.dropFirst().map { control in
      var direction = control
      direction.add(-1, times: controls[0])
      return direction
    }
    let places = linspace(0, 1, count: plan.options.integer("points"))
    let onCurve = places.map { Array(plan.curve.coefficients(at: $0, points: controls.count).dropFirst()) }
    let onChord = places.map { t in directions.indices.map { $0 == directions.count - 1 ? t : 0 } }
    func judge(_ loaded: Surveyed.Loaded<Element>, number: Int) throws -> [[(loss: Double, error: Double)]] {
      var loaded = loaded
      loaded.buffers = ends[0].buffers
      let combinations = try Combinations(
        loaded, from: controls[0], along: directions, buffers: [], movement: .recompute
      ) { try plan.surveyed.trainingBatches(Element.self) }
      return try [onCurve, onChord].enumerated().map { index, coordinates in
        let turn = Double(2 * number + index)
        return try combinations.losses(
          at: coordinates, from: (2 * number + index) * places.count,
          share: 0.8 + 0.05 * turn...0.8 + 0.05 * (turn + 1), doors)
      }
    }
    let seen = try judge(training, number: 0)
    let unseen = try tests.map { try judge($0, number: 1) }

    // Lengths and coordinates need the products of the directions, and nothing else of them.
    let products = directions.map { a in directions.map { a.dot($0) } }
    func product(_ a: [Double], _ b: [Double]) -> Double {
      zip(a, products).reduce(0) { $0 + $1.0 * zip(b, $1.1).reduce(0) { $0 + $1.0 * $1.1 } }
    }
    func distance(_ a: [Double], _ b: [Double]) -> Double {
      let step = zip(a, b).map { $0 - $1 }
      return max(0, product(step, step)).squareRoot()
    }
    var table = TableBuilder(ConnectionTables.curve)
    var lengths: [[Double]] = []
    for (number, (name, coordinates)) in [("curve", onCurve), ("chord", onChord)].enumerated() {
      var length = [0.0]
      for (next, last) in zip(coordinates.dropFirst(), coordinates) {
        length.append(length.last! + distance(next, last))
      }
      lengths.append(length)
      for index in places.indices {
        let test = unseen?[number][index] ?? (.nan, .nan)
        table.append([
          "path": .text(name), "t": .number(places[index]), "length": .number(length[index]),
          "loss": .number(seen[number][index].loss), "error": .number(seen[number][index].error),
          "test-loss": .number(test.loss), "test-error": .number(test.error),
        ])
      }
    }
    curve = table.table()

    let unit = { (index: Int, count: Int) in (0..<count).map { $0 == index ? 1.0 : 0 } }
    let count = directions.count
    let towards = unit(count - 1, count)
    let bend = unit((count + 1) / 2 - 1, count)
    let chordLength = product(towards, towards).squareRoot()
    let along = chordLength > 0 ? product(bend, towards) / chordLength : 0
    let height = max(0, product(bend, bend) - along * along).squareRoot()
    func coordinates(_ c: [Double]) -> (x: Double, y: Double) {
      let x = chordLength > 0 ? product(c, towards) / chordLength : 0
      return (x, height > 0 ? (product(c, bend) - along * x) / height : 0)
    }
    var path = TableBuilder(ConnectionTables.path)
    for (index, c) in onCurve.enumerated() {
      let (x, y) = coordinates(c)
      let rest = max(0, product(c, c) - x * x - y * y).squareRoot()
      path.append([
        "t": .number(places[index]), "x": .number(x), "y": .number(y),
        "distance": .number(count == 2 ? 0 : rest), "loss": .number(seen[0][index].loss),
      ])
    }
    self.path = path.table()
    var bends = TableBuilder(ConnectionTables.bends)
    for (index, control) in controls.enumerated() {
      let (x, y) = coordinates(index == 0 ? Array(repeating: 0, count: count) : unit(index - 1, count))
      bends.append(["point": .integer(index), "x": .number(x), "y": .number(y), "norm": .number(control.norm)])
    }
    self.bends = bends.table()

    func barrier(_ values: [Double]) throws -> Barrier { try Barrier(positions: places, losses: values) }
    let losses = seen[0].map(\.loss)
    let onLoss = try barrier(losses)
    let steps = differences(lengths[0])
    let integral = zip(steps, zip(losses, losses.dropFirst())).reduce(0) { $0 + $1.0 * ($1.1.0 + $1.1.1) / 2 }
    let gram = Matrix(rows: count + 1, columns: count + 1, controls.flatMap { a in controls.map { a.dot($0) } })
    runs = [
      "parameters": .integer(controls[0].count), "samples": .integer(plan.surveyed.samples),
      "loss-from": .number(losses[0]), "loss-to": .number(losses[losses.count - 1]),
      "barrier": .number(onLoss.height), "barrier-at": .number(onLoss.position),
      "chord-barrier": .number(try barrier(seen[1].map(\.loss)).height),
      "error-barrier": .number(try barrier(seen[0].map(\.error)).height),
      "chord-error-barrier": .number(try barrier(seen[1].map(\.error)).height),
      "highest": .number(losses.max()!), "lowest": .number(losses.min()!),
      "mean": .number(losses.reduce(0, +) / Double(losses.count)),
      "integral": .number(integral / lengths[0].last!),
      "chord-highest": .number(seen[1].map(\.loss).max()!), "length": .number(plan.curve.length(products: gram)),
      "chord-length": .number(chordLength),
    ]
    if let unseen {
      runs["test-barrier"] = .number(try barrier(unseen[0].map(\.loss)).height)
      runs["chord-test-barrier"] = .number(try barrier(unseen[1].map(\.loss)).height)
      runs["test-error-barrier"] = .number(try barrier(unseen[0].map(\.error)).height)
      runs["chord-test-error-barrier"] = .number(try barrier(unseen[1].map(\.error)).height)
    }
  }
}
