import Testing

@testable import Charts

@Suite struct CameraTests {
  private func isNear(_ a: SpacePoint, _ b: SpacePoint) -> Bool {
    let difference = a - b
    return dot(difference, difference) < 1e-28
  }

  @Test func `the projection matrix is the one worked out by hand`() {
    // A viewer 60° to the right of the x axis and 30° up.
    let camera = Camera(azimuth: -60, elevation: 30)
    let root = 3.0.squareRoot()
    #expect(isNear(camera.right, SpacePoint(x: root / 2, y: 0.5, z: 0)))
    #expect(isNear(camera.up, SpacePoint(x: -0.25, y: root / 4, z: root / 2)))
    #expect(isNear(camera.toward, SpacePoint(x: root / 4, y: -0.75, z: 0.5)))
    #expect(
      isNear(
        camera.project(SpacePoint(x: 1, y: 2, z: 3)),
        SpacePoint(x: root / 2 + 1, y: -0.25 + root / 2 + 1.5 * root, z: root / 4 - 1.5 + 1.5)))
  }

  @Test(arguments: [(0.0, 0.0), (-60, 30), (135, -20), (17, 90), (-200, -90)])
  func `it is a rotation: unit vectors, at right angles, right-handed`(azimuth: Double, elevation: Double) {
    let camera = Camera(azimuth: azimuth, elevation: elevation)
    let rows = [camera.right, camera.up, camera.toward]
    for (i, a) in rows.enumerated() {
      for (j, b) in rows.enumerated() { #expect(abs(dot(a, b) - (i == j ? 1 : 0)) < 1e-15) }
    }
    #expect(isNear(cross(camera.right, camera.up), camera.toward))
  }

  @Test func `from the x axis one sees y to the right and z up, from above x upwards`() {
    let front = Camera(azimuth: 0, elevation: 0)
    #expect(front.project(SpacePoint(x: 1, y: 2, z: 3)) == SpacePoint(x: 2, y: 3, z: 1))
    let above = Camera(azimuth: -90, elevation: 90)
    #expect(above.project(SpacePoint(x: 1, y: 2, z: 3)) == SpacePoint(x: 1, y: 2, z: 3))
  }
}
