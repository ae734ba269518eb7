public import Autodiff
public import Tensors

/// How long a random direction is made, piece by piece, beside the point that it starts from.
///
/// Li, Xu, Taylor, Studer & Goldstein 2018, arXiv:1712.09913 (`filter`, `layer`); Im, Tao & Branson 2016, arXiv:1612.04010
/// (`model`).
public enum DirectionNormalization: String, CaseIterable, Sendable {
  /// Standard normal numbers as they are: as long as the square root of how many there are.
  case none
  /// As long as the point, over everything that moves.
  case model
  /// Every tensor as long as the point's.
  case layer
  /// Every filter (row of a linear layer) as long as the point's.
  case filter
}

/// What becomes of biases, gains and whatever else is not a matrix or filters.
public enum VectorMovement: String, CaseIterable, Sendable {
  /// They stay where they are.
  case zero
  /// They are scaled: their direction is the point itself.
  case weights
  /// They move at random as all others do; as one piece where pieces are normalised.
  case random
}

/// A random direction from a point, normalised.
///
/// - Parameters:
///   - point: laid out as `layout` says.
///   - stream: gives a standard normal number for each parameter, so that the direction before normalising depends on
///     nothing else.
/// - Returns: as long as the point.
public func randomDirection<Element: Scalar>(
  from point: Vector<Element>, _ layout: ParameterLayout, _ normalization: DirectionNormalization,
  vectors: VectorMovement, drawing stream: inout Stream
) -> Vector<Element> {
  precondition(point.count == layout.count)
  var direction = stream.normals(point.count)
  /// Makes the numbers at these places as long as the point's; nothing where the point is 0.
  func match(_ places: some Collection<Int>) {
    var (own, wanted) = (0.0, 0.0)
    for place in places {
      own += direction[place] * direction[place]
      wanted += Double(point[place]) * Double(point[place])
    }
    let factor = own > 0 ? (wanted / own).squareRoot() : 0
    for place in places { direction[place] *= factor }
  }
  for slice in layout.slices where slice.shape.rank <= 1 {
    switch vectors {
    case .zero: for place in slice.range { direction[place] = 0 }
    case .weights: for place in slice.range { direction[place] = Double(point[place]) }
    case .random: if normalization == .layer || normalization == .filter { match(slice.range) }
    }
  }
  for slice in layout.slices where slice.shape.rank > 1 {
    switch normalization {
    case .none, .model: break
    case .layer: match(slice.range)
    case .filter: for filter in slice.filters { match(filter) }
    }
  }
  if normalization == .model {
    let moving = layout.slices.filter { vectors == .random || $0.shape.rank > 1 }.flatMap { Array($0.range) }
    match(moving)
  }
  return Vector(direction.map { Element($0) })
}

extension ParameterLayout.Slice {
  /// The places of each filter: what one output is made with.
  public var filters: [Range<Int>] {
    guard let axis = filterAxis else { return [range] }
    precondition(axis == 0, "filters lie in one piece")
    let size = shape.count / shape[0]
    return (0..<shape[0]).map { offset + $0 * size..<offset + ($0 + 1) * size }
  }
}
