import Landscapes
import Specs
import Tables
import Tensors

let scaleSpaceEntry = ScaleTransformItem(
  CatalogEntry(
    "scale-space",
    options: [
      Option(
        "scales", .list(.number(atLeast: 0, atMost: 1000), count: 1...100), .yaml("[0, 1, 2, 4]"),
        "Widths of the window: its deviation, in distances of neighbouring values. 0 is the surface itself.")
    ],
    doc: "The surface through ever wider Gaussian windows, discrete ones for which smoothing twice is smoothing once.",
    source: "Lindeberg 1990")
) { ScaleSpace(scales: $0.list("scales").map(\.asNumber)) }

/// A surface seen less and less sharply.
struct ScaleSpace: ScaleTransform {
  let scales: [Double]

  var columns: [ColumnSchema] {
    [ColumnSchema("deviation", doc: "Standard deviation of the surface's values.")]
  }

  private static let scale = ColumnSchema("scale", doc: "Deviation of the window, in distances of neighbours.")
  private static let bands = TableSchema(
    "scales",
    [
      scale, ColumnSchema("deviation", doc: "Standard deviation of the smoothed surface's values."),
      ColumnSchema("removed", doc: "Share of the surface's variance that is gone at this scale."),
      ColumnSchema(
        "minima", doc: "Places lower than their eight neighbours; of a plateau, one. NaN if values are missing."),
    ])
  private static let smoothed = TableSchema(
    "smoothed",
    [
      scale, ColumnSchema("x", doc: "First coordinate."), ColumnSchema("y", doc: "Second coordinate."),
      ColumnSchema("value", doc: "The smoothed surface there."),
    ])

  var tables: [TableSchema] { [ScaleSpace.bands, ScaleSpace.smoothed] }

  func apply(to grid: LentGrid, spacing: SIMD2<Double>, doors: Doors) throws -> ScaleFindings {
    let whole = variance(grid.values.elements)
    var bands = TableBuilder(ScaleSpace.bands)
    var smoothed = TableBuilder(ScaleSpace.smoothed)
    for (index, scale) in scales.enumerated() {
      if doors.isCancelled() { throw Cancelled() }
      doors.progress(Double(index) / Double(scales.count))
      let surface = try gaussianSmoothed(grid.values, variance: scale * scale)
      let left = variance(surface.elements)
      let minima = try cubicalPersistence(of: surface, .cells).pairs(dimension: 0).count
      bands.append([
        "scale": .number(scale), "deviation": .number(left.squareRoot()),
        "removed": .number(whole == 0 ? 0 : 1 - left / whole),
        "minima": .number(grid.missing > 0 ? .nan : Double(minima)),
      ])
      for (row, y) in grid.y.enumerated() {
        for (column, x) in grid.x.enumerated() {
          smoothed.append([
            "scale": .number(scale), "x": .number(x), "y": .number(y), "value": .number(surface[row, column]),
          ])
        }
      }
    }
    return ScaleFindings(row: ["deviation": .number(whole.squareRoot())], tables: [bands.table(), smoothed.table()])
  }

  private func variance(_ values: [Double]) -> Double {
    let mean = values.reduce(0, +) / Double(values.count)
    return values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(values.count)
  }
}
