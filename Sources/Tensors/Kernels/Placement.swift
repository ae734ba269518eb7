/// Zeros with an array's elements put at strided places among them: the adjoint of taking a slice.
public final class Placement: Sendable {
  let source: Operand
  let target: Operand
  /// Elements of the whole target.
  let count: Int
  /// Where the first element goes.
  let offset: Int
  /// Of the array that is put, with its strides in its memory and in the target's.
  let lengths: [Int]
  let sourceStrides: [Int]
  let targetStrides: [Int]

  /// - Parameter offset: where the first element goes, as an element of the target.
  public init(
    from source: Operand, strides sourceStrides: [Int], lengths: [Int], to target: Operand, count: Int, offset: Int,
    strides targetStrides: [Int]
  ) {
    self.source = source
    self.target = target
    self.count = count
    self.offset = offset
    // Neighbouring axes that one stride walks on both sides become one.
    var axes: [(length: Int, source: Int, target: Int)] = []
    for axis in lengths.indices where lengths[axis] != 1 {
      let (length, from, to) = (lengths[axis], sourceStrides[axis], targetStrides[axis])
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

  func run<T: Scalar>(on workspace: Workspace<T>) {
    let source = unsafe self.source.address(workspace.bases)
    let target = unsafe self.target.address(workspace.bases)
    unsafe target.update(repeating: 0, count: count)
    let last = lengths.count - 1
    let (length, from, to) = (lengths[last], sourceStrides[last], targetStrides[last])
    for line in 0..<lengths[..<last].reduce(1, *) {
      var rest = line
      var (x, y) = (0, offset)
      for axis in stride(from: last - 1, through: 0, by: -1) {
        let (quotient, position) = rest.quotientAndRemainder(dividingBy: lengths[axis])
        x += position * sourceStrides[axis]
        y += position * targetStrides[axis]
        rest = quotient
      }
      if from == 1 && to == 1 {
        unsafe (target + y).update(from: source + x, count: length)
      } else {
        for index in 0..<length { unsafe target[y + index * to] = source[x + index * from] }
      }
    }
  }
}
