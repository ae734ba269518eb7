public import Autodiff
public import Tensors

/// The hidden units of a chain of linear layers and convolutions, layer by layer: reordering those of a layer, with
/// everything that comes in and goes out, leaves what the network computes as it is.
public struct HiddenUnits: Sendable {
  /// The units between one layer with weights and the next.
  public struct Group: Sendable {
    /// The weight that makes them.
    public var slice: ParameterLayout.Slice
    public var count: Int
    /// Where the numbers of each unit lie: what makes it, and what the next layer makes of it.
    var parameters: [Piece]
    var buffers: [Piece]
  }
  /// Numbers of all units of a group: unit u has, in each of `rows` rows, `width` numbers from
  /// `offset + (row · units + u) · width` on.
  struct Piece: Sendable {
    var offset: Int
    var rows: Int
    var width: Int
  }

  public private(set) var groups: [Group] = []

  /// - Throws: `LandscapeError` when the layers are no chain: with branches, positions, groups of channels.
  public init(_ layout: ParameterLayout, buffers: ParameterLayout) throws {
    let weights = layout.weights
    let foreign: Set<ParameterLayout.Role> = [.embedding, .position, .singularVector, .multiplier, .coordinate]
    for slice in layout.slices + buffers.slices where slice.branch != nil || foreign.contains(slice.role) {
      throw LandscapeError(noChain(slice.name))
    }
    for (weight, next) in zip(weights, weights.dropFirst()) {
      let units = weight.shape[0]
      let inputs = next.shape.count / next.shape[0]
      guard next.shape[1] == units || next.shape.rank == 2 && inputs % units == 0 else {
        throw LandscapeError(noChain(next.name))
      }
      func along(_ slice: ParameterLayout.Slice) throws -> Piece? {
        // One number for all units alike.
        if slice.shape != [units], slice.role == .slope { return nil }
        guard slice.shape == [units] else { throw LandscapeError(noChain(slice.name)) }
        return Piece(offset: slice.offset, rows: 1, width: 1)
      }
      let beside = try layout.slices.filter { $0.layer == weight.layer && $0.role != .weight }.compactMap(along)
      groups.append(
        Group(
          slice: weight, count: units,
          parameters: [Piece(offset: weight.offset, rows: 1, width: weight.shape.count / units)] + beside
            + [Piece(offset: next.offset, rows: next.shape[0], width: inputs / units)],
          buffers: try buffers.slices.filter { $0.layer == weight.layer }.compactMap(along)))
    }
  }

  /// Puts the units of a group in another order: the one at place i is then the one that was at `order[i]`.
  public func reorder(_ group: Int, by order: [Int], parameters: inout [Double], buffers: inout [Double]) {
    let group = groups[group]
    group.parameters.forEach { $0.reorder(&parameters, by: order) }
    group.buffers.forEach { $0.reorder(&buffers, by: order) }
  }
}

extension HiddenUnits {
  /// What matching has made of a network.
  public struct Matched: Sendable {
    public var parameters: [Double]
    public var buffers: [Double]
    /// For each group, which unit of the network as it came stands at each place.
    public var orders: [[Int]]
    /// Rounds over all groups, the last of which changed nothing.
    public var rounds: Int
  }

  /// Reorders the units of a network so that its weights are as near to another's as coordinate descent brings them.
  ///
  /// Group by group, in random order, the units are assigned so that Σ ⟨weights of a, weights of b⟩ over all that touches
  /// them is greatest, the other groups as they are; round after round until nothing changes. The distance falls at every
  /// change; the end is a local optimum. Ainsworth, Hayase & Srinivasa, "Git Re-Basin", 2023, arXiv:2209.04836, algorithm 1.
  ///
  /// - Throws: `LandscapeError` when a weight is not finite.
  public func matched(
    _ parameters: [Double], buffers: [Double], to target: [Double], rounds most: Int = 1000,
    drawing stream: inout Stream
  ) throws -> Matched {
    var matched = Matched(
      parameters: parameters, buffers: buffers, orders: groups.map { Array(0..<$0.count) }, rounds: 0)
    var hasChanged = true
    while hasChanged, matched.rounds < most {
      hasChanged = false
      matched.rounds += 1
      for index in stream.permutation(of: groups.count) {
        let products = groups[index].products(target, matched.parameters)
        var costs = products
        for place in costs.elements.indices { costs.elements[place] *= -1 }
        let order = try assignment(minimizing: costs)
        let gain = order.indices.reduce(0) { $0 + products[$1, order[$1]] - products[$1, $1] }
        let scale = order.indices.reduce(0) { $0 + abs(products[$1, $1]) }
        // Rounding alone must not keep it going.
        guard gain > 1e-12 * scale else { continue }
        hasChanged = true
        reorder(index, by: order, parameters: &matched.parameters, buffers: &matched.buffers)
        matched.orders[index] = order.map { matched.orders[index][$0] }
      }
    }
    return matched
  }
}

extension HiddenUnits.Group {
  /// ⟨numbers of unit i in a, numbers of unit j in b⟩.
  fileprivate func products(_ a: [Double], _ b: [Double]) -> Matrix {
    var sum = Matrix(rows: count, columns: count, Array(repeating: 0, count: count * count))
    for piece in parameters {
      let part = piece.byUnit(a, units: count).times(piece.byUnit(b, units: count), otherTransposed: true)
      for place in sum.elements.indices { sum.elements[place] += part.elements[place] }
    }
    return sum
  }
}

extension HiddenUnits.Piece {
  /// One row for each unit, with all its numbers.
  fileprivate func byUnit(_ values: [Double], units: Int) -> Matrix {
    var elements: [Double] = []
    elements.reserveCapacity(units * rows * width)
    for unit in 0..<units {
      for row in 0..<rows {
        let start = offset + (row * units + unit) * width
        elements += values[start..<start + width]
      }
    }
    return Matrix(rows: units, columns: rows * width, elements)
  }

  fileprivate func reorder(_ values: inout [Double], by order: [Int]) {
    let before = values
    for row in 0..<rows {
      for (place, unit) in order.enumerated() {
        let (to, from) = (offset + (row * order.count + place) * width, offset + (row * order.count + unit) * width)
        for index in 0..<width { values[to + index] = before[from + index] }
      }
    }
  }
}

private func noChain(_ name: String) -> String {
  "units can be reordered in a chain of linear layers and convolutions, but \(name) ties them to something else"
}
