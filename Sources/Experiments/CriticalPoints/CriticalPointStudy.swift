import Autodiff
import Datasets
import Diagnostics
import Landscapes
import Networks
import Specs
import Tables
import Tensors

/// `critical-points`: where a loss is flat to first order, and what its Hessian says of each such point.
public let criticalPointsKind = Kind(
  CatalogEntry(
    "critical-points", revision: 2,
    options: Surveyed.options(samples: "200") + [
      Option(
        "from", .list(.reference, count: 1...10_000), .absent,
        "Checkpoints to start from, in turn, as [training[seed=1]@epochs]."),
      ParameterFile.option,
      Option(
        "init", .entry(initializerCatalog.catalog), .yaml("pytorch"),
        "How each start of a model is drawn where neither `from` nor `parameters` gives it; start k has the seed's k-th "
          + "successor."),
      Option("at", .list(.number(), count: 2...2), .absent, "A point of a `function` to start from, [x, y]."),
      Option("starts", .integer(1...100_000), .yaml("100"), "Searches, each from a start of its own."),
      Option(
        "noise", .number(atLeast: 0), .yaml("0"),
        "Deviation of normal numbers added to `from`, `parameters` or `at`; without it each of those is one start."),
      Option(
        "range", .list(.number(), count: 2...2), .yaml("[-5, 5]"),
        "From and to: the square in which starts on a `function` are drawn without `at`, and points are wanted."),
      Option(
        "weight-decay", .number(atLeast: 0), .yaml("0"),
        "λ of ½λ‖θ‖², which is added to the loss: without it a network has directions that change nothing, and a softmax "
          + "may have its minimum at infinity."),
      Option("steps", .integer(1...100_000), .yaml("200"), "Steps after which a search gives up."),
      Option(
        "tolerance", .number(above: 0), .yaml("1e-10"),
        "The length of the gradient at which a point counts as critical."),
      Option(
        "zero", .number(atLeast: 0, below: 1), .yaml("1e-6"),
        "An eigenvalue counts as zero up to this times the largest |eigenvalue| there, or times what is usual at the "
          + "starts (the median of their largest) if that is larger."),
      Option(
        "distance", .number(atLeast: 0), .yaml("1e-4"),
        "Points closer than this with the same loss, to a millionth, are one."),
      SharedOption.seed,
    ],
    doc: "Finds critical points by damped Newton steps on the gradient's length from many starts, and counts negative, "
      + "zero and positive eigenvalues of the Hessian at each.",
    source: "Dauphin et al. 2014, arXiv:1406.2572; Frye et al. 2021, arXiv:2003.10397")
) { options, book, diagnostics in
  guard let range = options.risingRange("range", &diagnostics), let surveyed = Surveyed(options, book, &diagnostics)
  else { return nil }
  if options.number("noise") > 0, !["from", "parameters", "at"].contains(where: { options[$0] != nil }) {
    diagnostics.append(Diagnostic(at: options.place("noise"), nothingToDisturb))
    return nil
  }
  if case .network = surveyed.subject, options["range"]!.isWritten {
    diagnostics.append(Diagnostic(at: options.place("range"), rangeOfModel))
    return nil
  }
  let count = surveyed.layout.count
  guard count <= mostSearched else {
    diagnostics.append(Diagnostic(at: options.place("model"), tooLarge(count)))
    return nil
  }
  return CriticalPointStudy(surveyed: surveyed, range: range)
}

/// One search from many starts.
struct CriticalPointStudy: Survey {
  let surveyed: Surveyed
  let range: ClosedRange<Double>

  private var isPlane: Bool { if case .function = surveyed.subject { true } else { false } }
  var tables: [TableSchema] { CriticalPointTables(isPlane: isPlane).all }
  var memory: Int {
    let count = surveyed.layout.count
    return surveyed.memory(Double.self, workers: 2) + 8 * (12 * count * count + 4 * options.integer("starts") * count)
  }

  func run(inputs: [String: [Input]], doors: Doors) throws -> Outcome {
    let loaded = try surveyed.load(Double.self, inputs)
    let starts = try starts(loaded, inputs)
    let (tolerance, steps) = (options.number("tolerance"), options.integer("steps"))
    let decay = options.number("weight-decay")
    let objectives = Pool { Penalized(loaded.objective(), decay: decay) }
    let parts = try doors.parts(starts.count) { part in
      objectives.use { objective in
        let found = objective.criticalPoint(
          near: starts[part], tolerance: tolerance, maximumSteps: steps, isCancelled: doors.isCancelled)
        return doors.isCancelled() ? nil : Search(objective.value(at: Vector(starts[part])), found).numbers
      }
    }
    let searches = parts.map { Search(numbers: $0, dimension: surveyed.layout.count) }
    return Outcome(tables: tables(starts, searches))
  }

  /// A search's end and the loss where it began, as numbers that can be kept.
  private struct Search {
    var startLoss: Double
    var end: CriticalPoint

    init(_ startLoss: Double, _ end: CriticalPoint) { (self.startLoss, self.end) = (startLoss, end) }

    var numbers: [Double] {
      [
        startLoss, end.loss, end.gradientNorm, end.cokernelResidual, end.startingCurvature, Double(end.steps),
        end.converged ? 1 : 0,
      ] + end.point + end.eigenvalues
    }

    init(numbers: [Double], dimension: Int) {
      startLoss = numbers[0]
      end = CriticalPoint(
        point: Array(numbers[7..<7 + dimension]), loss: numbers[1], gradientNorm: numbers[2],
        cokernelResidual: numbers[3], eigenvalues: Array(numbers[(7 + dimension)...]), startingCurvature: numbers[4],
        steps: Int(numbers[5]), converged: numbers[6] == 1)
    }
  }

  /// Where the searches begin.
  private func starts(_ loaded: Surveyed.Loaded<Double>, _ inputs: [String: [Input]]) throws -> [[Double]] {
    let seed = UInt64(options.integer("seed"))
    let wanted = options.integer("starts")
    var given: [[Double]] = []
    switch surveyed.subject {
    case .function:
      guard options["at"] != nil else {
        return (0..<wanted).map { start in
          var stream = noise(start)
          return [
            stream.uniform(from: range.lowerBound, to: range.upperBound),
            stream.uniform(from: range.lowerBound, to: range.upperBound),
          ]
        }
      }
      given = [loaded.point.array]
    case .network(let network):
      if let from = inputs["from"], !from.isEmpty {
        given = try from.map {
          try Start($0.checkpoint, of: network.model, from: options.place("from")).parameters
        }
      } else if options["parameters"] != nil {
        given = [loaded.point.array]
      } else {
        let dataset = try options.dataset(from: network.source, book)
        return (0..<wanted).map { start in
          options.initializer.parameters(
            for: .init(
              model: network.model, bookSeed: book.seed, seed: seed + UInt64(start),
              examples: dataset.train.examples(for: network.loss)
            ) { dataset.train.firstInputs($0) })
        }
      }
    }
    let deviation = options.number("noise")
    if deviation == 0 { return Array(given.prefix(wanted)) }
    return (0..<wanted).map { start in
      var stream = noise(start)
      return zip(given[start % given.count], stream.normals(surveyed.layout.count)).map { $0 + deviation * $1 }
    }
  }

  private func noise(_ start: Int) -> Stream {
    Stream(book: book.seed, run: UInt64(options.integer("seed")), purpose: .probes(start))
  }

  private func tables(_ starts: [[Double]], _ searches: [Search]) -> [Table] {
    let schemas = CriticalPointTables(isPlane: isPlane)
    let ends = searches.map {
      isPlane && $0.end.converged && !isInside($0.end.point) ? "outside" : $0.end.converged ? "found" : "stalled"
    }
    let found = searches.indices.filter { ends[$0] == "found" }
    let unordered = found.map { searches[$0].end }.distinct(within: options.number("distance"))
    // A curvature that is usual for the function, so that one which vanishes everywhere at a point is seen to.
    let usual = percentile(searches.map(\.end.startingCurvature).filter(\.isFinite), 50)
    func inertia(_ point: CriticalPoint) -> Inertia {
      Inertia(of: point.eigenvalues, tolerance: options.number("zero"), scale: usual.isFinite ? usual : 0)
    }
    let order = unordered.map(\.point).order(byIndex: unordered.map { inertia($0.point).index })
    let distinct = order.map { unordered[$0] }
    var (points, eigenvalues) = (TableBuilder(schemas.points), TableBuilder(CriticalPointTables.eigenvalues))
    var leadsTo = [Int](repeating: 0, count: searches.count)
    var counts: [Inertia.Verdict: Int] = [:]
    var indices: [Double] = []
    for (number, entry) in distinct.enumerated() {
      let point = entry.point
      for place in entry.places { leadsTo[found[place]] = number + 1 }
      let inertia = inertia(point)
      counts[inertia.verdict, default: 0] += 1
      indices.append(inertia.index)
      points.append(
        coordinates(point.point).merging([
          "point": .integer(number + 1), "loss": .number(point.loss), "gradient-norm": .number(point.gradientNorm),
          "negative": .integer(inertia.negative), "zero": .integer(inertia.zero),
          "positive": .integer(inertia.positive), "index": .number(inertia.index),
          "type": .text(inertia.verdict.rawValue), "smallest": .number(point.eigenvalues.first ?? .nan),
          "largest": .number(point.eigenvalues.last ?? .nan), "starts": .integer(entry.places.count),
        ]) { first, _ in first })
      for (index, value) in point.eigenvalues.enumerated() {
        eigenvalues.append([
          "point": .integer(number + 1), "loss": .number(point.loss), "index": .integer(index + 1),
          "eigenvalue": .number(value),
        ])
      }
    }
    var beginnings = TableBuilder(schemas.starts)
    for (number, search) in searches.enumerated() {
      beginnings.append(
        coordinates(starts[number]).merging([
          "start": .integer(number + 1), "start-loss": .number(search.startLoss), "steps": .integer(search.end.steps),
          "end": .text(ends[number]), "point": .integer(leadsTo[number]), "loss": .number(search.end.loss),
          "gradient-norm": .number(search.end.gradientNorm),
          "cokernel-residual": .number(search.end.cokernelResidual),
        ]) { first, _ in first })
    }
    var runs = TableBuilder(CriticalPointTables.runs)
    runs.append([
      "starts": .integer(searches.count), "found": .integer(found.count),
      "outside": .integer(ends.count { $0 == "outside" }), "stalled": .integer(ends.count { $0 == "stalled" }),
      "points": .integer(distinct.count), "minima": .integer(counts[.minimum] ?? 0),
      "saddles": .integer(counts[.saddle] ?? 0), "maxima": .integer(counts[.maximum] ?? 0),
      "undecided": .integer(counts[.undecided] ?? 0),
      "rank-correlation": .number(rankCorrelation(indices, distinct.map(\.point.loss))),
    ])
    return [runs.table(), points.table(), beginnings.table(), eigenvalues.table()]
  }

  private func isInside(_ point: [Double]) -> Bool { point.allSatisfy(range.contains) }

  private func coordinates(_ point: [Double]) -> [String: TableBuilder.Value] {
    isPlane
      ? ["x": .number(point[0]), "y": .number(point[1])]
      : ["norm": .number(point.reduce(0) { $0 + $1 * $1 }.squareRoot())]
  }
}

/// Every step decomposes a dense matrix of so many rows.
private let mostSearched = 1500

private func tooLarge(_ count: Int) -> String {
  "every step of the search takes all eigenvectors of \(count) parameters: at most \(mostSearched)"
}
private let nothingToDisturb =
  "‘noise’ is added to given points, and every start is drawn here: give ‘from’, ‘parameters’ or ‘at’"
private let rangeOfModel = "‘range’ is a square of the plane, for a ‘function’; a model's starts are drawn by ‘init’"
