import Landscapes
import Specs
import Tables
import Tensors

let waveletTransformEntry = ScaleTransformItem(
  CatalogEntry(
    "dwt",
    options: [
      Option("wavelet", .choice(Wavelet.names), .yaml("haar"), "Haar's, or Daubechies' with 2 to 8 vanishing moments."),
      Option("levels", .integer(1...30), .yaml("2"), "How often the approximation is split again."),
      Option(
        "extension", .choice(Extension.allCases.map(\.rawValue)), .yaml("symmetric"),
        "What is beyond the border: the surface mirrored or repeated, or repeated with as few coefficients as values."),
    ],
    doc: "The discrete wavelet transform, in PyWavelets' names and numbers: level 1 is the finest.",
    source: "Mallat 1989; Daubechies 1988")
) { o in
  WaveletTransform(
    wavelet: try! Wavelet(named: o.text("wavelet")), levels: o.integer("levels"),
    extension: Extension(rawValue: o.text("extension"))!)
}

/// What is left at a coarse scale, and what is lost at each finer one.
struct WaveletTransform: ScaleTransform {
  let wavelet: Wavelet
  let levels: Int
  let `extension`: Extension

  var columns: [ColumnSchema] {
    [
      ColumnSchema("roughness", doc: "Share of the energy that lies in details, once the mean is taken off; 0 to 1."),
      ColumnSchema("detail-energy", doc: "Sum of squares of all details."),
      ColumnSchema(
        "approximation-energy", doc: "Sum of squares of the coarsest approximation of the surface without its mean."),
    ]
  }

  private static let level = [
    ColumnSchema("level", .integer, doc: "1 is the finest."),
    ColumnSchema(
      "band", .text,
      doc: "A: approximation, at the coarsest level; H: change along y; V: along x; D: along both; HVD: their size."),
  ]
  private static let bands = TableSchema(
    "levels",
    level + [
      ColumnSchema("rows", .integer, doc: "Coefficients along y."),
      ColumnSchema("columns", .integer, doc: "Coefficients along x."),
      ColumnSchema("energy", doc: "Sum of squares; of A, that of the surface without its mean."),
      ColumnSchema("share", doc: "Energy over that of all bands but HVD, which adds H, V and D up."),
    ])
  private static let coefficients = TableSchema(
    "coefficients",
    level + [
      ColumnSchema("row", .integer, doc: "From 0, along y."), ColumnSchema("column", .integer, doc: "From 0, along x."),
      ColumnSchema("x", doc: "Middle of the values that it is made of."),
      ColumnSchema("y", doc: "Middle of the values that it is made of."),
      ColumnSchema("value", doc: "The coefficient, for a transform that keeps energy: A of level n is about 2ⁿ means."),
    ])

  var tables: [TableSchema] { [WaveletTransform.bands, WaveletTransform.coefficients] }

  func check(_ size: GridSize) throws { try wavelet.check(levels: levels, length: min(size.x, size.y)) }

  func apply(to grid: LentGrid, spacing: SIMD2<Double>, doors: Doors) throws -> ScaleFindings {
    let parts = try WaveletDecomposition2D(grid.values, wavelet: wavelet, levels: levels, extension: `extension`)
    let mean = grid.values.elements.reduce(0, +) / Double(grid.values.elements.count)
    let centred = try WaveletDecomposition2D(
      Matrix(rows: grid.y.count, columns: grid.x.count, grid.values.elements.map { $0 - mean }), wavelet: wavelet,
      levels: levels, extension: `extension`
    ).energy
    let energy = parts.energy.details.reduce(0) { $0 + $1.energy }
    let total = energy + centred.approximation
    let share = { (part: Double) in total == 0 ? 0 : part / total }

    var bands = TableBuilder(WaveletTransform.bands)
    var coefficients = TableBuilder(WaveletTransform.coefficients)
    func add(_ level: Int, _ band: String, _ values: Matrix, energy: Double? = nil) {
      let energy = energy ?? values.elements.reduce(0) { $0 + $1 * $1 }
      bands.append([
        "level": .integer(level), "band": .text(band), "rows": .integer(values.rows),
        "columns": .integer(values.columns), "energy": .number(energy), "share": .number(share(energy)),
      ])
      let middle = wavelet.middle(level: level, extension: `extension`)
      for row in 0..<values.rows {
        for column in 0..<values.columns {
          coefficients.append([
            "level": .integer(level), "band": .text(band), "row": .integer(row), "column": .integer(column),
            "x": .number(grid.x[0] + spacing.x * middle(column)), "y": .number(grid.y[0] + spacing.y * middle(row)),
            "value": .number(values[row, column]),
          ])
        }
      }
    }
    add(levels, "A", parts.approximation, energy: centred.approximation)
    for detail in parts.details {
      if doors.isCancelled() { throw Cancelled() }
      for (band, values) in [("H", detail.horizontal), ("V", detail.vertical), ("D", detail.diagonal)] {
        add(detail.level, band, values)
      }
      add(detail.level, "HVD", detail.magnitude)
    }
    return ScaleFindings(
      row: [
        "roughness": .number(share(energy)), "detail-energy": .number(energy),
        "approximation-energy": .number(centred.approximation),
      ],
      tables: [bands.table(), coefficients.table()])
  }
}
