import Landscapes
import Specs

/// Small complexes whose holes are known, and any that is written out.
let complexCatalog = MakerCatalog<@Sendable (Values) -> [[Int]]>(
  "complex",
  [
    .init(CatalogEntry("circle", doc: "Three edges in a ring.")) { _ in [[0, 1], [1, 2], [0, 2]] },
    .init(CatalogEntry("disk", doc: "A triangle: a circle that is filled.")) { _ in [[0, 1, 2]] },
    .init(CatalogEntry("sphere", doc: "The surface of a tetrahedron.")) { _ in
      [[0, 1, 2], [0, 1, 3], [0, 2, 3], [1, 2, 3]]
    },
    .init(
      CatalogEntry("torus", doc: "Seven vertices, every two joined; no torus has fewer.", source: "Császár 1949")
    ) { _ in
      (0..<7).map { [$0, ($0 + 1) % 7, ($0 + 3) % 7] } + (0..<7).map { [$0, ($0 + 2) % 7, ($0 + 3) % 7] }
    },
    .init(CatalogEntry("klein-bottle", doc: "A square of 4 × 4, two sides glued as they are, two reversed.")) { _ in
      let vertex = { (i: Int, j: Int) in (i % 4) * 4 + (i == 4 ? 8 - j : j) % 4 }
      return (0..<16).flatMap { cell in
        let (i, j) = (cell / 4, cell % 4)
        return [
          [vertex(i, j), vertex(i + 1, j), vertex(i + 1, j + 1)],
          [vertex(i, j), vertex(i, j + 1), vertex(i + 1, j + 1)],
        ]
      }
    },
    .init(CatalogEntry("projective-plane", doc: "Six vertices; half of an icosahedron.")) { _ in
      [
        [0, 1, 2], [0, 2, 3], [0, 3, 4], [0, 4, 5], [0, 1, 5], [1, 2, 4], [2, 4, 5], [2, 3, 5], [1, 3, 5], [1, 3, 4],
      ]
    },
    .init(
      CatalogEntry(
        "simplices",
        options: [
          Option(
            "of", .list(.list(.integer(0...1_000_000), count: 1...6), count: 1...400), .required,
            "Lists of vertices; their faces are added.")
        ], doc: "Any complex: its greatest simplices, written out.")
    ) { o in o.list("of").map { $0.asList.map(\.asInteger) } },
  ])
