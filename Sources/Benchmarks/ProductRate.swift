import Tensors

extension Benchmarks {
  /// The linear algebra library's product of 512×512 matrices in Float: the rate that a step's arithmetic is held
  /// against. `check` is that rate in GFLOP/s.
  static func productRate() {
    let n = 512
    var stream = Stream(book: 0, run: 0, purpose: .data("benchmark"))
    let a = Vector(stream.normals(n * n).map { Float($0) })
    let b = Vector(stream.normals(n * n).map { Float($0) })
    var c = Vector<Float>(zeros: n * n)
    measure(repeats: 15, units: 10) {
      for _ in 0..<10 { libraryProduct(n, n, n, a, b, into: &c) }
      return Double(c[0])
    }
  }
}
