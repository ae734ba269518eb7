import Autodiff
import Datasets
import Diagnostics
import Landscapes
import Networks
import Specs
import Tables
import Tensors

/// The measuring of one matrix at one point.
struct CurvatureSurvey<Element: Scalar> {
  private let study: HessianStudy
  private let objective: TracedObjective<Element>
  private let point: Vector<Element>
  private let seed: UInt64
  private var options: Values { study.options }

  init(_ study: HessianStudy, _ samples: Samples, _ start: Start) {
    self.study = study
    point = Vector(start.parameters.map { Element($0) })
    seed = UInt64(study.options.integer("seed"))
    objective = TracedObjective(
      study.model.training(with: study.loss), buffers: Vector(start.buffers.map { Element($0) }))
    let count = min(study.options.integer("samples"), samples.count)
    objective.refill(counts: [count * samples.inputWidth, count * samples.targetWidth], samples: count) { data in
      samples.copyInputs(Array(0..<count)[...], into: &data[0])
      samples.copyTargets(Array(0..<count)[...], into: &data[1])
    }
  }

  func run(_ doors: Doors) throws -> Outcome {
    var gradient = Vector<Element>(zeros: point.count)
    let loss = objective.gradient(at: point, into: &gradient)
    let norm = innerProduct(gradient, gradient).squareRoot()
    var row: [String: TableBuilder.Value] = [
      "parameters": .integer(point.count), "left-out": .integer(0), "samples": .integer(objective.samples),
      "loss": .number(loss), "gradient-norm": .number(norm),
    ]
    for column in ["largest", "smallest", "gradient-in-top", "residual", "trace", "trace-error"] {
      row[column] = .number(.nan)
    }
    row["converged"] = .integer(0)
    var builders = Dictionary(uniqueKeysWithValues: study.tables.map { ($0.name, TableBuilder($0)) })
    // Where the point has diverged there is nothing to survey, and the tables say so.
    if loss.isFinite, norm.isFinite {
      do {
        try survey(gradient, norm, doors, &row, &builders)
      } catch let error as LandscapeError {
        if doors.isCancelled() { throw Cancelled() }
        throw DiagnosticError(at: options.place("operator"), error.message, hints: error.hints)
      }
      if doors.isCancelled() { throw Cancelled() }
    }
    builders["runs"]!.append(row)
    return Outcome(tables: study.tables.map { builders[$0.name]!.table() })
  }

  private func survey(
    _ gradient: Vector<Element>, _ norm: Double, _ doors: Doors, _ row: inout [String: TableBuilder.Value],
    _ builders: inout [String: TableBuilder]
  ) throws {
    let factors =
      study.curvature == .kroneckerFactored ? try KroneckerFactors(of: objective, at: point) : nil
    if let factors {
      let left = objective.layout.slices.filter { factors.leftOut.contains($0.name) }
      row["left-out"] = .integer(left.reduce(0) { $0 + $1.shape.count })
    }
    let linear = try watched(factors?.linear() ?? self.linear(doors), doors)
    try findEnds(linear, gradient, norm, &row, &builders)
    try estimateTrace(linear, &row)
    try findDensity(linear, &builders)
    guard options.boolean("full"), !doors.isCancelled() else { return }
    let matrix = factors == nil ? linear.matrix() : nil
    let values = try factors.map { try allEigenvalues(of: $0) } ?? allEigenvalues(of: matrix!)
    row["off-diagonal"] = .number(matrix?.offDiagonalShare ?? .nan)
    row["largest"] = .number(values.last ?? .nan)
    row["smallest"] = .number(values.first ?? .nan)
    for (index, value) in values.reversed().enumerated() {
      builders["spectrum"]!.append(["index": .integer(index + 1), "eigenvalue": .number(value)])
    }
  }

  private func linear(_ doors: Doors) throws -> LinearOperator<Element> {
    guard study.curvature == .diagonal else {
      return try study.curvature.linear(
        of: objective, at: point, draws: options.integer("draws"), book: study.book.seed, run: seed)
    }
    let hessian = watched(.hessian(of: objective, at: point), doors)
    let probes = options.integer("diagonal-probes")
    return LinearOperator(
      diagonal: probes == 0
        ? hessian.diagonal() : try hutchinsonDiagonal(of: hessian, probes: probes, book: study.book.seed, run: seed))
  }

  /// An operator that tells how far the run is, and whose products are NaN as soon as that is to stop, which ends whatever
  /// asks for them.
  private func watched(_ linear: LinearOperator<Element>, _ doors: Doors) -> LinearOperator<Element> {
    // As many products as will do if the search for the ends takes no restart.
    let ends = options.integer("top") + options.integer("bottom")
    let expected =
      (ends > 0 ? 2 * ends + 60 : 0) + options.integer("trace-products") + (options.boolean("full") ? point.count : 0)
      + options.integer("density-steps") * options.integer("density-probes")
    var products = 0
    return LinearOperator(dimension: linear.dimension) { vector, product in
      products += 1
      doors.progress(min(0.99, Double(products) / Double(max(1, expected))))
      if doors.isCancelled() {
        for i in 0..<product.count { product[i] = .nan }
      } else {
        linear.multiply(vector, &product)
      }
    }
  }

  private func findEnds(
    _ linear: LinearOperator<Element>, _ gradient: Vector<Element>, _ norm: Double,
    _ row: inout [String: TableBuilder.Value], _ builders: inout [String: TableBuilder]
  ) throws {
    let (top, bottom) = (options.integer("top"), options.integer("bottom"))
    row["converged"] = .integer(1)
    guard top + bottom > 0 else { return }
    let pairs = try eigenpairs(
      of: linear, .ends(largest: top, smallest: bottom), tolerance: options.number("tolerance"),
      maximumProducts: options.integer("products"), book: study.book.seed, run: seed)
    let cosines = pairs.vectors.map { abs(innerProduct($0, gradient)) / norm }
    for (place, value) in pairs.values.enumerated() {
      builders["eigenvalues"]!.append([
        "end": .text(place < top ? "top" : "bottom"), "index": .integer(place < top ? place + 1 : place - top + 1),
        "eigenvalue": .number(value), "residual": .number(pairs.residuals[place]),
        "gradient-cosine": .number(cosines[place]),
      ])
    }
    if top > 0 {
      row["largest"] = .number(pairs.values[0])
      row["gradient-in-top"] = .number(cosines[..<top].reduce(0) { $0 + $1 * $1 })
    }
    if bottom > 0 { row["smallest"] = .number(pairs.values[top]) }
    row["residual"] = .number(pairs.residuals.max()!)
    row["converged"] = .integer(pairs.converged ? 1 : 0)
  }

  private func estimateTrace(_ linear: LinearOperator<Element>, _ row: inout [String: TableBuilder.Value]) throws {
    let products = options.integer("trace-products")
    guard products > 0 else { return }
    let estimate =
      options.text("trace") == "hutch++"
      ? try hutchPlusPlusTrace(of: linear, products: products, book: study.book.seed, run: seed)
      : try hutchinsonTrace(of: linear, probes: products, book: study.book.seed, run: seed)
    row["trace"] = .number(estimate.value)
    row["trace-error"] = .number(estimate.error)
  }

  private func findDensity(_ linear: LinearOperator<Element>, _ builders: inout [String: TableBuilder]) throws {
    let steps = options.integer("density-steps")
    guard steps > 0 else { return }
    let density = try SpectralDensity(
      of: linear, steps: steps, probes: options.integer("density-probes"), book: study.book.seed, run: seed)
    for node in density.nodes.sorted(by: { $0.value < $1.value }) {
      builders["nodes"]!.append(["eigenvalue": .number(node.value), "weight": .number(node.weight)])
    }
    let range = density.range
    let length = range.upperBound - range.lowerBound
    // All eigenvalues alike make a range of nothing.
    let deviation = options.number("density-width") * (length > 0 ? length : max(abs(range.lowerBound), 1))
    let (low, high) = (range.lowerBound - 4 * deviation, range.upperBound + 4 * deviation)
    let parts = 1000
    let places = (0...parts).map { low + (high - low) * Double($0) / Double(parts) }
    for (place, value) in zip(places, density.values(at: places, deviation: deviation)) {
      builders["density"]!.append(["eigenvalue": .number(place), "density": .number(value)])
    }
  }

  /// Rising, the zeros of parameters in no block among them.
  private func allEigenvalues(of factors: KroneckerFactors) throws -> [Double] {
    let values = try factors.eigenvalues()
    return (values + Array(repeating: 0, count: point.count - values.count)).sorted()
  }

  private func allEigenvalues(of matrix: Matrix) throws -> [Double] {
    guard matrix.elements.allSatisfy(\.isFinite), let eigen = matrix.symmetricEigen() else {
      throw LandscapeError("the matrix is not finite")
    }
    return eigen.values
  }
}

extension Matrix {
  /// Share of the sum of all entries' squares that lies off the diagonal: 0 for a diagonal matrix.
  var offDiagonalShare: Double {
    let all = elements.reduce(0) { $0 + $1 * $1 }
    let diagonal = (0..<rows).reduce(0) { $0 + self[$1, $1] * self[$1, $1] }
    return all == 0 ? 0 : 1 - diagonal / all
  }
}
