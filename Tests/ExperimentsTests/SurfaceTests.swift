import Autodiff
import Diagnostics
@testable import Experiments
import Specs
import Synchronization
import Tables
import Tensors
import Testing

struct SurfaceTests {
  private let data = "data: {spirals: {points: 40, test: 0.2}}\n"
  private let small = "model: {mlp: {hidden: [6], activation: tanh}}\n"
  private var net: String { data + small + "precision: double\n" }

  private func tables(
    _ yaml: String, _ inputs: [String: [Input]] = [:], _ doors: Doors = Doors()
  ) throws -> [String: Table] {
    let outcome = try prepare(surfaceKind, yaml).run(inputs: inputs, doors: doors)
    return Dictionary(uniqueKeysWithValues: outcome.tables.map { ($0.name, $0) })
  }
  private func numbers(_ table: Table?, _ column: String) throws -> [Double] {
    let table = try #require(table)
    return (0..<table.rowCount).map { table[column]!.number($0) ?? .nan }
  }
  /// A run of the network whose every epoch is kept.
  private func trained(epochs: Int = 4, seed: Int = 1) throws -> [Input] {
    let outcome = try run(
      trainKind,
      net + "optimizer: {sgd: {lr: 0.5}}\nbatch: 10\nepochs: \(epochs)\nseed: \(seed)\ncheckpoints: [start, epochs]\n")
    return outcome.checkpoints.map {
      Input(
        tables: [], checkpoint: $0,
        origin: .init(id: "run", labels: [.init(axis: "seed", value: "\(seed)"), .init(axis: "lr", value: "0.5")]))
    }
  }

  @Test("A quadratic's surface is the quadratic, exactly")
  func quadratic() throws {
    let tables = try tables(
      "function: {quadratic: {matrix: [[6, 1], [1, 10]]}}\nx: [-2, 2]\ny: [0, 1]\npoints: [5, 3]\nat: [0.5, 0]\n"
        + "precision: double\nmeasure: [gradient-norm, curvature]\n")
    let surface = tables["surface"]!
    #expect(surface.rowCount == 15)
    #expect(try numbers(surface, "x")[..<5] == [-2, -1, 0, 1, 2] && numbers(surface, "y")[5] == 0.5)
    for row in 0..<15 {
      let (x, y) = (surface["x"]!.number(row)! + 0.5, surface["y"]!.number(row)!)
      #expect(abs(surface["loss"]!.number(row)! - (3 * x * x + x * y + 5 * y * y)) < 1e-13)
      let slope = ((6 * x + y) * (6 * x + y) + (x + 10 * y) * (x + 10 * y)).squareRoot()
      #expect(abs(surface["gradient-norm"]!.number(row)! - slope) < 1e-12)
      #expect(abs(surface["largest"]!.number(row)! - (8 + 5.0.squareRoot())) < 1e-9)
      #expect(surface["ratio"]!.number(row)! == 0)
    }
    #expect(surface["error"]!.number(0)!.isNaN)
  }

  @Test("A network's surface is its loss at the point plus steps along the directions")
  func network() throws {
    let spec = net + "samples: 30\npoints: 5\nseed: 3\nmeasure: [gradient-norm]\n"
    let tables = try tables(spec + "directions: {random: {normalization: filter}}\n")
    let surface = try #require(prepare(surfaceKind, spec) as? Surface)
    let loaded = try surface.surveyed.load(Double.self, [:])
    let plane = try surface.plane(loaded, waypoints: [], Doors())
    let objective = loaded.objective()
    var gradient = Vector<Double>(zeros: loaded.point.count)
    for row in [0, 7, 12, 24] {
      var point = loaded.point
      point.add(tables["surface"]!["x"]!.number(row)!, times: plane.directions[0])
      point.add(tables["surface"]!["y"]!.number(row)!, times: plane.directions[1])
      let loss = objective.gradient(at: point, into: &gradient)
      #expect(abs(tables["surface"]!["loss"]!.number(row)! - loss) < 1e-13)
      #expect(abs(tables["surface"]!["gradient-norm"]!.number(row)! - gradient.norm) < 1e-12)
      #expect(tables["surface"]!["error"]!.number(row)! == 1 - objective.measures[0] / 30)
    }
    let runs = tables["runs"]!
    #expect(abs(runs["loss"]!.number(0)! - tables["surface"]!["loss"]!.number(12)!) < 1e-13)
    #expect(runs["samples"]!.number(0) == 30)
    // Biases do not move: lengths are those of the weights alone.
    let weights = surface.surveyed.layout.weights.flatMap { Array($0.range) }
    let length = weights.reduce(0) { $0 + loaded.point[$1] * loaded.point[$1] }.squareRoot()
    #expect(abs(runs["x-norm"]!.number(0)! - length) < 1e-12 && abs(runs["y-norm"]!.number(0)! - length) < 1e-12)
  }

  @Test("Eigenvectors span a plane whose curvatures are their eigenvalues")
  func eigenvectors() throws {
    let tables = try tables(
      net
        + "directions: {hessian: {vectors: [1, -1], tolerance: 1e-8}}\nx: [-0.001, 0.001]\ny: [-0.001, 0.001]\npoints: 3\n"
    )
    let losses = try numbers(tables["surface"], "loss")
    let runs = tables["runs"]!
    let (top, bottom) = (runs["x-eigenvalue"]!.number(0)!, runs["y-eigenvalue"]!.number(0)!)
    #expect(bottom < 0 && top > 0)
    #expect(abs((losses[5] - 2 * losses[4] + losses[3]) / 1e-6 - top) < 1e-4 * top)
    #expect(abs((losses[7] - 2 * losses[4] + losses[1]) / 1e-6 - bottom) < 1e-3)
    #expect(abs(runs["cosine"]!.number(0)!) < 1e-6 && abs(runs["x-norm"]!.number(0)! - 1) < 1e-9)
  }

  @Test("A trajectory lies in its plane as far as two components explain it, the last point at the origin")
  func trajectory() throws {
    let path = try trained()
    let tables = try tables(
      net + "from: run\ndirections: {trajectory: {from: [run@epochs]}}\npoints: 9\n",
      ["from": [path.last!], "directions.trajectory.from": path])
    let runs = tables["runs"]!
    let explained = [runs["x-explained"]!.number(0)!, runs["y-explained"]!.number(0)!]
    #expect(explained[0] > explained[1] && explained[0] + explained[1] > 0.8 && explained[0] + explained[1] < 1)
    let table = tables["path"]!
    #expect(try numbers(table, "epoch") == [0, 1, 2, 3, 4])
    #expect(abs(table["x"]!.number(4)!) < 1e-12 && abs(table["y"]!.number(4)!) < 1e-12)
    // Coordinates and distance are the two legs of each checkpoint's distance from the last.
    let end = path.last!.checkpoint!.parameters
    for row in 0..<5 {
      let place = path[row].checkpoint!.parameters
      let square = zip(place, end).reduce(0) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) }
      let (x, y, away) = (
        table["x"]!.number(row)!, table["y"]!.number(row)!, table["distance"]!.number(row)!
      )
      #expect(abs(x * x + y * y + away * away - square) < 1e-10)
    }
    // The grid shows all of the path.
    let xs = try numbers(tables["surface"], "x")
    #expect(try numbers(table, "x").allSatisfy { $0 > xs.min()! && $0 < xs.max()! })
    #expect(try numbers(table, "loss")[0] > numbers(table, "loss")[4])
    #expect(abs(table["loss"]!.number(4)! - table["loss-on-plane"]!.number(4)!) < 1e-12)
  }

  @Test("A plane through three points holds them, with runs told apart by what differs")
  func points() throws {
    let ends = try (1...3).map { try trained(seed: $0).last! }
    let tables = try tables(
      net + "from: a\ndirections: {points: {to: [b, c]}}\npoints: 4\npath: [a, b, c]\n",
      ["from": [ends[0]], "directions.points.to": [ends[1], ends[2]], "path": ends])
    let table = tables["path"]!
    #expect((0..<3).map { table["run"]!.text($0) } == ["1", "2", "3"])
    #expect(try numbers(table, "distance").allSatisfy { $0 < 1e-10 })
    for row in 0..<3 {
      #expect(abs(table["loss"]!.number(row)! - table["loss-on-plane"]!.number(row)!) < 1e-10)
    }
    #expect(abs(table["x"]!.number(0)!) < 1e-12 && abs(table["y"]!.number(1)!) < 1e-10 && table["x"]!.number(1)! > 0)
    #expect(throws: DiagnosticError.self) {
      try self.tables(
        net + "from: a\ndirections: {points: {to: [b, c]}}\n",
        ["from": [ends[0]], "directions.points.to": [ends[1], ends[1]]])
    }
  }

  @Test("Points that span the plane are shown beside a path, and the grid holds both")
  func pointsAndPath() throws {
    let walk = try trained()
    let ends = [walk.last!] + (try (2...3).map { try trained(seed: $0).last! })
    let tables = try tables(
      net + "from: a\ndirections: {points: {to: [b, c]}}\npoints: 4\npath: [a@epochs]\n",
      ["from": [ends[0]], "directions.points.to": [ends[1], ends[2]], "path": walk])
    let path = tables["path"]!
    #expect((0..<path.rowCount).map { path["run"]!.text($0) } == Array(repeating: "1", count: 5) + ["2", "3"])
    #expect(try numbers(path, "epoch") == [0, 1, 2, 3, 4, 4, 4])
    #expect(try numbers(path, "distance")[4...].allSatisfy { $0 < 1e-10 })
    for axis in ["x", "y"] {
      let (grid, places) = (try numbers(tables["surface"], axis), try numbers(path, axis))
      #expect(grid.min()! < places.min()! && grid.max()! > places.max()!)
    }
    // A point that the path passes stands there once.
    let through = try self.tables(
      net + "from: a\ndirections: {points: {to: [b, c]}}\npoints: 4\npath: [b@epochs]\n",
      ["from": [ends[0]], "directions.points.to": [ends[1], ends[2]], "path": try trained(seed: 2)])
    #expect(through["path"]!.rowCount == 6)
  }

  @Test("A point that has left the numbers gives tables of NaN; a checkpoint of a path that has, a row of NaN")
  func diverged() throws {
    func lost(_ input: Input, _ number: Double) -> Input {
      var input = input
      let count = input.checkpoint!.parameters.count
      input.checkpoint!.arrays["parameters"] = .doubles(Array(repeating: number, count: count))
      return input
    }
    let walk = try trained()
    let float = net.replacing("precision: double\n", with: "")
    for (spec, number) in [(net, Double.nan), (net, .infinity), (float, 1e38)] {
      for directions in ["random", "{random: {normalization: none}}", "hessian", "{points: {to: [b, c]}}"] {
        let tables = try tables(
          spec + "from: a\npoints: 3\nmeasure: [gradient-norm, curvature]\ndirections: \(directions)\n",
          ["from": [lost(walk[4], number)], "directions.points.to": [walk[0], walk[1]]])
        #expect(try numbers(tables["surface"], "loss").allSatisfy(\.isNaN))
        #expect(try numbers(tables["surface"], "x") == [-1, 0, 1, -1, 0, 1, -1, 0, 1])
        #expect(tables["runs"]!["not-finite"]!.number(0) == 9 && tables["runs"]!["radius"]!.number(0)!.isNaN)
      }
    }
    // Here the point is finite, and its loss is not.
    let steep = try tables("function: himmelblau\nat: [1e12, 0]\npoints: 3\ndirections: hessian\n")
    #expect(try numbers(steep["surface"], "loss").allSatisfy(\.isNaN))
    let to = try tables(
      net + "from: a\npoints: 3\ndirections: {points: {to: [b, c]}}\n",
      ["from": [walk[4]], "directions.points.to": [walk[0], lost(walk[1], .nan)]])
    #expect(try numbers(to["surface"], "loss").allSatisfy(\.isNaN))
    #expect(to["runs"]!["loss"]!.number(0)!.isFinite)
    let spec = net + "from: a\npoints: 3\ndirections: {trajectory: {from: [a@epochs]}}\n"
    let path = Array(walk[..<4]) + [lost(walk[4], .nan)]
    let tables = try tables(spec, ["from": [walk[3]], "directions.trajectory.from": path])
    #expect(try numbers(tables["surface"], "loss").allSatisfy(\.isFinite))
    #expect(try numbers(tables["path"], "x").map(\.isNaN) == [false, false, false, false, true])
    let error = #expect(throws: DiagnosticError.self) {
      try self.tables(spec, ["from": [walk[3]], "directions.trajectory.from": Array(path[2...])])
    }
    #expect(
      error?.diagnostics.map(\.message)
        == ["of 3 checkpoints only 2 have finite numbers, and so few span no plane"])
  }

  @Test("The radius is that of a circle where the loss is a round bowl, a bound where it leaves the grid")
  func radius() throws {
    let bowl = "function: {quadratic: {matrix: [[2, 0], [0, 2]]}}\nprecision: double\n"
    let inside = try tables(bowl + "x: [-2, 2]\ny: [-2, 2]\npoints: 401\n")["runs"]!
    #expect(abs(inside["radius"]!.number(0)! - 1) < 0.01 && inside["radius-is-bound"]!.number(0) == 0)
    let outside = try tables(bowl + "x: [-0.5, 0.5]\ny: [-2, 2]\npoints: 11\n")["runs"]!
    #expect(outside["radius-is-bound"]!.number(0) == 1)
  }

  @Test("Where the loss leaves the numbers it is recorded as such, and counted")
  func notFinite() throws {
    let tables = try tables(
      "function: {quadratic: {matrix: [[2, 0], [0, 2]]}}\nx: [-1e20, 1e20]\npoints: 3\nprecision: float\n")
    #expect(tables["runs"]!["not-finite"]!.number(0) == 6)
    #expect(tables["runs"]!["lowest"]!.number(0) == 0)
  }

  @Test("Results do not depend on workers, and an interrupted survey goes on where it was")
  func parts() throws {
    let spec = net + "points: 6\n"
    let whole = try tables(spec)["surface"]
    let store = Mutex<[Int: [UInt8]]>([:])
    var doors = Doors(
      parallel: Parallel(workers: 2) { count, body in for part in (0..<count).reversed() { body(part) } },
      keep: { part, bytes in store.withLock { $0[part] = bytes } }, kept: { part in store.withLock { $0[part] } })
    #expect(try tables(spec, [:], doors)["surface"] == whole)
    #expect(store.withLock { $0.count } == 6)
    // The rest as if killed after four parts: only what is missing is computed again.
    store.withLock { $0 = $0.filter { $0.key < 4 } }
    let again = Mutex<[Int]>([])
    doors.keep = { part, _ in again.withLock { $0.append(part) } }
    #expect(try tables(spec, [:], doors)["surface"] == whole)
    #expect(again.withLock { $0.sorted() } == [4, 5])
    doors.isCancelled = { true }
    #expect(throws: Cancelled.self) { try tables(spec, [:], doors) }
  }

  @Test(
    "What cannot be surveyed is said",
    arguments: [
      ("points: 5\n", "nothing is surveyed: give ‘data’ and ‘model’, or a ‘function’ of the plane"),
      ("data: spirals\n", "‘data’ needs a ‘model’ beside it"),
      ("function: beale\ndata: spirals\n", "‘function’ is surveyed by itself: there is no ‘data’ beside it"),
      ("function: beale\nx: [1, 1]\n", "the range of x must go up: [from, to]"),
      ("function: beale\npath: [a@end]\n", "a function of the plane has no checkpoints: this is for models"),
      (
        "data: spirals\nmodel: mlp\nat: [0, 0]\n",
        "‘at’ is a point of a ‘function’; a model's point is given by ‘from’, ‘parameters’ or ‘init’"
      ),
      (
        "data: spirals\nmodel: mlp\ndirections: coordinates\n",
        "‘coordinates’ span a function of the plane; a model has too many: random, hessian, trajectory or points"
      ),
      (
        "function: beale\ndirections: {hessian: {vectors: [0, 1]}}\n",
        "two different eigenvectors: 1 is of the largest eigenvalue, -1 of the smallest; there is no 0"
      ),
      (
        "function: beale\ndirections: {random: {normalization: none}}\n",
        "a function of the plane has no weights to draw directions beside: leave ‘directions’ out for its coordinates, "
          + "or hessian"
      ),
      (
        "data: spirals\nmodel: mlp\nfrom: a\ndirections: {points: {to: [b, b@end]}}\n",
        "‘b@end’ stands here twice, and a plane goes through three different points"
      ),
      (
        "data: spirals\nmodel: mlp\nfrom: a\ndirections: {points: {to: [b, a]}}\n",
        "‘a’ stands here twice, and a plane goes through three different points"
      ),
      ("function: beale\ndirections: {hessian: {vectors: [1, 3]}}\n", "there are only 2 eigenvectors, one a parameter"),
      ("data: {spirals: {test: 0}}\nmodel: mlp\nsplit: test\n", "‘spirals’ has no test samples to take the loss on"),
    ])
  func refusals(_ yaml: String, _ message: String) throws {
    #expect(try messages(surfaceKind, yaml) == [message])
  }

  @Test("A path of two checkpoints spans no plane, and a plane goes through two more points, not three")
  func counts() throws {
    let trajectory = try prepare(surfaceKind, net + "from: a\ndirections: {trajectory: {from: [a@epochs]}}\n")
    #expect(trajectory.refusals(of: ["directions.trajectory.from": 2]).count == 1)
    #expect(trajectory.refusals(of: ["directions.trajectory.from": 3]).isEmpty)
    let points = try prepare(surfaceKind, net + "from: a\ndirections: {points: {to: [b, c]}}\n")
    #expect(points.refusals(of: ["directions.points.to": 3]).count == 1)
    #expect(points.refusals(of: ["directions.points.to": 2]).isEmpty)
  }

  @Test("A grid of one point is refused")
  func onePoint() throws {
    #expect(try messages(surfaceKind, "function: beale\npoints: 1\n").count == 1)
  }
}
