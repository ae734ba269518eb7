/// Many products of matrices of one shape, C = op(A)·op(B) for each index of the batch axes, whose matrices may lie
/// anywhere: the heads of attention are such without being copied apart.
public final class BatchedProduct: Sendable {
  /// Matrices in memory: row-major, or transposed row-major, with a distance between rows and one for each batch axis.
  public struct Matrices: Sendable, Hashable {
    public var operand: Operand
    public var transposed: Bool
    public var rowStride: Int
    public var batchStrides: [Int]

    public init(_ operand: Operand, transposed: Bool, rowStride: Int, batchStrides: [Int]) {
      self.operand = operand
      self.transposed = transposed
      self.rowStride = rowStride
      self.batchStrides = batchStrides
    }
  }

  let m: Int
  let n: Int
  let k: Int
  let batch: [Int]
  let a: Matrices
  let b: Matrices
  let c: Matrices

  /// - Parameter batch: lengths of the batch axes, outermost first.
  public init(m: Int, n: Int, k: Int, batch: [Int], a: Matrices, b: Matrices, c: Matrices) {
    self.m = m
    self.n = n
    self.k = k
    self.batch = batch
    self.a = a
    self.b = b
    self.c = c
  }

  func run<T: Scalar>(on workspace: Workspace<T>) {
    let aBase = unsafe a.operand.address(workspace.bases)
    let bBase = unsafe b.operand.address(workspace.bases)
    let cBase = unsafe c.operand.address(workspace.bases)
    for index in 0..<batch.reduce(1, *) {
      var rest = index
      var (x, y, z) = (0, 0, 0)
      for axis in batch.indices.reversed() {
        let (quotient, position) = rest.quotientAndRemainder(dividingBy: batch[axis])
        x += position * a.batchStrides[axis]
        y += position * b.batchStrides[axis]
        z += position * c.batchStrides[axis]
        rest = quotient
      }
      unsafe T.product(
        m, n, k, aBase + x, a.rowStride, transposed: a.transposed, bBase + y, b.rowStride, transposed: b.transposed,
        cBase + z, c.rowStride, adding: false)
    }
  }
}
