internal import COpenBLAS

/// Float's share of the elementary functions and its BLAS. The polynomials interpolate at Chebyshev nodes; their
/// relative error is below a tenth of the last place.
extension Float: Scalar {
  public typealias Lanes = SIMD8<Float>

  @inline(__always) public init(bits: UInt32) { self.init(bitPattern: bits) }
  @inline(__always) public var bits: UInt32 { bitPattern }

  @inline(__always) public static var roundingShift: Float { 12_582_912 }
  @inline(__always) public static var signBit: UInt32 { 0x8000_0000 }
  @inline(__always) public static var exponentBiasBits: UInt32 { 127 }
  @inline(__always) public static var ln2High: Float { 0.693_359_375 }
  @inline(__always) public static var ln2Low: Float { -2.121_944_4e-4 }
  @inline(__always) public static var expOverflow: Float { 89 }
  @inline(__always) public static var expUnderflow: Float { -104 }

  @inline(__always) public static func squareRoot(_ x: Self) -> Self { squareRootOfFloat(x) }

  @inline(__always) public static func widened(_ x: SIMD8<Self>) -> SIMD8<Double> { widenedLanes(x) }

  /// (eʳ − 1 − r)/r² for |r| ≤ ln 2 / 2.
  @inline(__always) public static func expm1Tail(_ r: Self) -> Self {
    var p: Self = 0.00019890991097781807
    p = (0.0013933649752289057 as Self).addingProduct(p, r)
    p = (0.00833331048488617 as Self).addingProduct(p, r)
    p = (0.04166646674275398 as Self).addingProduct(p, r)
    p = (0.1666666716337204 as Self).addingProduct(p, r)
    p = (0.5 as Self).addingProduct(p, r)
    return p
  }

  /// erf(x)/x as a polynomial in x², |x| ≤ 1.
  @inline(__always) public static func erfNearZero(_ square: Self) -> Self {
    var p: Self = 7.875874871388078e-05
    p = (-0.000801686430349946 as Self).addingProduct(p, square)
    p = (0.005189087241888046 as Self).addingProduct(p, square)
    p = (-0.02685421146452427 as Self).addingProduct(p, square)
    p = (0.11283594369888306 as Self).addingProduct(p, square)
    p = (-0.3761262595653534 as Self).addingProduct(p, square)
    p = (1.1283791065216064 as Self).addingProduct(p, square)
    return p
  }

  /// e^(x²) erfc(x) for 1 ≤ x ≤ 6.
  @inline(__always) public static func scaledErfc(_ x: Self) -> Self {
    let t = (x - 2) / (x + 2)
    var p: Self = -0.0009366758167743683
    p = (-0.0008351922733709216 as Self).addingProduct(p, t)
    p = (0.006993588525801897 as Self).addingProduct(p, t)
    p = (0.0037319341208785772 as Self).addingProduct(p, t)
    p = (-0.07897846400737762 as Self).addingProduct(p, t)
    p = (0.24165822565555573 as Self).addingProduct(p, t)
    p = (-0.4271858334541321 as Self).addingProduct(p, t)
    p = (0.25539568066596985 as Self).addingProduct(p, t)
    return p
  }

  /// (artanh(s)/s − 1)/s² as a polynomial in s², for |s| ≤ 0.1716.
  @inline(__always) public static func logTail(_ z: Self) -> Self {
    var p: Self = 0.11665806919336319
    p = (0.14275389909744263 as Self).addingProduct(p, z)
    p = (0.2000006139278412 as Self).addingProduct(p, z)
    p = (0.3333333432674408 as Self).addingProduct(p, z)
    return p
  }

  public static func fill(
    _ kind: RandomNumbers, perSample: Int, samples: Range<Int>, from stream: Stream, into vector: Vector<Self>
  ) { fillRandom(kind, perSample: perSample, samples: samples, from: stream, into: vector) }

  public static func execute(_ code: Code, from first: Int, to end: Int, on workspace: Workspace<Self>) {
    executeInstructions(code, from: first, to: end, on: workspace)
  }

  public static func product(
    _ m: Int, _ n: Int, _ k: Int, _ a: UnsafePointer<Self>, _ lda: Int, transposed ta: Bool,
    _ b: UnsafePointer<Self>, _ ldb: Int, transposed tb: Bool, _ c: UnsafeMutablePointer<Self>, _ ldc: Int, adding: Bool
  ) {
    unsafe cblas_sgemm(
      CblasRowMajor, ta ? CblasTrans : CblasNoTrans, tb ? CblasTrans : CblasNoTrans, blasint(m), blasint(n), blasint(k),
      1, a, blasint(lda), b, blasint(ldb), adding ? 1 : 0, c, blasint(ldc))
  }
}
