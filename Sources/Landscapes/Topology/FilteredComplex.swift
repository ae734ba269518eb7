public import Tensors

/// Cells that appear one by one, each after its faces, and the persistent homology over Z₂ of what they form: the
/// standard algorithm, good for any complex and any dimension, and slow.
///
/// Edelsbrunner, Letscher & Zomorodian, "Topological persistence and simplification", 2002.
public struct FilteredComplex: Sendable {
  public struct Cell: Hashable, Sendable {
    public var dimension: Int
    /// When it appears.
    public var value: Double
    /// The indices of its faces of one dimension less.
    public var boundary: [Int]

    public init(dimension: Int, value: Double, boundary: [Int]) {
      self.dimension = dimension
      self.value = value
      self.boundary = boundary
    }
  }

  public var cells: [Cell]

  /// - Throws: `LandscapeError` when a face does not exist, is of the wrong dimension or appears after its cell.
  public init(_ cells: [Cell]) throws {
    for (index, cell) in cells.enumerated() {
      for face in cell.boundary {
        guard cells.indices.contains(face), cells[face].dimension == cell.dimension - 1 else {
          throw LandscapeError("cell \(index) has a face \(face) that is no cell of dimension \(cell.dimension - 1)")
        }
        guard cells[face].value <= cell.value else {
          throw LandscapeError(
            "cell \(index) appears at \(cell.value), before its face \(face) at \(cells[face].value)")
        }
      }
    }
    self.cells = cells
  }

  /// The diagram of all dimensions; pairs of no lifetime are left out. Cells are indices of `cells`.
  ///
  /// Columns of the boundary matrix, in order of value, are added (mod 2) to later ones until no two end in the same
  /// row; the cell of that row brings a class that the column's cell ends.
  public func diagram() -> Diagram {
    let order = cells.indices.sorted {
      (cells[$0].value, cells[$0].dimension, $0) < (cells[$1].value, cells[$1].dimension, $1)
    }
    var position = [Int](repeating: 0, count: cells.count)
    for (place, cell) in order.enumerated() { position[cell] = place }
    var columns: [[Int]] = []
    var columnEndingIn: [Int: Int] = [:]
    var isEnd = [Bool](repeating: false, count: cells.count)
    var pairs: [Diagram.Pair] = []
    for (place, cell) in order.enumerated() {
      var column = cells[cell].boundary.map { position[$0] }.sorted()
      while let last = column.last, let earlier = columnEndingIn[last] { column = sum(column, columns[earlier]) }
      columns.append(column)
      guard let last = column.last else { continue }
      columnEndingIn[last] = place
      isEnd[place] = true
      let born = order[last]
      if cells[born].value < cells[cell].value {
        pairs.append(
          .init(
            dimension: cells[born].dimension, birth: cells[born].value, death: cells[cell].value, birthCell: born,
            deathCell: cell))
      }
    }
    for (place, cell) in order.enumerated() where !isEnd[place] && columnEndingIn[place] == nil {
      pairs.append(
        .init(
          dimension: cells[cell].dimension, birth: cells[cell].value, death: .infinity, birthCell: cell, deathCell: nil)
      )
    }
    return Diagram(pairs)
  }

  /// The sum mod 2 of two sorted lists: what is in just one of them.
  private func sum(_ a: [Int], _ b: [Int]) -> [Int] {
    var result: [Int] = []
    var (i, j) = (0, 0)
    while i < a.count, j < b.count {
      if a[i] == b[j] {
        i += 1
        j += 1
      } else if a[i] < b[j] {
        result.append(a[i])
        i += 1
      } else {
        result.append(b[j])
        j += 1
      }
    }
    return result + a[i...] + b[j...]
  }
}

extension FilteredComplex {
  /// The squares, edges and vertices of a grid of samples, filtered by a construction's rule.
  public init(_ grid: Matrix, _ construction: CubicalConstruction) throws {
    // A cell of the lattice of all cells has an odd coordinate in each direction that it extends in.
    let isCells = construction == .cells
    let rows = isCells ? 2 * grid.rows + 1 : 2 * grid.rows - 1
    let columns = isCells ? 2 * grid.columns + 1 : 2 * grid.columns - 1
    var cells: [Cell] = []
    for row in 0..<rows {
      for column in 0..<columns {
        let tall = row % 2
        let wide = column % 2
        // The samples that decide: for squares as samples those around the cell, for vertices its corners.
        let (rowReach, columnReach) = isCells ? (1 - tall, 1 - wide) : (tall, wide)
        let around = [row - rowReach, row + rowReach].flatMap { r in
          [column - columnReach, column + columnReach].compactMap { c -> Double? in
            guard r >= 0, c >= 0, r < rows, c < columns else { return nil }
            return isCells ? grid[(r - 1) / 2, (c - 1) / 2] : grid[r / 2, c / 2]
          }
        }
        let faces =
          (tall == 1 ? [(row - 1) * columns + column, (row + 1) * columns + column] : [])
          + (wide == 1 ? [row * columns + column - 1, row * columns + column + 1] : [])
        let value = isCells ? around.min() : around.max()
        cells.append(Cell(dimension: tall + wide, value: value ?? .infinity, boundary: faces))
      }
    }
    try self.init(cells)
  }
}
