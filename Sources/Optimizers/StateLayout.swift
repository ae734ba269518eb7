public import Tensors

/// An array that a rule remembers, and the number that it is filled with at the start.
public struct StateArray: Sendable {
  public var shape: Shape
  public var start: Double

  public init(_ shape: Shape, start: Double = 0) {
    self.shape = shape
    self.start = start
  }
}

/// Where the arrays that a rule remembers lie in its flat state.
struct StateLayout {
  struct Place {
    var offset: Int
    var shape: Shape
  }

  private(set) var count = 0
  private var starts: [(range: Range<Int>, value: Double)] = []

  mutating func append(_ array: StateArray) -> Place {
    let place = Place(offset: count, shape: array.shape)
    count += array.shape.count
    if array.start != 0 { starts.append((place.offset..<count, array.start)) }
    return place
  }

  /// The state before the first step.
  func start<Element: Scalar>(of type: Element.Type = Element.self) -> OptimizerState<Element> {
    var vectors = Vector<Element>(zeros: count)
    for (range, value) in starts { vectors.replace(from: range.lowerBound, with: range.map { _ in Element(value) }) }
    return OptimizerState(vectors: vectors)
  }
}
