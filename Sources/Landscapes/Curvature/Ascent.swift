public import Autodiff
public import Tensors

/// A neighbourhood of a point.
public enum Neighbourhood<Element: Scalar> {
  /// All directions z with |zᵢ| ≤ boundᵢ.
  case box([Double])
  /// All directions no longer than this.
  case ball(Double)

  /// Where in the neighbourhood a linear function is largest.
  func extreme(along slope: Vector<Element>, into direction: inout Vector<Element>) {
    switch self {
    case .box(let bounds):
      for (index, bound) in bounds.enumerated() {
        let value = slope[index]
        direction[index] = value == 0 ? 0 : Element(value > 0 ? bound : -bound)
      }
    case .ball(let radius):
      let norm = slope.norm
      direction.copy(slope.count, from: slope, at: 0, to: 0)
      direction.scale(by: norm == 0 ? 0 : radius / norm)
    }
  }
}

/// How high a function is found to rise in a neighbourhood of a point: a lower bound of its maximum there.
///
/// Each step goes to where the linear part of the function is largest in the neighbourhood (Frank & Wolfe 1956), half as
/// far when that is no way up. On a convex function whole steps never descend; in a ball, at a minimum of a quadratic,
/// they are power iteration. The climb begins at the point, and again at random directions, since at a minimum there is
/// no slope to follow.
///
/// - Parameters:
///   - steps: of each climb, at most.
///   - climbs: how many begin at random directions.
///   - isCancelled: ends the search.
/// - Returns: the largest value found; the point's own where nothing is higher.
public func ascent<Element: Scalar>(
  of objective: some Objective<Element>, from point: Vector<Element>, in neighbourhood: Neighbourhood<Element>,
  steps: Int, climbs: Int, book: UInt64 = 0, run: UInt64 = 0, isCancelled: () -> Bool = { false }
) -> Double {
  var gradient = Vector<Element>(zeros: point.count)
  var corner = gradient
  var highest = objective.value(at: point)
  for climb in 0...climbs {
    var direction = Vector<Element>(zeros: point.count)
    if climb > 0 {
      var stream = Stream(book: book, run: run, purpose: .probes(climb))
      let random = Vector(stream.normals(point.count).map { Element($0) })
      neighbourhood.extreme(along: random, into: &direction)
    }
    var here = point
    here.add(1, times: direction)
    var value = objective.gradient(at: here, into: &gradient)
    highest = max(highest, value)
    for _ in 0..<steps {
      neighbourhood.extreme(along: gradient, into: &corner)
      corner.add(-1, times: direction)
      var share = 1.0
      var next = value
      var there = here
      // A tenth of a permille of the way up is none.
      repeat {
        if isCancelled() { return highest }
        there = here
        there.add(share, times: corner)
        next = objective.value(at: there)
        if next > value { break }
        share /= 2
      } while share > 1e-3
      guard next > value else { break }
      let rise = next - value
      direction.add(share, times: corner)
      here = there
      value = objective.gradient(at: here, into: &gradient)
      highest = max(highest, value)
      if rise <= 1e-12 * abs(value) { break }
    }
  }
  return highest
}
