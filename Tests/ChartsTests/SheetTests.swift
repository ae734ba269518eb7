import Testing

@testable import Charts

@Suite struct SheetTests {
  private func sheet(_ count: Int, _ height: (Double, Double) -> Double) -> Sheet {
    let line = (0..<count).map { -2 + 4 * Double($0) / Double(count - 1) }
    let grid = Grid(xs: line, ys: line, values: line.flatMap { y in line.map { x in height(x, y) } })
    let scale = Scale(.linear, holding: grid.values, domain: nil, includesZero: false, padding: 0)
    let range = ColorRange(map: .sequential, scale: scale, title: "z")
    return Sheet(grid: grid, range: range, showsLines: true, isShaded: false, floorLevels: [])
  }

  private func box(_ sheet: Sheet, top: Double? = nil) -> SpaceBox {
    let side = Scale(kind: .linear, low: -2, high: 2, start: 0, end: 1)
    var z = sheet.range.scale
    if let top { z.high = top }
    return SpaceBox(x: side, y: side, z: z, relief: 0.6, hover: 0, isEqual: false)
  }

  /// How near the viewer a piece is at a place on the page; `nil` where it does not cover it.
  private func depth(_ face: Face, _ camera: Camera, at place: Point) -> Double? {
    let corners = face.corners.map(camera.project)
    var found: Double?
    for k in 1..<(corners.count - 1) {
      let (a, b, c) = (corners[0], corners[k], corners[k + 1])
      let area = (b.x - a.x) * (c.y - a.y) - (b.y - a.y) * (c.x - a.x)
      guard area.magnitude > 1e-12 else { continue }
      let s = ((place.x - a.x) * (c.y - a.y) - (place.y - a.y) * (c.x - a.x)) / area
      let t = ((b.x - a.x) * (place.y - a.y) - (b.y - a.y) * (place.x - a.x)) / area
      guard s >= 0, t >= 0, s + t <= 1 else { continue }
      found = max(found ?? -.infinity, a.z + s * (b.z - a.z) + t * (c.z - a.z))
    }
    return found
  }

  @Test(
    arguments: [(-60.0, 30.0), (30, 12), (150, 55), (-125, -30), (75, -8), (0, 20), (90, 0), (180, 80), (45, -75)])
  func `what is painted last is what is nearest, from above and from below`(azimuth: Double, elevation: Double) {
    // Steep waves that fold over on the page from most sides.
    let waves = sheet(13) { x, y in sine(degrees: 150 * x) * cosine(degrees: 120 * y) + 0.3 * x }
    let camera = Camera(azimuth: azimuth, elevation: elevation)
    let faces = waves.faces(in: box(waves), from: camera)
    var covered = 0
    var folded = 0
    for i in 0..<60 {
      for j in 0..<60 {
        let place = Point(x: -0.75 + 1.5 * (Double(i) + 0.37) / 60, y: -0.9 + 1.9 * (Double(j) + 0.61) / 60)
        let depths = faces.compactMap { depth($0, camera, at: place) }
        guard let last = depths.last else { continue }
        covered += 1
        if depths.count > 1 { folded += 1 }
        #expect(last >= depths.max()! - 1e-9, "at \(place)")
      }
    }
    #expect(covered > 200)
    if elevation.magnitude < 40 { #expect(folded > 50) }
  }

  @Test func `every cell is there once, and a hole takes the cells around it`() {
    let bowl = sheet(11) { x, y in x * x + y * y }
    let camera = Camera(azimuth: -60, elevation: 60)
    #expect(bowl.faces(in: box(bowl), from: camera).count == 100)
    let holed = sheet(11) { x, y in x == 0 && y == 0 ? .nan : x * x + y * y }
    #expect(holed.faces(in: box(holed), from: camera).count == 96)
    let infinite = sheet(11) { x, y in x == 2 && y == 2 ? .infinity : x * x + y * y }
    #expect(infinite.faces(in: box(infinite), from: camera).count == 99)
  }

  @Test func `a wall is cut level with the top`() {
    let bowl = sheet(21) { x, y in x * x + y * y }
    let room = box(bowl, top: 3)
    let faces = bowl.faces(in: room, from: Camera(azimuth: -60, elevation: 30))
    let heights = faces.flatMap(\.corners).map(\.z)
    #expect(heights.max()! <= room.z.end + 1e-8 && heights.max()! >= room.z.end - 1e-8)
    // Corners on the rim lie on the circle z = 3, within the error of flat cells.
    for corner in faces.flatMap(\.corners) where abs(corner.z - room.z.end) < 1e-7 {
      let radius = 16 * (corner.x * corner.x + corner.y * corner.y)
      #expect(abs(radius - 3) < 0.05)
    }
    #expect(faces.count < 400)
  }

  @Test func `colours go with height`() {
    let slope = sheet(9) { x, _ in x }
    let faces = slope.faces(in: box(slope), from: Camera(azimuth: 90, elevation: 45))
    let middles = faces.map { face in face.corners.map(\.x).reduce(0, +) / Double(face.corners.count) }
    let expected = middles.map { ColorMap.sequential.hex((($0 + 0.5) * 63).rounded() / 63) }
    #expect(faces.map(\.color) == expected)
  }

  @Test func `polygons are cut at a plane`() {
    let triangle = [SpacePoint(x: 0, y: 0, z: 0), SpacePoint(x: 1, y: 0, z: 0), SpacePoint(x: 0, y: 1, z: 1)]
    let below = cut(triangle, at: 0.5, keepsBelow: true)
    #expect(below.count == 4 && below.map(\.z).max() == 0.5)
    let above = cut(triangle, at: 0.5, keepsBelow: false)
    #expect(above.count == 3 && above.map(\.z).min() == 0.5)
    #expect(cut(triangle, at: 2, keepsBelow: true) == triangle && cut(triangle, at: 2, keepsBelow: false).isEmpty)
  }
}
