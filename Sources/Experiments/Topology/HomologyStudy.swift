import Diagnostics
import Landscapes
import Specs
import Tables

/// `homology`: the holes of a small complex.
public let homologyKind = Kind(
  CatalogEntry(
    "homology",
    options: [Option("complex", .entry(complexCatalog.catalog), .required, "What is counted.")],
    doc: "Betti numbers and torsion of a small simplicial complex, by the ranks and factors of its boundary matrices.",
    source: "Munkres 1984")
) { options, _, diagnostics in
  let selection = options.entry("complex")
  do {
    return HomologyStudy(
      complex: try SimplicialComplex(complexCatalog.maker(of: selection)(selection.values)),
      place: options.place("complex"))
  } catch {
    let error = error as? LandscapeError ?? LandscapeError("\(error)")
    diagnostics.append(Diagnostic(at: options.place("complex"), error.message, hints: error.hints))
    return nil
  }
}

/// One complex.
struct HomologyStudy: Experiment {
  let complex: SimplicialComplex
  let place: Place

  private static let runs = TableSchema(
    "runs",
    [
      ColumnSchema("simplices", .integer, doc: "Of all dimensions."),
      ColumnSchema("euler-characteristic", .integer, doc: "Vertices − edges + triangles − …"),
    ])
  private static let dimensions = TableSchema(
    "dimensions",
    [
      ColumnSchema("dimension", .integer, doc: "Of the simplices and holes."),
      ColumnSchema("simplices", .integer, doc: "How many there are."),
      ColumnSchema("betti", .integer, doc: "Holes that no multiple fills: the rank of the integral homology."),
      ColumnSchema("betti-mod-2", .integer, doc: "Holes over Z/2."),
      ColumnSchema("torsion", .text, doc: "Finite parts of the integral homology, such as Z/2."),
    ])

  var tables: [TableSchema] { [HomologyStudy.runs, HomologyStudy.dimensions] }
  var moments: [Reference.Moment] { [] }
  var dataFiles: [String] { [] }
  var memory: Int { complex.simplices.reduce(0) { $0 + 8 * $1.count * $1.count } * 4 + 1 << 22 }

  func run(inputs: [String: [Input]], doors: Doors) throws -> Outcome {
    var runs = TableBuilder(HomologyStudy.runs)
    runs.append([
      "simplices": .integer(complex.simplices.reduce(0) { $0 + $1.count }),
      "euler-characteristic": .integer(complex.eulerCharacteristic),
    ])
    var table = TableBuilder(HomologyStudy.dimensions)
    do {
      let mod2 = complex.bettiOverZ2
      for (dimension, group) in try complex.homology().enumerated() {
        table.append([
          "dimension": .integer(dimension), "simplices": .integer(complex.simplices[dimension].count),
          "betti": .integer(group.betti), "betti-mod-2": .integer(mod2[dimension]),
          "torsion": .text(group.torsion.map { "Z/\($0)" }.joined(separator: " + ")),
        ])
      }
    } catch let error as LandscapeError { throw error.at(place) }
    return Outcome(tables: [runs.table(), table.table()])
  }
}
