import Diagnostics
import Experiments
import Tables
import Testing

struct HomologyTests {
  @Test(
    "Complexes have the holes that they are known for",
    arguments: [
      ("circle", 0, [1.0, 1], [1.0, 1], ["", ""]), ("disk", 1, [1, 0, 0], [1, 0, 0], ["", "", ""]),
      ("sphere", 2, [1, 0, 1], [1, 0, 1], ["", "", ""]), ("torus", 0, [1, 2, 1], [1, 2, 1], ["", "", ""]),
      ("klein-bottle", 0, [1, 1, 0], [1, 2, 1], ["", "Z/2", ""]),
      ("projective-plane", 1, [1, 0, 0], [1, 1, 1], ["", "Z/2", ""]),
    ])
  func known(_ name: String, _ euler: Double, _ betti: [Double], _ mod2: [Double], _ torsion: [String]) throws {
    let outcome = try run(homologyKind, "complex: \(name)\n")
    #expect(outcome["runs"].numbers("euler-characteristic") == [euler])
    #expect(outcome["dimensions"].numbers("betti") == betti)
    #expect(outcome["dimensions"].numbers("betti-mod-2") == mod2)
    #expect((0..<torsion.count).map { outcome["dimensions"]["torsion"]!.text($0) } == torsion)
  }

  @Test("A complex can be written out; one that names a vertex twice is refused")
  func written() throws {
    let outcome = try run(homologyKind, "complex: {simplices: [[1, 2], [2, 3], [3, 1], [4]]}\n")
    #expect(outcome["dimensions"].numbers("betti") == [2, 1])
    #expect(try messages(homologyKind, "complex: {simplices: [[1, 1]]}\n") == ["[1, 1] is no simplex"])
  }
}
