import Diagnostics
@testable import Experiments
import Tables
import Testing

struct MultiscaleTests {
  private let bowl = "{quadratic: {matrix: [[6, 0], [0, 10]]}}"

  @Test("Coefficients of 3x² + 5y² equal PyWavelets', level 1 being the finest, for odd sizes too", arguments: 0..<3)
  func wavelets(_ index: Int) throws {
    let wanted = surfaces.wavelets[index]
    let grid = try surface(bowl, x: [-0.2, 0.2], y: [-0.2, 0.2], points: wanted.points)
    let outcome = try run(
      multiscaleKind,
      "from: study.surface\ntransform: {dwt: {wavelet: \(wanted.wavelet), extension: \(wanted.extension), levels: 2}}\n",
      inputs: ["from": grid])
    for part in wanted.parts {
      let band = ["band": part.band, "level": "\(part.level)"]
      let values = outcome["coefficients"].numbers("value", where: band)
      #expect(values.count == part.values.count)
      #expect(zip(values, part.values).allSatisfy { abs($0 - $1) < 1e-12 })
      #expect(outcome["levels"].numbers("rows", where: band) == [Double(part.rows)])
      #expect(outcome["levels"].numbers("columns", where: band) == [Double(part.columns)])
    }
  }

  @Test("Haar's details are slopes: half the change between neighbours, at the middle of their block")
  func slopes() throws {
    let grid = try surface(bowl, x: [-0.2, 0.2], y: [-0.2, 0.2], points: 20)
    let outcome = try run(multiscaleKind, "from: study.surface\n", inputs: ["from": grid])
    let h = 0.4 / 19
    let coefficients = outcome["coefficients"]
    let vertical = ["band": "V", "level": "1"]
    for (value, x) in zip(coefficients.numbers("value", where: vertical), coefficients.numbers("x", where: vertical)) {
      #expect(abs(value + 6 * x * h) < 1e-12)
    }
    #expect(abs(coefficients.numbers("x", where: vertical)[0] - (-0.2 + h / 2)) < 1e-15)
    #expect(abs(coefficients.numbers("y", where: ["band": "A", "level": "2"])[0] - (-0.2 + 1.5 * h)) < 1e-15)
    // The energies of the bands and the mean's are all there is.
    let shares = ["A", "H", "V", "D"].flatMap { outcome["levels"].numbers("share", where: ["band": $0]) }
    #expect(abs(shares.reduce(0, +) - 1) < 1e-12)
    let roughness = outcome["runs"].numbers("roughness")[0]
    #expect(roughness > 0.05 && roughness < 0.2)
  }

  @Test("Ripples make a bowl rougher, and widening windows take its minima away")
  func ripples() throws {
    func roughness(_ ripple: Double) throws -> Double {
      let grid = try surface("{rastrigin: {ripple: \(ripple)}}", x: [-2.5, 2.5], y: [-2.5, 2.5], points: 41)
      return try run(multiscaleKind, "from: study.surface\n", inputs: ["from": grid])["runs"].numbers("roughness")[0]
    }
    #expect(try roughness(1) > 3 * roughness(0))
    let grid = try surface("{rastrigin: {ripple: 2}}", x: [-2.5, 2.5], y: [-2.5, 2.5], points: 41)
    let scales = try run(
      multiscaleKind, "from: study.surface\ntransform: {scale-space: {scales: [0, 2, 6]}}\n", inputs: ["from": grid])
    #expect(scales["scales"].numbers("minima").first == 25)
    #expect(scales["scales"].numbers("minima").last == 1)
    let removed = scales["scales"].numbers("removed")
    #expect(removed[0] == 0 && removed[1] > 0 && removed[2] > removed[1])
    #expect(scales["smoothed"].numbers("value", where: ["scale": "0"]) == grid["surface"].numbers("loss"))
  }

  @Test("The continuous transform of a row is strongest where the ripples' scale is")
  func ripplesAlongALine() throws {
    let grid = try surface("{rastrigin: {ripple: 10}}", x: [-4, 4], y: [-1, 1], points: 161)
    let scales = (1...20).map { 0.05 * Double($0) }
    // √(5/2)/ω with ω = 2π.
    let outcome = try run(
      multiscaleKind, "from: study.surface\ntransform: {cwt: {row: 0, scales: \(scales)}}\n", inputs: ["from": grid])
    let middle = (0..<outcome["coefficients"].rowCount).filter {
      abs(outcome["coefficients"]["x"]!.number($0)!) < 1e-9
    }
    let rows = outcome["coefficients"].rows(middle)
    let best = middle.indices.max { rows["size"]!.number($0)! < rows["size"]!.number($1)! }!
    #expect(abs(rows["scale"]!.number(best)! - 0.25) < 0.06)
    #expect(outcome["runs"].numbers("rows") == [1])
  }

  @Test("A value that is not a number spoils what reaches it and is counted")
  func missing() throws {
    let columns = ["x", "y", "loss"].map { ColumnSchema($0) }
    var table = TableBuilder(TableSchema("surface", columns))
    for y in 0..<8 {
      for x in 0..<8 {
        table.append(["x": .number(Double(x)), "y": .number(Double(y)), "loss": .number(x == 0 && y == 0 ? .nan : 1)])
      }
    }
    let outcome = try run(multiscaleKind, "from: study.surface\n", inputs: ["from": Outcome(tables: [table.table()])])
    #expect(outcome["runs"].numbers("missing") == [1])
    #expect(outcome["runs"].numbers("roughness")[0].isNaN)
    let fine = outcome["coefficients"].numbers("value", where: ["band": "V", "level": "1"])
    #expect(fine.count { $0.isNaN } == 1)
    #expect(fine.count { $0 == 0 } == 15)
  }

  @Test("What is no grid, too small or unevenly spaced is said where the reference or the transform stands")
  func refusals() throws {
    func message(_ points: [(Double, Double)], _ more: String = "") -> String? {
      var table = TableBuilder(TableSchema("surface", ["x", "y", "loss"].map { ColumnSchema($0) }))
      for (x, y) in points { table.append(["x": .number(x), "y": .number(y), "loss": .number(x)]) }
      let error = #expect(throws: DiagnosticError.self) {
        try run(
          multiscaleKind, "from: study.surface\n" + more, inputs: ["from": Outcome(tables: [table.table()])])
      }
      return error?.diagnostics.first?.message
    }
    let square = [(0.0, 0.0), (1, 0), (0, 1), (1, 1)]
    #expect(message(Array(square.dropLast())) == "‘study.surface’ is no grid: it has 3 rows for 2 × 2 places")
    #expect(message(square.dropLast() + [(0, 0)]) == "‘study.surface’ is no grid: (0.0, 0.0) stands twice")
    #expect(message(square) == "2 levels of haar on 2 samples")
    let uneven = try #require(message([(0, 0), (1, 0), (3, 0)]))
    #expect(uneven.hasPrefix("the places of ‘study.surface’ are not at equal distances"))
    #expect(message([]) == "‘study.surface’ is no grid: it has no rows")
  }

  @Test("A table or column that another experiment does not have is refused with the nearest spelling")
  func columns() throws {
    let upstream = try prepare(descendKind, "function: himmelblau\noptimizer: sgd\nstart: [0, 0]\n")
    func mismatches(_ yaml: String) throws -> [Diagnostic] {
      try prepare(multiscaleKind, yaml).mismatches(with: ["from": [upstream]])
    }
    #expect(try mismatches("from: study.surface\n") == [])
    #expect(
      try mismatches("from: study.surface\nvalue: los\n") == [
        Diagnostic(
          at: Place(file: "test", line: 2, column: 8), "‘study.surface’ has no column ‘los’",
          hints: ["did you mean ‘loss’?"])
      ])
    // A default is said where the table is named, with the table that has it.
    let signals = try mismatches("from: study\nvalue: step\n")
    #expect(
      signals == [
        Diagnostic(
          at: Place(file: "test", line: 2, column: 8), "‘study.runs’ has no column ‘step’",
          hints: ["‘study.steps’ has"])
      ])
    let study = try prepare(multiscaleKind, "from: study.surfaces\n")
    #expect(study.refusal(of: upstream, option: "from") == "it has no table ‘surfaces’; did you mean ‘surface’?")
    #expect(study.mismatches(with: ["from": [upstream]]) == [])
    #expect(
      try messages(multiscaleKind, "from: study.surface\ny: x\n")
        == ["the column ‘x’ cannot be two of the coordinates and values"])
  }

  @Test("What is too small or no line is refused before it is computed, where its size is announced")
  func sizes() throws {
    func message(_ transform: String, of kind: Kind, _ yaml: String, _ table: String = "surface") throws -> [String] {
      try prepare(multiscaleKind, "from: study.\(table)\ntransform: \(transform)\n")
        .mismatches(with: ["from": [try prepare(kind, yaml)]]).map(\.message)
    }
    let small = "function: himmelblau\npoints: [8, 20]\n"
    #expect(try message("{dwt: {levels: 4}}", of: surfaceKind, small) == ["4 levels of haar on 8 samples"])
    #expect(try message("{dwt: {levels: 3}}", of: surfaceKind, small) == [])
    #expect(try message("{dwt: {wavelet: db8, levels: 1}}", of: surfaceKind, small) == ["1 level of db8 on 8 samples"])
    let descent = "function: himmelblau\noptimizer: sgd\nstart: [0, 0]\nsurface: {points: 4}\n"
    #expect(try message("{dwt: {levels: 3}}", of: descendKind, descent) == ["3 levels of haar on 4 samples"])
    let line = "{cwt: {scales: [1]}}"
    #expect(
      try message(line, of: surfaceKind, small)
        == ["‘study.surface’ has 8 × 20 places: say with ‘row’ the y of the line that is transformed"])
    #expect(try message("{cwt: {scales: [1], row: 0}}", of: surfaceKind, small) == [])
    #expect(try message(line, of: taylorKind, "function: himmelblau\n", "line") == [])
  }
}
