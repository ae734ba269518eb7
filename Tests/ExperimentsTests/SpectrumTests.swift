import Experiments
import Tables
import Tensors
import Testing

struct SpectrumTests {
  private func tables(_ yaml: String) throws -> [String: Table] {
    Dictionary(uniqueKeysWithValues: try run(spectrumKind, yaml).tables.map { ($0.name, $0) })
  }

  @Test("Normal matrices follow Marchenko and Pastur's density, and end near its edge")
  func density() throws {
    let tables = try tables("shape: [60, 120]\ninit: kaiming-normal\nrepetitions: 12\nbins: 12\n")
    let density = tables["density"]!
    var total = 0.0
    for row in 0..<density.rowCount {
      let (found, law) = (density["density"]!.number(row)!, density["marchenko-pastur"]!.number(row)!)
      total += law
      // 720 values; those of one matrix repel, so counts spread less than independent ones.
      #expect(abs(found - law) < 0.12, "bin \(row): \(found), not \(law)")
    }
    let width = 2 * density["scaled-value"]!.number(0)!
    #expect(abs(total * width - 1) < 1e-3)
    let runs = tables["runs"]!
    #expect(abs(runs["spectral-norm"]!.number(0)! / runs["edge"]!.number(0)! - 1) < 0.05)
    // σ(√60 + √120) with σ² = 2/120.
    #expect(abs(runs["edge"]!.number(0)! / 2.4142 - 1) < 0.02)
  }

  @Test("LeCun, Xavier and Kaiming give the same condition number and the same ranks, matrix by matrix")
  func scalars() throws {
    let all = try ["lecun", "xavier-normal", "kaiming-normal"].map {
      try tables("shape: [20, 30]\ninit: \($0)\nrepetitions: 2\n")["matrices"]!
    }
    for measure in ["condition-number", "effective-rank", "nuclear-rank", "stable-rank", "count-rank"] {
      for row in 0..<2 {
        let values = all.map { $0[measure]!.number(row)! }
        #expect(abs(values[0] / values[1] - 1) < 1e-10 && abs(values[0] / values[2] - 1) < 1e-10, "\(measure)")
      }
    }
    #expect(all[0]["spectral-norm"]!.number(0)! < 0.8 * all[2]["spectral-norm"]!.number(0)!)
  }

  @Test("An orthogonal matrix of 256 has condition 1 and counts 243 of its singular values")
  func orthogonal() throws {
    let runs = try tables("shape: [256, 256]\ninit: {orthogonal: {gain: 3}}\nrepetitions: 1\n")["runs"]!
    #expect(abs(runs["condition-number"]!.number(0)! - 1) < 1e-12)
    #expect(abs(runs["spectral-norm"]!.number(0)! - 3) < 1e-12)
    #expect(runs["count-rank"]!.number(0)! == 243.0 / 256)
    for measure in ["effective-rank", "nuclear-rank", "stable-rank"] {
      #expect(abs(runs[measure]!.number(0)! - 1) < 1e-10)
    }
  }

  @Test("Eigenvalues of an orthogonal matrix lie on the circle, of a normal one in the disc and up to its rim")
  func eigenvalues() throws {
    func radii(_ initializer: String) throws -> [Double] {
      let table = try tables("shape: [80, 80]\ninit: \(initializer)\nrepetitions: 1\n")["eigenvalues"]!
      return (0..<table.rowCount).map { row in
        let (a, b) = (table["real"]!.number(row)!, table["imaginary"]!.number(row)!)
        return (a * a + b * b).squareRoot()
      }
    }
    #expect(try radii("orthogonal").allSatisfy { abs($0 - 1) < 1e-12 })
    let normal = try radii("lecun")
    #expect(normal.count == 80 && normal.max()! < 1.2 && normal.max()! > 0.85)
    // Evenly over the disc: a quarter within half the radius.
    #expect(abs(Double(normal.count { $0 < 0.5 }) / 80 - 0.25) < 0.12)
  }

  @Test("Power iteration rises to the largest singular value, to 1e-6, and never passes it")
  func powerIteration() throws {
    let table = try tables("shape: [12, 30]\nrepetitions: 1\npower-steps: 400\n")["power-iteration"]!
    let shortfalls = (0..<table.rowCount).map { table["shortfall"]!.number($0)! }
    #expect(shortfalls.count == 400 && shortfalls[399] < 1e-6)
    #expect(shortfalls[0] > 1e-3)
    for (a, b) in zip(shortfalls, shortfalls.dropFirst()) { #expect(b < a + 1e-12 && b > -1e-12) }
  }

  @Test("Eigenvalues come from LAPACK as they should: those of a companion matrix are its polynomial's roots")
  func roots() {
    // x³ − 6x² + 11x − 6 = (x−1)(x−2)(x−3), and x² + 1.
    let real = Matrix(rows: 3, columns: 3, [6, -11, 6, 1, 0, 0, 0, 1, 0]).eigenvalues()
    for (found, root) in zip(real.map(\.real).sorted(), [1.0, 2, 3]) { #expect(abs(found - root) < 1e-12) }
    let turn = Matrix(rows: 2, columns: 2, [0, -1, 1, 0]).eigenvalues()
    #expect(turn.map(\.imaginary).sorted() == [-1, 1])
  }
}
