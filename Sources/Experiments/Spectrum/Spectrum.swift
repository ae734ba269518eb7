import Autodiff
import Diagnostics
import Networks
import Specs
import Tables
import Tensors

/// `spectrum`: singular values and eigenvalues of random matrices, as an initializer draws them.
public let spectrumKind = Kind(
  CatalogEntry(
    "spectrum",
    options: [
      Option("shape", .list(.integer(1...10_000), count: 2...2), .required, "[rows, columns]: outputs and inputs."),
      Option("init", .entry(initializerCatalog.catalog), .yaml("lecun"), "How entries are drawn."),
      Option("repetitions", .integer(1...100_000), .yaml("10"), "Matrices drawn."),
      Option("bins", .integer(2...1000), .yaml("40"), "Bins of the density."),
      Option("power-steps", .integer(0...10_000), .yaml("0"), "Steps of power iteration that are recorded."),
      SharedOption.seed,
    ],
    doc: "Singular values, four ranks and condition numbers of random matrices, beside Marchenko and Pastur's density; "
      + "eigenvalues of square ones; power iteration for the largest.",
    source: "Marchenko & Pastur 1967")
) { options, book, diagnostics in
  let shape = options.list("shape").map(\.asInteger)
  let spectrum = Spectrum(options: options, book: book, rows: shape[0], columns: shape[1])
  guard options.checkInitializer(for: spectrum.model(1), &diagnostics) else { return nil }
  return spectrum
}

/// A number of random matrices, taken apart.
struct Spectrum: Experiment {
  let options: Values
  let book: Surroundings
  let rows: Int
  let columns: Int

  private static let measures = SpectralMeasure.allCases.map { ColumnSchema($0.rawValue, doc: $0.doc) }
  private static let repetition = ColumnSchema("repetition", .integer, doc: "Number of the matrix, from 1.")
  private static let runs = TableSchema(
    "runs",
    [ColumnSchema("deviation", doc: "Root mean square of all entries, σ.")] + measures + [
      ColumnSchema("edge", doc: "σ(√rows + √columns): where Marchenko and Pastur's density ends."),
      ColumnSchema("lower-edge", doc: "σ|√rows − √columns|: where it begins."),
      ColumnSchema("condition-theory", doc: "The ratio of the two; infinite for a square matrix."),
    ])
  private static let matrices = TableSchema("matrices", [repetition] + measures)
  private static let singularValues = TableSchema(
    "singular-values",
    [
      repetition, ColumnSchema("index", .integer, doc: "1 is the largest."),
      ColumnSchema("singular-value", doc: "The singular value."),
      ColumnSchema("scaled-value", doc: "The singular value in units of σ√max(rows, columns)."),
    ])
  private static let density = TableSchema(
    "density",
    [
      ColumnSchema("scaled-value", doc: "Middle of the bin, in units of σ√max(rows, columns)."),
      ColumnSchema("density", doc: "Share of all singular values in the bin, over its width."),
      ColumnSchema("marchenko-pastur", doc: "Mean of Marchenko and Pastur's density over the bin."),
    ])
  private static let eigenvalues = TableSchema(
    "eigenvalues",
    [
      repetition, ColumnSchema("index", .integer, doc: "In no particular order."),
      ColumnSchema("real", doc: "Real part, in units of σ√rows."),
      ColumnSchema("imaginary", doc: "Imaginary part, in the same units."),
    ])
  private static let powerIteration = TableSchema(
    "power-iteration",
    [
      repetition, ColumnSchema("step", .integer, doc: "Steps taken, from 1."),
      ColumnSchema("estimate", doc: "uᵀWv after the step."),
      ColumnSchema("shortfall", doc: "1 − estimate / largest singular value."),
    ])

  var tables: [TableSchema] {
    [
      Spectrum.runs, Spectrum.matrices, Spectrum.singularValues, Spectrum.density, Spectrum.eigenvalues,
      Spectrum.powerIteration,
    ]
  }
  var moments: [Reference.Moment] { [] }
  var dataFiles: [String] { [] }
  var memory: Int { 8 * 6 * rows * columns + options.integer("repetitions") * (rows + columns) * 64 + 1 << 22 }

  /// A network of one matrix without a bias, whose name decides its random numbers.
  func model(_ repetition: Int) -> Model {
    var model = Model.perceptron(inputs: columns, hidden: [], outputs: rows, activation: .identity, bias: false)
    var layout = ParameterLayout()
    layout.append(
      "matrix-\(repetition)", [rows, columns], role: .weight, fanIn: columns, fanOut: rows, layer: 1, filterAxis: 0)
    model.layout = layout
    return model
  }

  func run(inputs: [String: [Input]], doors: Doors) throws -> Outcome {
    let seed = UInt64(options.integer("seed"))
    let repetitions = options.integer("repetitions")
    let initializer = options.initializer
    var spectra: [[Double]] = []
    var eigenvalues = TableBuilder(Spectrum.eigenvalues)
    var power = TableBuilder(Spectrum.powerIteration)
    var squares = 0.0
    for repetition in 1...repetitions {
      if doors.isCancelled() { throw Cancelled() }
      doors.progress(Double(repetition - 1) / Double(repetitions))
      let model = model(repetition)
      let columns = columns
      let bookSeed = book.seed
      let matrix = Matrix(
        rows: rows, columns: columns,
        initializer.parameters(
          for: .init(model: model, bookSeed: bookSeed, seed: seed) { samples in
            var stream = Stream(book: bookSeed, run: seed, purpose: .data("signals"))
            return stream.normals(samples * columns)
          }))
      squares += matrix.elements.reduce(0) { $0 + $1 * $1 }
      let spectrum = matrix.singularValues()
      spectra.append(spectrum)
      if rows == columns {
        let scale = (matrix.elements.reduce(0) { $0 + $1 * $1 } / Double(rows)).squareRoot()
        for (index, value) in matrix.eigenvalues().enumerated() {
          eigenvalues.append([
            "repetition": .integer(repetition), "index": .integer(index + 1), "real": .number(value.real / scale),
            "imaginary": .number(value.imaginary / scale),
          ])
        }
      }
      var iteration = PowerIteration(
        of: matrix, Stream(book: book.seed, run: seed, purpose: .probes(repetition)))
      for step in 0..<options.integer("power-steps") {
        let estimate = iteration.step()
        power.append([
          "repetition": .integer(repetition), "step": .integer(step + 1), "estimate": .number(estimate),
          "shortfall": .number(1 - estimate / spectrum[0]),
        ])
      }
    }
    let deviation = (squares / Double(repetitions * rows * columns)).squareRoot()
    return Outcome(
      tables: [
        summary(spectra, deviation), matrices(spectra), singularValues(spectra, deviation),
        density(spectra, deviation), eigenvalues.table(), power.table(),
      ])
  }

  private func summary(_ spectra: [[Double]], _ deviation: Double) -> Table {
    let roots = (Double(rows).squareRoot(), Double(columns).squareRoot())
    let (edge, lower) = (deviation * (roots.0 + roots.1), deviation * abs(roots.0 - roots.1))
    var row: [String: TableBuilder.Value] = [
      "deviation": .number(deviation), "edge": .number(edge), "lower-edge": .number(lower),
      "condition-theory": .number(edge / lower),
    ]
    for measure in SpectralMeasure.allCases {
      row[measure.rawValue] = .number(spectra.reduce(0) { $0 + measure($1) } / Double(spectra.count))
    }
    var table = TableBuilder(Spectrum.runs)
    table.append(row)
    return table.table()
  }

  private func matrices(_ spectra: [[Double]]) -> Table {
    var table = TableBuilder(Spectrum.matrices)
    for (index, spectrum) in spectra.enumerated() {
      var row: [String: TableBuilder.Value] = ["repetition": .integer(index + 1)]
      for measure in SpectralMeasure.allCases { row[measure.rawValue] = .number(measure(spectrum)) }
      table.append(row)
    }
    return table.table()
  }

  private func singularValues(_ spectra: [[Double]], _ deviation: Double) -> Table {
    let unit = deviation * Double(max(rows, columns)).squareRoot()
    var table = TableBuilder(Spectrum.singularValues)
    for (repetition, spectrum) in spectra.enumerated() {
      for (index, value) in spectrum.enumerated() {
        table.append([
          "repetition": .integer(repetition + 1), "index": .integer(index + 1), "singular-value": .number(value),
          "scaled-value": .number(value / unit),
        ])
      }
    }
    return table.table()
  }

  private func density(_ spectra: [[Double]], _ deviation: Double) -> Table {
    let law = MarchenkoPastur(ratio: Double(min(rows, columns)) / Double(max(rows, columns)))
    let unit = deviation * Double(max(rows, columns)).squareRoot()
    let values = spectra.flatMap { $0.map { $0 / unit } }.filter(\.isFinite)
    let bins = options.integer("bins")
    let end = max(law.upperEdge, values.max() ?? 0) * 1.02
    let width = end / Double(bins)
    var counts = [Int](repeating: 0, count: bins)
    for value in values { counts[min(bins - 1, Int(value / width))] += 1 }
    var table = TableBuilder(Spectrum.density)
    for (bin, count) in counts.enumerated() {
      table.append([
        "scaled-value": .number((Double(bin) + 0.5) * width),
        "density": .number(Double(count) / Double(max(1, values.count)) / width),
        "marchenko-pastur": .number(law.share(from: Double(bin) * width, to: Double(bin + 1) * width) / width),
      ])
    }
    return table.table()
  }
}
