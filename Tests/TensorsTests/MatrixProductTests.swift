import Tensors
import Testing

struct MatrixProductTests {
  struct Sizes: Sendable, CustomTestStringConvertible {
    var (m, n, k): (Int, Int, Int)
    var testDescription: String { "\(m)×\(k) by \(k)×\(n)" }

    init(_ m: Int, _ n: Int, _ k: Int) { (self.m, self.n, self.k) = (m, n, k) }
  }

  /// Around every bound between the library's kernel and our own.
  static let sizes =
    (1...8).flatMap { k in [Sizes(40, 4, k), Sizes(33, 8, k), Sizes(32, 1, k), Sizes(31, 3, k)] }
    + (1...8).flatMap { m in [Sizes(m, 2, 57), Sizes(m, 8, 32), Sizes(m, 5, 100), Sizes(m, 1, 4096)] }
    // Every count of rows modulo six, columns around one tile and two, and depths around one panel and two.
    + (4...15).map { Sizes($0, 16, 20) } + [Sizes(4, 4, 1), Sizes(10, 15, 9), Sizes(10, 17, 9), Sizes(6, 31, 8)]
    + [Sizes(7, 9, 511), Sizes(8, 20, 512), Sizes(9, 33, 513), Sizes(12, 12, 1025)]
    + [Sizes(9, 9, 9), Sizes(64, 10, 17), Sizes(5, 70, 3), Sizes(1, 1, 1)]

  @Test("Products of every size and transposition agree with sums of products", arguments: sizes)
  func products(_ sizes: Sizes) {
    for (aTransposed, bTransposed) in [(false, false), (false, true), (true, false), (true, true)] {
      check(sizes, aTransposed, bTransposed, Double.self, tolerance: 1e-13)
      check(sizes, aTransposed, bTransposed, Float.self, tolerance: 1e-5)
    }
  }

  @Test("A row of a product does not depend on the rows beside it")
  func rows() {
    let (n, k) = (37, 600)
    var stream = Stream(book: 0, run: 5, purpose: .data("products"))
    let a = stream.normals(23 * k)
    let b = stream.normals(k * n)
    let all = product(23, n, k, a, false, b, true, Float.self)
    for m in 4..<23 {
      let some = product(m, n, k, Array(a[..<(m * k)]), false, b, true, Float.self)
      #expect(some[1..<1 + m * n] == all[1..<1 + m * n])
    }
  }

  /// The product between two numbers that must stay as they are.
  private func product<T: Scalar>(
    _ m: Int, _ n: Int, _ k: Int, _ a: [Double], _ aTransposed: Bool, _ b: [Double], _ bTransposed: Bool, _ type: T.Type
  ) -> Vector<T> {
    let code = Code(
      instructions: [
        .matrixProduct(
          MatrixProduct(
            m: m, n: n, k: k, a: Operand(slot: 1, offset: 0), transposed: aTransposed,
            b: Operand(slot: 2, offset: 0), transposed: bTransposed, c: Operand(slot: 3, offset: 1)))
      ], arenaCount: 0, constants: [], slotCounts: [0, a.count, b.count, m * n + 2], writtenSlots: [3])
    let workspace = Workspace<T>(for: code)
    workspace.slots[1] = Vector(a.map { T($0) })
    workspace.slots[2] = Vector(b.map { T($0) })
    workspace.slots[3] = Vector(repeating: 7, count: m * n + 2)
    code.run(on: workspace)
    return workspace.slots[3]
  }

  private func check<T: Scalar>(
    _ s: Sizes, _ aTransposed: Bool, _ bTransposed: Bool, _ type: T.Type, tolerance: Double
  ) {
    var stream = Stream(book: 0, run: UInt64(s.m * 10_000 + s.n * 100 + s.k), purpose: .data("products"))
    let a = stream.normals(s.m * s.k)
    let b = stream.normals(s.k * s.n)
    let c = product(s.m, s.n, s.k, a, aTransposed, b, bTransposed, type)
    for i in 0..<s.m {
      for j in 0..<s.n {
        let terms = (0..<s.k).map { l in
          Double(T(aTransposed ? a[l * s.m + i] : a[i * s.k + l]))
            * Double(T(bTransposed ? b[j * s.k + l] : b[l * s.n + j]))
        }
        let wanted = terms.reduce(0, +)
        let scale = terms.reduce(1) { $0 + abs($1) }
        #expect(abs(Double(c[1 + i * s.n + j]) - wanted) <= tolerance * scale)
      }
    }
    // Nothing beside the result was touched.
    #expect(c[0] == 7 && c[s.m * s.n + 1] == 7)
  }
}
