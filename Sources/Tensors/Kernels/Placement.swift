/// Arrays put at strided places of a new one, zeros elsewhere: the adjoint of taking slices, and concatenation.
public final class Placement: Sendable {
  /// An array that is put, with the places of its elements in its memory and in the target.
  public struct Part: Sendable {
    let source: Operand
    let lengths: [Int]
    let sourceStrides: [Int]
    /// Where the first element goes.
    let offset: Int
    let targetStrides: [Int]

    public init(_ source: Operand, lengths: [Int], strides: [Int], offset: Int, targetStrides: [Int]) {
      self.source = source
      self.offset = offset
      // Neighbouring axes that one stride walks on both sides become one.
      var axes: [(length: Int, source: Int, target: Int)] = []
      for axis in lengths.indices where lengths[axis] != 1 {
        let (length, from, to) = (lengths[axis], strides[axis], targetStrides[axis])
        if let last = axes.last, last.source == from * length, last.target == to * length {
          axes[axes.count - 1] = (last.length * length, from, to)
        } else {
          axes.append((length, from, to))
        }
      }
      if axes.isEmpty { axes = [(1, 1, 1)] }
      self.lengths = axes.map(\.length)
      self.sourceStrides = axes.map(\.source)
      self.targetStrides = axes.map(\.target)
    }

    var count: Int { lengths.reduce(1, *) }
  }

  let parts: [Part]
  let target: Operand
  /// Elements of the target.
  let count: Int
  /// Whether some element of the target is in no part.
  private let leavesZeros: Bool

  /// - Precondition: no two parts meet.
  public init(_ parts: [Part], to target: Operand, count: Int) {
    self.parts = parts
    self.target = target
    self.count = count
    leavesZeros = parts.reduce(0) { $0 + $1.count } < count
  }

  func run<T: Scalar>(on workspace: Workspace<T>) {
    let target = unsafe self.target.address(workspace.bases)
    if leavesZeros { unsafe target.update(repeating: 0, count: count) }
    for part in parts { unsafe put(part, part.source.address(workspace.bases), target) }
  }

  private func put<T: Scalar>(_ part: Part, _ source: UnsafeMutablePointer<T>, _ target: UnsafeMutablePointer<T>) {
    let last = part.lengths.count - 1
    let (length, from, to) = (part.lengths[last], part.sourceStrides[last], part.targetStrides[last])
    // The last two axes are walked; what is outside them is found by division.
    let (lines, fromLine, toLine) =
      last > 0 ? (part.lengths[last - 1], part.sourceStrides[last - 1], part.targetStrides[last - 1]) : (1, 0, 0)
    for plane in 0..<part.count / max(1, lines * length) {
      var rest = plane
      var (x, y) = (0, part.offset)
      for axis in stride(from: last - 2, through: 0, by: -1) {
        let (quotient, position) = rest.quotientAndRemainder(dividingBy: part.lengths[axis])
        x += position * part.sourceStrides[axis]
        y += position * part.targetStrides[axis]
        rest = quotient
      }
      for _ in 0..<lines {
        if from == 1 && to == 1 {
          unsafe (target + y).update(from: source + x, count: length)
        } else {
          for index in 0..<length { unsafe target[y + index * to] = source[x + index * from] }
        }
        x += fromLine
        y += toLine
      }
    }
  }
}
