import Experiments
import Tables
import Testing

struct RandomSymmetricStudyTests {
  private func tables(_ yaml: String) throws -> [String: Table] {
    Dictionary(uniqueKeysWithValues: try run(randomSymmetricKind, yaml).tables.map { ($0.name, $0) })
  }

  private func column(_ table: Table?, _ name: String) throws -> [Double] {
    let table = try #require(table)
    return (0..<table.rowCount).map { table[name]!.number($0)! }
  }

  @Test("Eigenvalues follow Wigner's semicircle, and the index of moved matrices follows Bray and Dean's curve")
  func semicircle() throws {
    let tables = try tables("size: 100\nrepetitions: 5\nbins: 10\nlargest: 1\nsamples: 10\n")
    let (found, law) = (try column(tables["density"], "density"), try column(tables["density"], "semicircle"))
    #expect(zip(found, law).allSatisfy { abs($0.0 - $0.1) < 0.04 })
    let places = try column(tables["density"], "eigenvalue")
    #expect(abs(law.reduce(0, +) * (places[1] - places[0]) - 1) < 1e-9)
    #expect(abs(found.reduce(0, +) * (places[1] - places[0]) - 1) < 1e-9)
    #expect(try column(tables["runs"], "distance")[0] < 0.02)
    #expect(abs(try column(tables["runs"], "largest")[0] - 2) < 0.15)
    #expect(abs(try column(tables["runs"], "smallest")[0] + 2) < 0.15)
    let index = tables["index"]
    #expect(zip(try column(index, "index"), try column(index, "sampled")).allSatisfy { abs($0.0 - $0.1) < 0.03 })
    let sampled = try column(index, "sampled")
    #expect(sampled == sampled.sorted() && sampled[0] == 0 && sampled.last! == 1)
    #expect(try column(tables["runs"], "index-distance")[0] < 0.03)
  }

  @Test("The chance that all eigenvalues are positive is what is counted, and falls like exp(−n² ln 3/4) (T28)")
  func positive() throws {
    let positive = try tables("size: 4\nrepetitions: 2\nlargest: 8\nsamples: 3000\n")["positive"]
    let (exact, sampled) = (try column(positive, "probability"), try column(positive, "sampled"))
    let error = try column(positive, "error")
    for n in 0..<8 { #expect(abs(exact[n] - sampled[n]) <= 4 * error[n], "\(n + 1)") }
    #expect(exact[0] == 0.5 && abs(exact[1] - (2 - 2.0.squareRoot()) / 4) < 1e-15)
    // Ratios of ratios: the factor before the exponential and what is linear in n drop out.
    let asymptote = try column(positive, "asymptote")
    func bend(_ p: [Double]) -> Double { p[7] * p[5] / (p[6] * p[6]) }
    #expect(abs(bend(exact) / bend(asymptote) - 1) < 0.02)
  }

  @Test("A seed gives the same numbers again, another seed others, and a range must go up")
  func options() throws {
    let spec = "size: 6\nrepetitions: 3\nlargest: 2\nsamples: 50\n"
    let first = try run(randomSymmetricKind, spec).tables.map { $0.csv() }
    #expect(try run(randomSymmetricKind, spec).tables.map { $0.csv() } == first)
    #expect(try run(randomSymmetricKind, spec + "seed: 2\n").tables.map { $0.csv() } != first)
    #expect(try messages(randomSymmetricKind, "range: [1, 1]\n") == ["‘range’ must go up: [from, to]"])
  }
}
