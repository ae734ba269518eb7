import Specs
import Tables

/// A way to take a surface or a line apart by scale.
protocol ScaleTransform: Sendable {
  /// Columns that it adds to the table `runs`.
  var columns: [ColumnSchema] { get }
  /// Its tables besides.
  var tables: [TableSchema] { get }
  /// The value of y of the line that it reads; a surface is read where there is none.
  var row: Double? { get }
  /// Whether it reads a line, columns x and value alone.
  var readsLine: Bool { get }
  /// - Throws: `LandscapeError` where a grid of this size is too small for it.
  func check(_ size: GridSize) throws
  /// - Throws: `LandscapeError` where the grid is no good for it.
  func apply(to grid: LentGrid, spacing: SIMD2<Double>, doors: Doors) throws -> ScaleFindings
}

extension ScaleTransform {
  var row: Double? { nil }
  var readsLine: Bool { false }
  func check(_ size: GridSize) throws {}
}

/// What a transform gives: its part of the row of `runs`, and tables.
struct ScaleFindings {
  var row: [String: TableBuilder.Value]
  var tables: [Table]
}

/// The transforms, in the order in which they are listed.
let scaleTransformCatalog = MakerCatalog<@Sendable (Values) -> any ScaleTransform>(
  "transform", [waveletTransformEntry, scaleSpaceEntry, continuousTransformEntry])

typealias ScaleTransformItem = MakerCatalog<@Sendable (Values) -> any ScaleTransform>.Item
