/// C = op(A)·op(B) for row-major matrices: op(A) is m×k, op(B) is k×n, C is m×n.
public final class MatrixProduct: Sendable {
  let m: Int
  let n: Int
  let k: Int
  let a: Operand
  let b: Operand
  let c: Operand
  /// Whether A is stored as k×m, B as n×k.
  let aTransposed: Bool
  let bTransposed: Bool

  public init(
    m: Int, n: Int, k: Int, a: Operand, transposed aTransposed: Bool, b: Operand, transposed bTransposed: Bool,
    c: Operand
  ) {
    self.m = m
    self.n = n
    self.k = k
    self.a = a
    self.b = b
    self.c = c
    self.aTransposed = aTransposed
    self.bTransposed = bTransposed
  }

  @inline(__always) func run<T: Scalar>(on workspace: Workspace<T>) {
    let a = unsafe self.a.address(workspace.bases)
    let b = unsafe self.b.address(workspace.bases)
    let c = unsafe self.c.address(workspace.bases)
    if SmallProducts.takesRows(m: m, n: n, k: k, aTransposed: aTransposed) {
      return unsafe SmallProducts.rows(m, n, k, a, b, bTransposed: bTransposed, c)
    }
    if SmallProducts.takesColumns(m: m, n: n, k: k, aTransposed: aTransposed, bTransposed: bTransposed) {
      return unsafe SmallProducts.columns(m, n, k, a, b, c)
    }
    if TiledProduct.takes(m: m, n: n, k: k, aTransposed: aTransposed, bTransposed: bTransposed) {
      return unsafe TiledProduct.run(
        m, n, k, a, aStride: aTransposed ? m : k, aTransposed: aTransposed, b, bStride: bTransposed ? k : n,
        bTransposed: bTransposed, c, cStride: n, panel: workspace.panel.base)
    }
    unsafe T.product(
      m, n, k, a, aTransposed ? m : k, transposed: aTransposed, b, bTransposed ? k : n, transposed: bTransposed, c, n,
      adding: false)
  }
}
