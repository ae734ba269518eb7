import Autodiff
import Diagnostics
import Landscapes
import Specs
import Tables
import Tensors

/// The measuring of one matrix at one point.
///
/// Its parts (ends, trace, density, all eigenvalues) are kept as they are finished, as rows of numbers: an interrupted run
/// goes on with the part that it was at.
struct CurvatureSurvey<Element: Scalar> {
  private let study: HessianStudy
  private let objective: TracedObjective<Element>
  private let point: Vector<Element>
  private let data: [Vector<Element>]
  private let labels: [Int]
  private let seed: UInt64
  private var options: Values { study.options }

  init(_ study: HessianStudy, _ inputs: [String: [Input]]) throws {
    self.study = study
    let loaded = try study.surveyed.load(Element.self, inputs)
    point = loaded.point
    seed = UInt64(study.options.integer("seed"))
    // All samples as one batch: a Fisher matrix and K-FAC are made from the outputs of all of them.
    data = loaded.batches[0].data.indices.map { array in
      loaded.batches.count == 1
        ? loaded.batches[0].data[array] : Vector(loaded.batches.flatMap { $0.data[array].array })
    }
    objective = TracedObjective(loaded.function, buffers: loaded.buffers)
    objective.set(data, samples: study.surveyed.samples)
    labels = study.classes == nil ? [] : data[1].array.map { Int(Double($0)) }
  }

  private enum Part: Int { case ends, trace, density, spectrum }

  func run(_ doors: Doors) throws -> Outcome {
    var gradient = Vector<Element>(zeros: point.count)
    let loss = objective.gradient(at: point, into: &gradient)
    let norm = innerProduct(gradient, gradient).squareRoot()
    var row: [String: TableBuilder.Value] = [
      "parameters": .integer(point.count), "left-out": .integer(0), "samples": .integer(objective.samples),
      "loss": .number(loss), "gradient-norm": .number(norm), "converged": .integer(0),
    ]
    var builders = Dictionary(uniqueKeysWithValues: study.tables.map { ($0.name, TableBuilder($0)) })
    // Where the point has diverged there is nothing to survey, and the tables say so.
    if loss.isFinite, norm.isFinite {
      do {
        try survey(gradient, norm, doors, &row, &builders)
      } catch let error as LandscapeError {
        if doors.isCancelled() { throw Cancelled() }
        throw error.at(options.place("operator"))
      }
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
    row["converged"] = .integer(1)
    if study.top + study.bottom > 0 {
      report(Ends(numbers: try part(.ends, doors) { try ends(linear, gradient, norm, doors).numbers }), &row, &builders)
    }
    let wantsTrace = options.integer("trace-products") > 0
    if wantsTrace, !options.boolean("full") {
      let numbers = try part(.trace, doors) { try trace(linear) }
      row["trace"] = .number(numbers[0])
      row["trace-error"] = .number(numbers[1])
    }
    if options.integer("density-steps") > 0 {
      report(density: try part(.density, doors) { try nodes(linear, doors) }, &builders)
    }
    if options.boolean("full") {
      let values = try part(.spectrum, doors) { try factors.map(spectrum) ?? spectrum(linear) }
      report(spectrum: values, &row, &builders)
      if wantsTrace { (row["trace"], row["trace-error"]) = (.number(values.dropFirst().reduce(0, +)), .number(0)) }
    }
  }

  /// A part that an interrupted run kept, or else made and kept now.
  private func part(_ part: Part, _ doors: Doors, _ make: () throws -> [Double]) throws -> [Double] {
    if let bytes = doors.kept(part.rawValue), let numbers = [Double](bytes: bytes) { return numbers }
    let made = try make()
    if doors.isCancelled() { throw Cancelled() }
    doors.keep(part.rawValue, made.bytes)
    return made
  }

  private func linear(_ doors: Doors) throws -> LinearOperator<Element> {
    switch study.curvature {
    case .hessian: return hessian(doors)
    case .diagonal:
      let hessian = watched(hessian(doors), doors)
      let probes = options.integer("diagonal-probes")
      return LinearOperator(
        diagonal: probes == 0
          ? hessian.diagonal()
          : try hutchinsonDiagonal(of: hessian, probes: probes, book: study.book.seed, run: seed))
    default:
      return try study.curvature.linear(
        of: objective, at: point, draws: options.integer("draws"), book: study.book.seed, run: seed)
    }
  }

  /// Products in two halves of the samples, which two workers can take; with few samples whole.
  private func hessian(_ doors: Doors) -> LinearOperator<Element> {
    guard objective.samples >= 128 else { return .hessian(of: objective, at: point) }
    let halves = ShardedObjective(
      study.surveyed.function, shards: 2, parallel: doors.parallel, buffers: objective.buffers)
    halves.refill(counts: data.map(\.count), samples: objective.samples) { arrays in
      for (index, array) in data.enumerated() { arrays[index].copy(array.count, from: array, at: 0, to: 0) }
    }
    return .hessian(of: halves, at: point)
  }

  /// An operator that tells how far the run is, and whose products are NaN as soon as that is to stop, which ends whatever
  /// asks for them.
  private func watched(_ linear: LinearOperator<Element>, _ doors: Doors) -> LinearOperator<Element> {
    // As many products as will do if the search for the ends takes no restart.
    let ends = study.top + study.bottom
    let expected =
      (ends > 0 ? 2 * ends + 60 : 0)
      + (options.boolean("full") ? point.count : min(options.integer("trace-products"), point.count))
      + options.integer("density-steps") * options.integer("density-probes")
    var products = 0
    let stopping = linear.stopping(when: doors.isCancelled)
    return LinearOperator(dimension: linear.dimension) { vector, product in
      products += 1
      doors.progress(min(0.99, Double(products) / Double(max(1, expected))))
      stopping.multiply(vector, &product)
    }
  }
}

/// Eigenvalues at both ends and what was found of their vectors.
private struct Ends {
  var converged: Bool
  /// One a pair, the top ones first.
  var values: [Double]
  var residuals: [Double]
  /// With the gradient.
  var cosines: [Double]
  /// With the span of the class means; NaN where those were not asked for.
  var overlaps: [Double]
  /// Eigenvalues of the class means' matrix.
  var classMeans: [Double]

  var numbers: [Double] {
    [converged ? 1 : 0, Double(values.count)] + values + residuals + cosines + overlaps + classMeans
  }
}

extension Ends {
  init(numbers: [Double]) {
    converged = numbers[0] == 1
    let count = Int(numbers[1])
    func column(_ index: Int) -> [Double] { Array(numbers[2 + index * count..<2 + (index + 1) * count]) }
    (values, residuals, cosines, overlaps) = (column(0), column(1), column(2), column(3))
    classMeans = Array(numbers[(2 + 4 * count)...])
  }
}

extension CurvatureSurvey {
  private func ends(_ linear: LinearOperator<Element>, _ gradient: Vector<Element>, _ norm: Double, _ doors: Doors)
    throws
    -> Ends
  {
    let pairs = try eigenpairs(
      of: linear, .ends(largest: study.top, smallest: study.bottom), tolerance: options.number("tolerance"),
      maximumProducts: options.integer("products"), book: study.book.seed, run: seed,
      start: leaning(to: gradient, book: study.book.seed, run: seed), parallel: doors.parallel)
    let means =
      options.boolean("outliers") ? try ClassMeans(of: objective, at: point, labels: labels) : nil
    return Ends(
      converged: pairs.converged, values: pairs.values, residuals: pairs.residuals,
      cosines: pairs.vectors.map { norm > 0 ? abs(innerProduct($0, gradient)) / norm : .nan },
      overlaps: pairs.vectors.map { means?.share(of: $0) ?? .nan }, classMeans: means?.eigenvalues ?? [])
  }

  private func report(
    _ ends: Ends, _ row: inout [String: TableBuilder.Value], _ builders: inout [String: TableBuilder]
  ) {
    let top = study.top
    for (place, value) in ends.values.enumerated() {
      builders["eigenvalues"]!.append([
        "end": .text(place < top ? "top" : "bottom"), "index": .integer(place < top ? place + 1 : place - top + 1),
        "eigenvalue": .number(value), "residual": .number(ends.residuals[place]),
        "gradient-cosine": .number(ends.cosines[place]),
      ])
    }
    if top > 0 {
      row["largest"] = .number(ends.values[0])
      row["gradient-in-top"] = .number(ends.cosines[..<top].reduce(0) { $0 + $1 * $1 })
    }
    if study.bottom > 0 { row["smallest"] = .number(ends.values[top]) }
    row["residual"] = .number(ends.residuals.max()!)
    row["converged"] = .integer(ends.converged ? 1 : 0)
    guard let classes = study.classes else { return }
    if top > classes { row["outlier-ratio"] = .number(ends.values[classes - 1] / ends.values[classes]) }
    guard options.boolean("outliers") else { return }
    for place in 0..<top {
      builders["outliers"]!.append([
        "index": .integer(place + 1), "eigenvalue": .number(ends.values[place]),
        "class-means": .number(place < ends.classMeans.count ? ends.classMeans[place] : .nan),
        "overlap": .number(ends.overlaps[place]),
      ])
    }
    let counted = min(top, classes)
    row["class-overlap"] = .number(ends.overlaps[..<counted].reduce(0, +) / Double(counted))
  }

  private func trace(_ linear: LinearOperator<Element>) throws -> [Double] {
    let products = options.integer("trace-products")
    // As many products as there are rows give every entry of the diagonal.
    if products >= linear.dimension { return [linear.diagonal().reduce(0, +), 0] }
    let estimate =
      options.text("estimator") == "hutch++"
      ? try hutchPlusPlusTrace(of: linear, products: products, book: study.book.seed, run: seed)
      : try hutchinsonTrace(of: linear, probes: products, book: study.book.seed, run: seed)
    return [estimate.value, estimate.error]
  }

  /// Place and weight of each node, places rising.
  private func nodes(_ linear: LinearOperator<Element>, _ doors: Doors) throws -> [Double] {
    try SpectralDensity(
      of: linear, steps: options.integer("density-steps"), probes: options.integer("density-probes"),
      book: study.book.seed, run: seed, parallel: doors.parallel
    ).nodes.sorted { $0.value < $1.value }.flatMap { [$0.value, $0.weight] }
  }

  private func report(density numbers: [Double], _ builders: inout [String: TableBuilder]) {
    let nodes = stride(from: 0, to: numbers.count, by: 2).map {
      SpectralDensity.Node(value: numbers[$0], weight: numbers[$0 + 1])
    }
    for node in nodes {
      builders["nodes"]!.append(["eigenvalue": .number(node.value), "weight": .number(node.weight)])
    }
    let density = SpectralDensity(nodes: nodes, dimension: point.count)
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

  /// Rising, the zeros of parameters in no block among them, and what is off the diagonal, which is not known.
  private func spectrum(_ factors: KroneckerFactors) throws -> [Double] {
    let values = try factors.eigenvalues()
    return [.nan] + (values + Array(repeating: 0, count: point.count - values.count)).sorted()
  }

  /// The share of the square of all entries that is off the diagonal, then all eigenvalues, rising.
  private func spectrum(_ linear: LinearOperator<Element>) throws -> [Double] {
    let matrix = linear.matrix()
    guard matrix.elements.allSatisfy(\.isFinite), let eigen = matrix.symmetricEigen() else {
      throw LandscapeError("the matrix is not finite")
    }
    return [matrix.offDiagonalShare] + eigen.values
  }

  private func report(
    spectrum numbers: [Double], _ row: inout [String: TableBuilder.Value], _ builders: inout [String: TableBuilder]
  ) {
    row["off-diagonal"] = .number(numbers[0])
    let values = numbers.dropFirst()
    row["largest"] = .number(values.last ?? .nan)
    row["smallest"] = .number(values.first ?? .nan)
    for (index, value) in values.reversed().enumerated() {
      builders["spectrum"]!.append(["index": .integer(index + 1), "eigenvalue": .number(value)])
    }
  }
}

extension Matrix {
  /// Share of the sum of all entries' squares that lies off the diagonal: 0 for a diagonal matrix.
  var offDiagonalShare: Double {
    let all = elements.reduce(0) { $0 + $1 * $1 }
    let diagonal = (0..<rows).reduce(0) { $0 + self[$1, $1] * self[$1, $1] }
    return all == 0 ? 0 : max(0, 1 - diagonal / all)
  }
}
