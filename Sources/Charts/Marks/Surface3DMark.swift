import Diagnostics
import Specs
import Tables

/// A surface over a grid as it stands in space.
struct Surface3DMark: Mark {
  let entry = CatalogEntry(
    "surface3d",
    options: Camera.options + [
      Option(
        "top", .number(), .absent,
        "The surface is cut off at this height; the walls of a loss would hide everything else."),
      Option("lines", .boolean, .yaml("true"), "Whether the lines of the grid are drawn."),
      Option("shading", .boolean, .yaml("true"), "Whether slopes are lighter or darker, as in a light from the left."),
      Option(
        "floor", .choice(["none", "contours"]), .yaml("none"),
        "contours: lines of equal height on the floor, with the surface hovering above them."),
      Option(
        "relief", .number(atLeast: 0.05, atMost: 3), .yaml("0.6"),
        "The height of the surface over the side of its floor."),
    ],
    doc:
      "The surface z over a grid of x and y given in long form, a row a point, seen from one or more sides. A grid of "
      + "more than 64 cells a side is drawn by every second, third, … of its lines; holes are where z is not finite.")
  let channels: [ChannelRule] = [.number("x"), .number("y"), .number("z")]
  let valueChannel: String? = "z"
  let isSpatial = true
  let swatch = Swatch.none

  func shapes(of rows: LayerRows, _ options: Values) -> [Shape] {
    guard let x = rows.x, let y = rows.y, case .values(let column, let range) = rows.color else { return [] }
    let all = 0..<rows.table.rowCount
    let grid = Grid(x: all.map { x[$0] }, y: all.map { y[$0] }, z: all.map { column.number($0) ?? .nan })
    guard grid.xs.count > 1, grid.ys.count > 1, grid.values.contains(where: \.isFinite) else { return [] }
    let isLog = range.scale.kind == .log
    let levels =
      options.text("floor") == "none"
      ? [] : contourLevels(range.scale.low, range.scale.high, isLog: isLog, count: 10)
    let sheet = Sheet(
      grid: grid.thinned(to: 64), range: range, showsLines: options.boolean("lines"),
      isShaded: options.boolean("shading"), floorLevels: levels)
    return [Shape(.sheet(sheet), .cell, .ink)]
  }

  /// Where a layer's surface is cut off.
  static func top(_ layer: Layer) -> Double? {
    layer.mark is Surface3DMark ? layer.options.optionalNumber("top") : nil
  }

  func mistakes(in layer: Layer) -> [Diagnostic] { Camera.mistakes(layer.options) }
}

extension Camera {
  /// What every mark in space may say about where it is seen from; the first that says something decides for all.
  static let options: [Option] = [
    Option(
      "azimuth",
      .either([.number(atLeast: -360, atMost: 360), .list(.number(atLeast: -360, atMost: 360), count: 1...6)]),
      .absent,
      "Degrees around the vertical at which the viewer stands, from x towards y; −60 when left out. A list gives a panel "
        + "for each."),
    Option(
      "elevation",
      .either([.number(atLeast: -90, atMost: 90), .list(.number(atLeast: -90, atMost: 90), count: 1...6)]),
      .absent,
      "Degrees above the floor, below it when negative; 30 when left out. A list goes with the list of azimuths."),
  ]

  /// The cameras of a mark's options; `nil` when it says nothing.
  static func all(_ options: Values) -> [Camera]? {
    let (azimuths, elevations) = (angles(options["azimuth"]), angles(options["elevation"]))
    if azimuths.isEmpty && elevations.isEmpty { return nil }
    return (0..<max(azimuths.count, elevations.count)).map { index in
      Camera(
        azimuth: azimuths.count > 1 ? azimuths[index] : azimuths.first ?? usual.azimuth,
        elevation: elevations.count > 1 ? elevations[index] : elevations.first ?? usual.elevation)
    }
  }

  static let usual = Camera(azimuth: -60, elevation: 30)

  private static func angles(_ written: Resolved?) -> [Double] {
    guard let written else { return [] }
    if case .list(let all) = written.value { return all.map(\.asNumber) }
    return [written.asNumber]
  }

  static func mistakes(_ options: Values) -> [Diagnostic] {
    let counts = (angles(options["azimuth"]).count, angles(options["elevation"]).count)
    guard counts.0 > 1, counts.1 > 1, counts.0 != counts.1 else { return [] }
    return [Diagnostic(at: options.place("elevation"), wrongCount(counts.0, counts.1))]
  }
}

private func wrongCount(_ azimuths: Int, _ elevations: Int) -> String {
  "\(azimuths) azimuths but \(elevations) elevations: there must be as many, or one for all"
}
