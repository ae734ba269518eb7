import Landscapes
import Tensors
import Testing

struct PlaneCoordinatesTests {
  private let origin = Vector<Double>([1, -2, 0.5, 3])
  private let first = Vector<Double>([1, 1, 0, 0])
  private let second = Vector<Double>([1, -0.5, 2, 0])

  @Test("A point's coordinates come back along directions that are neither unit nor perpendicular")
  func planted() throws {
    let plane = try PlaneCoordinates(origin, [first, second])
    var point = origin
    point.add(0.75, times: first)
    point.add(-2, times: second)
    let on = plane.place(point)
    #expect(abs(on.coordinates[0] - 0.75) < 1e-13 && abs(on.coordinates[1] + 2) < 1e-13 && on.distance < 1e-13)
    // What is perpendicular to both does not change them.
    point.add(3, times: Vector([0, 0, 0, 1]))
    point.add(0.5, times: Vector([-2, 2, 1.5, 0]))
    let off = plane.place(point)
    #expect(abs(off.coordinates[0] - 0.75) < 1e-13 && abs(off.coordinates[1] + 2) < 1e-13)
    #expect(abs(off.distance - (9 + 0.25 * 10.25).squareRoot()) < 1e-13)
  }

  @Test("Directions that span no plane are refused")
  func dependent() {
    #expect(throws: LandscapeError.self) { try PlaneCoordinates(origin, [first, first]) }
    #expect(throws: LandscapeError.self) { try PlaneCoordinates(origin, [first, Vector([0, 0, 0, 0])]) }
    #expect(throws: LandscapeError.self) { try PlaneCoordinates(origin, [first, Vector([.nan, 0, 0, 0])]) }
  }
}
