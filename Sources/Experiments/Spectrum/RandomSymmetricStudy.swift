import Landscapes
import Specs
import Tables
import Tensors

/// `random-symmetric`: random symmetric matrices, the null model of a Hessian at a critical point.
public let randomSymmetricKind = Kind(
  CatalogEntry(
    "random-symmetric",
    options: [
      Option("size", .integer(2...2000), .yaml("200"), "Rows of the matrices whose eigenvalues are spread out."),
      Option("repetitions", .integer(1...100_000), .yaml("20"), "Matrices drawn."),
      Option("bins", .integer(2...1000), .yaml("40"), "Bins of the density."),
      Option(
        "range", .list(.number(), count: 2...2), .yaml("[-2.5, 2.5]"),
        "Energies at which the share of negative eigenvalues is taken, from and to; in units of the field's deviation."),
      Option("points", .integer(2...10_000), .yaml("41"), "Energies in that range."),
      Option(
        "largest", .integer(1...12), .yaml("6"),
        "The chance that all eigenvalues are positive is found for sizes from 1 to this."),
      Option("samples", .integer(1...10_000_000), .yaml("20000"), "Small matrices drawn of each size to count that."),
    ] + [SharedOption.seed],
    doc: "Random symmetric matrices (the Gaussian orthogonal ensemble): their eigenvalues beside Wigner's semicircle, "
      + "the chance that all are positive, and the share of negative ones when the matrix is moved as at a critical "
      + "point of given energy of a Gaussian field.",
    source: "Wigner 1958; Dean & Majumdar 2006, arXiv:cond-mat/0609651; Bray & Dean 2007, arXiv:cond-mat/0611023")
) { options, book, diagnostics in
  guard options.risingRange("range", &diagnostics) != nil else { return nil }
  return RandomSymmetricStudy(options: options, book: book)
}

/// A number of random symmetric matrices, taken apart.
struct RandomSymmetricStudy: Experiment {
  let options: Values
  let book: Surroundings

  private static let runs = TableSchema(
    "runs",
    [
      ColumnSchema("largest", doc: "Mean largest eigenvalue, in units of √n."),
      ColumnSchema("smallest", doc: "Mean smallest one, in the same units."),
      ColumnSchema("distance", doc: "Largest distance of the eigenvalues' distribution from the semicircle's."),
      ColumnSchema("index-distance", doc: "Largest distance of the sampled index from the semicircle's."),
    ])
  private static let density = TableSchema(
    "density",
    [
      ColumnSchema("eigenvalue", doc: "Middle of the bin, in units of √n."),
      ColumnSchema("density", doc: "Share of all eigenvalues in the bin, over its width."),
      ColumnSchema("semicircle", doc: "Mean of Wigner's density over the bin."),
    ])
  private static let index = TableSchema(
    "index",
    [
      ColumnSchema("energy", doc: "The field's value at the critical point, per dimension, in units of its deviation."),
      ColumnSchema(
        "index", doc: "Share of negative eigenvalues in the limit: the semicircle moved by minus the energy."),
      ColumnSchema("sampled", doc: "The same of matrices that were drawn and moved, mean over the repetitions."),
      ColumnSchema("deviation", doc: "Deviation over the repetitions."),
    ])
  private static let positive = TableSchema(
    "positive",
    [
      ColumnSchema("size", .integer, doc: "Rows n of the matrix."),
      ColumnSchema("probability", doc: "The exact chance that all its eigenvalues are positive."),
      ColumnSchema("sampled", doc: "Share of the matrices drawn of which that was true."),
      ColumnSchema("error", doc: "Standard error of that share, from the exact chance."),
      ColumnSchema("asymptote", doc: "exp(−(ln 3 / 4) n²), how the chance falls for large n but for a factor."),
    ])

  var tables: [TableSchema] {
    [
      RandomSymmetricStudy.runs, RandomSymmetricStudy.density, RandomSymmetricStudy.index,
      RandomSymmetricStudy.positive,
    ]
  }
  var moments: [Reference.Moment] { [] }
  var dataFiles: [String] { [] }
  var memory: Int {
    let size = options.integer("size")
    return 8 * (6 * size * size + 2 * size * options.integer("repetitions")) + 1 << 22
  }

  func run(inputs: [String: [Input]], doors: Doors) throws -> Outcome {
    let spectra = try spectra(doors)
    let all = spectra.flatMap { $0 }.sorted()
    let law = Semicircle()
    let count = Double(all.count)
    let distance = all.enumerated().reduce(0) { worst, entry in
      let share = law.share(below: entry.element)
      return max(worst, abs(share - Double(entry.offset) / count), abs(share - Double(entry.offset + 1) / count))
    }
    let (index, indexDistance) = indices(spectra)
    var runs = TableBuilder(RandomSymmetricStudy.runs)
    let repetitions = Double(spectra.count)
    runs.append([
      "largest": .number(spectra.reduce(0) { $0 + $1[$1.count - 1] } / repetitions),
      "smallest": .number(spectra.reduce(0) { $0 + $1[0] } / repetitions), "distance": .number(distance),
      "index-distance": .number(indexDistance),
    ])
    return Outcome(tables: [runs.table(), density(all, law), index, try positive(doors)])
  }

  /// The eigenvalues of each matrix, rising, in units of √n.
  private func spectra(_ doors: Doors) throws -> [[Double]] {
    let (size, repetitions) = (options.integer("size"), options.integer("repetitions"))
    let unit = 1 / Double(size).squareRoot()
    return try (0..<repetitions).map { repetition in
      if doors.isCancelled() { throw Cancelled() }
      doors.progress(0.5 * Double(repetition) / Double(repetitions))
      var stream = stream.substream(repetition)
      let eigen = GaussianOrthogonalEnsemble.sample(size, from: &stream).symmetricEigen()
      return (eigen?.values ?? Array(repeating: .nan, count: size)).map { $0 * unit }
    }
  }

  private var stream: Stream {
    Stream(book: book.seed, run: UInt64(options.integer("seed")), purpose: .data("random-symmetric"))
  }

  private func density(_ values: [Double], _ law: Semicircle) -> Table {
    let bins = options.integer("bins")
    let end = 1.02 * max(2, abs(values[0]), abs(values[values.count - 1]))
    let width = 2 * end / Double(bins)
    var counts = [Int](repeating: 0, count: bins)
    for value in values { counts[min(bins - 1, max(0, Int((value + end) / width)))] += 1 }
    var table = TableBuilder(RandomSymmetricStudy.density)
    for (bin, hits) in counts.enumerated() {
      let low = -end + Double(bin) * width
      table.append([
        "eigenvalue": .number(low + width / 2), "density": .number(Double(hits) / Double(values.count) / width),
        "semicircle": .number((law.share(below: low + width) - law.share(below: low)) / width),
      ])
    }
    return table.table()
  }

  private func indices(_ spectra: [[Double]]) -> (table: Table, distance: Double) {
    var table = TableBuilder(RandomSymmetricStudy.index)
    var distance = 0.0
    let range = options.list("range").map(\.asNumber)
    for energy in linspace(range[0], range[1], count: options.integer("points")) {
      let shares = spectra.map { values in Double(values.count { $0 < energy }) / Double(values.count) }
      let mean = shares.reduce(0, +) / Double(shares.count)
      let variance = shares.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(shares.count - 1)
      let law = Semicircle.index(energy: energy)
      distance = max(distance, abs(law - mean))
      table.append([
        "energy": .number(energy), "index": .number(law), "sampled": .number(mean),
        "deviation": .number(variance.squareRoot()),
      ])
    }
    return (table.table(), distance)
  }

  private func positive(_ doors: Doors) throws -> Table {
    var table = TableBuilder(RandomSymmetricStudy.positive)
    let (largest, samples) = (options.integer("largest"), options.integer("samples"))
    for n in 1...largest {
      var hits = 0.0
      var stream = stream.substream(options.integer("repetitions") + n)
      // In parts, so that a look at the doors comes often enough.
      for start in stride(from: 0, to: samples, by: 1000) {
        if doors.isCancelled() { throw Cancelled() }
        let part = min(1000, samples - start)
        hits += Double(part) * GaussianOrthogonalEnsemble.allPositiveShare(n, samples: part, from: &stream)
      }
      doors.progress(0.5 + 0.5 * Double(n) / Double(largest))
      let exact = GaussianOrthogonalEnsemble.allPositiveExact(n)
      table.append([
        "size": .integer(n), "probability": .number(exact), "sampled": .number(hits / Double(samples)),
        "error": .number((exact * (1 - exact) / Double(samples)).squareRoot()),
        "asymptote": .number(GaussianOrthogonalEnsemble.allPositiveAsymptote(n)),
      ])
    }
    return table.table()
  }
}
