import Landscapes
import Specs
import Tables
import Tensors

let continuousTransformEntry = ScaleTransformItem(
  CatalogEntry(
    "cwt",
    options: [
      Option(
        "wavelet", .choice(ContinuousWavelet.allCases.map(\.rawValue)), .yaml("mexican-hat"), "The mother wavelet."),
      Option(
        "scales", .list(.number(above: 0), count: 1...1000), .required, "How far it is stretched, in the unit of x."),
      Option(
        "row", .number(), .absent,
        "The y of a surface whose nearest row is transformed; without it a line is read, columns x and value alone."),
    ],
    doc: "The continuous wavelet transform of a line: where and at which width it looks like the wavelet.",
    source: "Grossmann & Morlet 1984")
) { o in
  ContinuousTransform(
    wavelet: ContinuousWavelet(rawValue: o.text("wavelet"))!, scales: o.list("scales").map(\.asNumber),
    row: o.optionalNumber("row"))
}

/// A line against stretched and shifted copies of a wavelet.
struct ContinuousTransform: ScaleTransform {
  let wavelet: ContinuousWavelet
  let scales: [Double]
  let row: Double?
  var readsLine: Bool { row == nil }

  var columns: [ColumnSchema] {
    [
      ColumnSchema("peak", doc: "The value of greatest size."),
      ColumnSchema("peak-scale", doc: "The scale where it is."), ColumnSchema("peak-x", doc: "The place where it is."),
    ]
  }

  private static let coefficients = TableSchema(
    "coefficients",
    [
      ColumnSchema("scale", doc: "How far the wavelet is stretched, in the unit of x."),
      ColumnSchema("x", doc: "Where its middle stands."),
      ColumnSchema("value", doc: "W(a, b) = a^(−½) ∫ f(x) ψ((x − b)/a) dx; beyond the line's ends f is taken to be 0."),
      ColumnSchema("size", doc: "|W|."),
    ])

  var tables: [TableSchema] { [ContinuousTransform.coefficients] }

  func apply(to grid: LentGrid, spacing: SIMD2<Double>, doors: Doors) throws -> ScaleFindings {
    guard grid.x.count > 1 else {
      throw LandscapeError("a line of one value has no scale", hints: ["2 or more values"])
    }
    var table = TableBuilder(ContinuousTransform.coefficients)
    var peak = (value: 0.0, scale: Double.nan, x: Double.nan)
    let rows = try wavelet.transform(grid.values.elements, scales: scales, spacing: spacing.x)
    for (scale, row) in zip(scales, rows) {
      for (x, value) in zip(grid.x, row) {
        if abs(value) > abs(peak.value) { peak = (value, scale, x) }
        table.append([
          "scale": .number(scale), "x": .number(x), "value": .number(value), "size": .number(abs(value)),
        ])
      }
    }
    return ScaleFindings(
      row: ["peak": .number(peak.value), "peak-scale": .number(peak.scale), "peak-x": .number(peak.x)],
      tables: [table.table()])
  }
}
