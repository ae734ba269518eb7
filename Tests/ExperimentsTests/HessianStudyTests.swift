import Diagnostics
@testable import Experiments
import Foundation
import Specs
import Synchronization
import Tables
import Tensors
import Testing

struct HessianStudyTests {
  private let data = "data: {spirals: {points: 30, test: 0}}\n"
  private let small = "model: {mlp: {hidden: [5], activation: tanh}}\n"

  private func tables(_ yaml: String, folder: String = "/") throws -> [String: Table] {
    Dictionary(uniqueKeysWithValues: try run(hessianKind, yaml, folder: folder).tables.map { ($0.name, $0) })
  }

  private func numbers(_ table: Table?, _ column: String) throws -> [Double] {
    let table = try #require(table)
    return (0..<table.rowCount).map { table[column]!.number($0) ?? .nan }
  }

  @Test("Linear regression has the Hessian 2·mean(āāᵀ), whatever the operator")
  func regression() throws {
    let folder = NSTemporaryDirectory() + "fieldbook-\(UUID().uuidString)"
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let rows: [[Double]] = [[1, 2], [0.5, -1], [-2, 0.25], [0, 1], [3, -0.5]]
    let text = rows.map { "\($0[0]),\($0[1]),\($0[0] - 2 * $0[1])" }.joined(separator: "\n")
    try "a,b,y\n\(text)\n".write(toFile: folder + "/line.csv", atomically: true, encoding: .utf8)
    var matrix = Matrix(rows: 3, columns: 3, Array(repeating: 0, count: 9))
    for row in rows.map({ $0 + [1] }) {
      for i in 0..<3 { for j in 0..<3 { matrix[i, j] += 2 * row[i] * row[j] / 5 } }
    }
    let wanted = try #require(matrix.symmetricEigen()).values
    let trace = wanted.reduce(0, +)
    let spec =
      "data: {csv: {path: line.csv, target: y, test: 0, standardize: false}}\nmodel: {mlp: {hidden: []}}\ntop: 2\nbottom: 1\n"
      + "full: true\ntrace-products: 3\nestimator: hutch++\n"
    for name in ["hessian", "gauss-newton", "k-fac"] {
      let tables = try tables(spec + "operator: \(name)\n", folder: folder)
      let spectrum = try numbers(tables["spectrum"], "eigenvalue")
      let ends = try numbers(tables["eigenvalues"], "eigenvalue")
      for (value, other) in zip(spectrum, wanted.reversed()) { #expect(abs(value - other) < 1e-12 * trace, "\(name)") }
      for (value, other) in zip(ends, [wanted[2], wanted[1], wanted[0]]) {
        #expect(abs(value - other) < 1e-9, "\(name)")
      }
      #expect(try numbers(tables["runs"], "samples") == [5])
      #expect(try numbers(tables["runs"], "parameters") == [3])
    }
  }

  @Test("The ends agree with the full spectrum, residuals stay below the tolerance, the trace within its error")
  func ends() throws {
    let spec = data + small + "top: 3\nbottom: 2\n"
    let tables = try tables(spec + "full: true\n")
    let spectrum = try numbers(tables["spectrum"], "eigenvalue")
    #expect(spectrum.count == 5 * 3 + 2 * 6 && spectrum == spectrum.sorted(by: >))
    let ends = tables["eigenvalues"]!
    let found = try numbers(ends, "eigenvalue")
    for (value, wanted) in zip(found, [spectrum[0], spectrum[1], spectrum[2], spectrum[26], spectrum[25]]) {
      #expect(abs(value - wanted) < 1e-9)
    }
    #expect((0..<5).map { ends["end"]!.text($0) } == ["top", "top", "top", "bottom", "bottom"])
    #expect(try numbers(ends, "index") == [1, 2, 3, 1, 2])
    #expect(try numbers(ends, "residual").allSatisfy { $0 < 1e-6 })
    let runs = tables["runs"]!
    #expect(runs["converged"]!.number(0) == 1)
    #expect(runs["largest"]!.number(0) == spectrum[0] && runs["smallest"]!.number(0) == spectrum[26])
    // 27 parameters: with fewer products the trace is estimated, with as many or all eigenvalues it is exact.
    let trace = spectrum.reduce(0, +)
    #expect(runs["trace"]!.number(0) == Array(spectrum.reversed()).reduce(0, +) && runs["trace-error"]!.number(0) == 0)
    let estimated = try self.tables(spec + "trace-products: 26\n")["runs"]!
    let error = estimated["trace-error"]!.number(0)!
    #expect(error > 0 && abs(estimated["trace"]!.number(0)! - trace) < 4 * error)
    let exact = try self.tables(spec + "trace-products: 27\n")["runs"]!
    #expect(exact["trace-error"]!.number(0) == 0 && abs(exact["trace"]!.number(0)! - trace) < 1e-12 * trace)
    let cosines = try numbers(ends, "gradient-cosine")
    #expect(abs(runs["gradient-in-top"]!.number(0)! - cosines[..<3].reduce(0) { $0 + $1 * $1 }) < 1e-15)
    #expect(cosines.allSatisfy { $0 >= 0 && $0 <= 1 })
  }

  @Test("Only the Hessian and its diagonal have negative eigenvalues (E70)")
  func signs() throws {
    for name in ["hessian", "gauss-newton", "fisher", "empirical-fisher", "k-fac", "diagonal"] {
      let tables = try tables(data + small + "operator: \(name)\nfull: true\ntrace-products: 0\n")
      let spectrum = try numbers(tables["spectrum"], "eigenvalue")
      if name == "hessian" || name == "diagonal" {
        #expect(spectrum.last! < -1e-4, "\(name)")
      } else {
        #expect(spectrum.last! > -1e-14 && spectrum[0] > 0.01, "\(name)")
      }
      #expect(abs(tables["runs"]!["largest"]!.number(0)! - spectrum[0]) < 1e-12)
      #expect(tables["runs"]!["trace"]!.number(0)!.isNaN)
    }
  }

  @Test("The density integrates to 1, and with as many steps as parameters its nodes carry the whole trace")
  func density() throws {
    let spec = data + small + "top: 0\nbottom: 0\nfull: true\n"
    let tables = try tables(spec + "density-steps: 27\ndensity-probes: 100\n")
    #expect(tables["eigenvalues"] == nil)
    let places = try numbers(tables["density"], "eigenvalue")
    let total = try numbers(tables["density"], "density").reduce(0, +) * (places[1] - places[0])
    #expect(abs(total - 1) < 1e-3)
    let weights = try numbers(tables["nodes"], "weight")
    let nodes = try numbers(tables["nodes"], "eigenvalue")
    #expect(abs(weights.reduce(0, +) - 1) < 1e-12)
    let mean = zip(weights, nodes).reduce(0) { $0 + $1.0 * $1.1 }
    let spectrum = try numbers(tables["spectrum"], "eigenvalue")
    #expect(abs(mean * 27 / spectrum.reduce(0, +) - 1) < 0.15)
    #expect(abs(nodes.last! - spectrum[0]) < 1e-9)
  }

  @Test("A checkpoint is the point, and what K-FAC has no block for is counted")
  func checkpoint() throws {
    let model = "model: {residual-mlp: {blocks: 1, width: 3, multiplier: true}}\n"
    let training = try run(trainKind, data + model + "optimizer: adam\nepochs: 3\nprecision: double\n")
    func survey(_ index: Int) throws -> Outcome {
      try prepare(hessianKind, data + model + "from: base@end\noperator: k-fac\n").run(
        inputs: ["from": [Input(tables: [], checkpoint: training.checkpoints[index])]], doors: Doors())
    }
    let start = try survey(0)
    let fresh = try run(hessianKind, data + model + "operator: k-fac\n")
    #expect(start.tables.map { $0.csv() } == fresh.tables.map { $0.csv() })
    #expect(start.tables[0]["loss"]!.number(0)! > (try survey(1)).tables[0]["loss"]!.number(0)!)
    // Gain and bias of the norm, and the branch's factor.
    #expect(start.tables[0]["left-out"]!.number(0) == 7)
  }

  @Test("At a point that has diverged there are no eigenvalues, and the run says so")
  func diverged() throws {
    var checkpoint = try #require(
      run(trainKind, data + small + "optimizer: sgd\nprecision: double\n").checkpoints.last)
    checkpoint.arrays["parameters"] = .doubles(Array(repeating: .nan, count: 27))
    for name in ["hessian", "k-fac", "fisher"] {
      let outcome = try prepare(hessianKind, data + small + "from: base@end\noperator: \(name)\n").run(
        inputs: ["from": [Input(tables: [], checkpoint: checkpoint)]], doors: Doors())
      #expect(outcome.tables[0]["loss"]!.number(0)!.isFinite == false)
      #expect(outcome.tables[0]["largest"]!.number(0)!.isNaN && outcome.tables[0]["converged"]!.number(0) == 0)
      #expect(outcome.tables[1].rowCount == 0)
    }
  }

  @Test("Labels, probes and seeds matter where they are used, and single precision comes near double")
  func options() throws {
    func largest(_ yaml: String) throws -> Double {
      try numbers(try tables(data + small + "bottom: 0\n" + yaml)["runs"], "largest")[0]
    }
    let fisher = try largest("operator: fisher\n")
    #expect(try largest("operator: fisher\ndraws: 50\n") != fisher)
    #expect(try largest("operator: fisher\n") == fisher)
    let exact = try largest("operator: diagonal\n")
    let estimate = try largest("operator: diagonal\ndiagonal-probes: 2000\n")
    #expect(estimate != exact && abs(estimate / exact - 1) < 0.2)
    let double = try largest("")
    let single = try largest("precision: float\ntolerance: 1e-4\n")
    #expect(single != double && abs(single / double - 1) < 1e-3)
    #expect(try largest("samples: 10\n") != double)
    #expect(try largest("seed: 2\n") != double)
    let stopped = try tables(data + small + "products: 10\ntolerance: 1e-15\n")
    #expect(try numbers(stopped["runs"], "converged") == [0])
  }

  @Test("A function of the plane has the Hessian of its formula, and a diagonal one nothing beside the diagonal")
  func function() throws {
    let tables = try tables("function: himmelblau\nat: [3, 2]\nfull: true\ntrace-products: 100\n")
    // [[74, 20], [20, 34]].
    let root = (20.0 * 20 + 20 * 20).squareRoot()
    let ends = try numbers(tables["eigenvalues"], "eigenvalue")
    #expect(ends.count == 2 && abs(ends[0] - 54 - root) < 1e-10 && abs(ends[1] - 54 + root) < 1e-10)
    let runs = tables["runs"]!
    let share: Double = 800 / (74 * 74 + 34 * 34 + 800)
    #expect(abs(runs["off-diagonal"]!.number(0)! - share) < 1e-14)
    #expect(abs(runs["trace"]!.number(0)! - 108) < 1e-12 && runs["trace-error"]!.number(0) == 0)
    let short = try self.tables("function: himmelblau\nat: [3, 2]\n")["runs"]!
    #expect(short["trace"]!.number(0) == 108 && short["trace-error"]!.number(0) == 0)
    #expect(runs["loss"]!.number(0) == 0 && runs["samples"]!.number(0) == 0)
    let bowl = try self.tables("function: {quadratic: {matrix: [[3, 0], [0, -1]]}}\nfull: true\n")["runs"]!
    #expect(bowl["off-diagonal"]!.number(0) == 0 && bowl["smallest"]!.number(0) == -1)
  }

  @Test("Where there are fewer eigenvalues than the default asks for, they are shared out")
  func clipping() throws {
    func ends(_ yaml: String) throws -> [String] {
      let table = try tables(yaml)["eigenvalues"]!
      return (0..<table.rowCount).map { table["end"]!.text($0) }
    }
    #expect(try ends("function: beale\nat: [1, 1]\n") == ["top", "bottom"])
    #expect(try ends("function: beale\nat: [1, 1]\nbottom: 2\n") == ["bottom", "bottom"])
    #expect(try ends("function: beale\nat: [1, 1]\ntop: 1\nbottom: 0\n") == ["top"])
    #expect(try said("function: beale\ntop: 3\n").count == 1)
  }

  @Test("A trained classifier's outliers lie in the span of its class means, what comes after them does not")
  func outliers() throws {
    let data = "data: {blobs: {classes: 3, points: 40, dimensions: 4, spread: 0.6, test: 0}}\n"
    let training = try run(
      trainKind, data + small + "optimizer: {adam: {lr: 0.02}}\nbatch: 20\nepochs: 30\nprecision: double\n")
    let outcome = try prepare(hessianKind, data + small + "from: base@end\noutliers: true\ntop: 8\n").run(
      inputs: ["from": [Input(tables: [], checkpoint: training.checkpoints.last)]], doors: Doors())
    let table = try #require(outcome.tables.first { $0.name == "outliers" })
    let (overlap, means) = (try numbers(table, "overlap"), try numbers(table, "class-means"))
    #expect(overlap.count == 8 && overlap.allSatisfy { $0 >= 0 && $0 <= 1 + 1e-12 })
    #expect(means[..<3].allSatisfy { $0 >= 0 } && means[3...].allSatisfy(\.isNaN))
    let runs = outcome.tables[0]
    let values = try numbers(table, "eigenvalue")
    #expect(runs["outlier-ratio"]!.number(0) == values[2] / values[3])
    #expect(abs(runs["class-overlap"]!.number(0)! - overlap[..<3].reduce(0, +) / 3) < 1e-15)
    #expect(overlap[0] > 0.5 && overlap[..<2].min()! > overlap[3...].max()!)
  }

  /// Parts are the ends, the trace, the density and all eigenvalues, which give the trace too.
  @Test(
    "A survey that was interrupted goes on with the part that it was at, and gives the same",
    arguments: [("", [0, 1], [2]), ("full: true\n", [0, 2], [3])])
  func resumed(_ more: String, _ kept: [Int], _ left: [Int]) throws {
    let spec = data + small + "density-steps: 10\ntrace-products: 12\noutliers: true\n" + more
    let whole = try run(hessianKind, spec).tables.map { $0.csv() }
    let store = Mutex<[Int: [UInt8]]>([:])
    var doors = Doors()
    doors.keep = { part, bytes in store.withLock { $0[part] = bytes } }
    doors.kept = { part in store.withLock { $0[part] } }
    doors.isCancelled = { store.withLock { $0.count } >= 2 }
    #expect(throws: Cancelled.self) { try prepare(hessianKind, spec).run(inputs: [:], doors: doors) }
    #expect(store.withLock { $0.keys.sorted() } == kept)
    doors.isCancelled = { false }
    let made = Mutex<[Int]>([])
    doors.keep = { part, _ in made.withLock { $0.append(part) } }
    #expect(try prepare(hessianKind, spec).run(inputs: [:], doors: doors).tables.map { $0.csv() } == whole)
    #expect(made.withLock { $0 } == left)
  }

  @Test("Two workers share the samples, and what is found does not depend on them")
  func workers() throws {
    let spec = "data: {spirals: {points: 80, test: 0}}\n" + small + "top: 3\nbottom: 1\nfull: true\n"
    var doors = Doors()
    doors.parallel = Parallel(workers: 2) { count, body in for part in (0..<count).reversed() { body(part) } }
    let together = try prepare(hessianKind, spec).run(inputs: [:], doors: doors)
    #expect(try run(hessianKind, spec).tables.map { $0.csv() } == together.tables.map { $0.csv() })
    // 160 samples in halves, against all of them in one.
    let whole = try run(hessianKind, spec + "operator: gauss-newton\n").tables[0]
    #expect(whole["loss"]!.number(0) == together.tables[0]["loss"]!.number(0))
    let values = try numbers(together.tables[1], "eigenvalue")
    let spectrum = try numbers(together.tables.first { $0.name == "spectrum" }, "eigenvalue")
    #expect(zip(values, spectrum).allSatisfy { abs($0.0 - $0.1) < 1e-9 || $0.0 < 0 })
  }

  @Test("A run that is to stop stops within its products")
  func cancelled() throws {
    let asked = Atomic(0)
    let experiment = try prepare(hessianKind, data + small + "trace-products: 100000\n")
    var doors = Doors()
    doors.isCancelled = { asked.add(1, ordering: .relaxed).newValue > 20 }
    #expect(throws: Cancelled.self) { try experiment.run(inputs: [:], doors: doors) }
  }

  /// What is said of a spec, with the line that it is said of.
  private func said(_ yaml: String) throws -> [String] {
    var diagnostics: [Diagnostic] = []
    let spec = try Spec.parse(yaml, at: Place(file: "test", line: 1, column: 1))
    if let options = spec.read(hessianKind.entry.options, owner: "hessian", into: &diagnostics) {
      _ = hessianKind.prepare(options, Surroundings(seed: 1, dataFolders: [], folder: "/"), &diagnostics)
    }
    return diagnostics.map { "\($0.place?.line ?? 0): \($0.message)" }
  }

  @Test("What cannot be is said at its option")
  func refusals() throws {
    #expect(
      try said(data + small + "top: 8\nbottom: 20\n")
        == ["4: 28 eigenvalues of a model of 27 parameters: ‘top’ and ‘bottom’ together are at most that"])
    #expect(
      try said(data + "model: {mlp: {hidden: [2000]}}\nfull: true\n")
        == [
          "3: all eigenvalues of 10002 parameters are too much work: at most 5792, or ‘density-steps’ for how they spread"
        ])
    #expect(
      try said(data + small + "from: a@end\ninit: lecun\n")
        == ["4: the parameters come from ‘from’ here: ‘init’ would change nothing"])
    #expect(try said(data + "model: {mlp: {hidden: [2000]}}\nfull: true\noperator: k-fac\n") == [])
    #expect(
      try said(data + small + "estimator: hutch++\ntrace-products: 2\n")
        == ["4: hutch++ shares its products out three ways: 3 or more, or 0 for no estimate"])
    #expect(
      try said("data: sine\n" + small + "operator: fisher\n")
        == ["3: ‘fisher’ draws labels from a classifier, but this data has numbers as targets"])
    #expect(
      try said(
        data + "model: {layers: [{linear: {units: classes, spectral-norm: true}}]}\noperator: k-fac\nbottom: 0\n")
        == ["3: ‘k-fac’ is made of linear layers and convolutions, and the model has none whose weights are its own"])
    #expect(
      try said("function: himmelblau\noperator: gauss-newton\n")
        == ["2: a function of the plane has no outputs that this matrix could be made of: hessian or diagonal"])
    #expect(
      try said("data: sine\n" + small + "outliers: true\n")
        == ["3: ‘outliers’ compares with the means of classes, and there are none here"])
    #expect(try said(data + small + "operator: kfac\n").map { $0.prefix(2) } == ["3:"])
    #expect(try said(data + small + "loss: mean-squared-error\n").map { $0.prefix(2) } == ["3:"])
  }
}
