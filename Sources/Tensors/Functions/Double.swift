internal import COpenBLAS

/// Double's share of the elementary functions and its BLAS. The polynomials interpolate at Chebyshev nodes; their
/// relative error is below a tenth of the last place.
extension Double: Scalar {
  public typealias Lanes = SIMD4<Double>

  @inline(__always) public init(bits: UInt64) { self.init(bitPattern: bits) }
  @inline(__always) public var bits: UInt64 { bitPattern }

  @inline(__always) public static var roundingShift: Double { 6_755_399_441_055_744 }
  @inline(__always) public static var signBit: UInt64 { 0x8000_0000_0000_0000 }
  @inline(__always) public static var exponentBiasBits: UInt64 { 1023 }
  @inline(__always) public static var ln2High: Double { 6.93147180369123816490e-01 }
  @inline(__always) public static var ln2Low: Double { 1.90821492927058770002e-10 }
  @inline(__always) public static var expOverflow: Double { 710 }
  @inline(__always) public static var expUnderflow: Double { -746 }

  @inline(__always) public static func squareRoot(_ x: Self) -> Self { squareRootOfDouble(x) }

  @inline(__always) public static func widened(_ x: SIMD8<Self>) -> SIMD8<Double> { x }

  /// (eʳ − 1 − r)/r² for |r| ≤ ln 2 / 2.
  @inline(__always) public static func expm1Tail(_ r: Self) -> Self {
    var p: Self = 1.608662795678037e-10
    p = (2.0918137737642736e-09 as Self).addingProduct(p, r)
    p = (2.505207109429355e-08 as Self).addingProduct(p, r)
    p = (2.75572632790885e-07 as Self).addingProduct(p, r)
    p = (2.755731924721873e-06 as Self).addingProduct(p, r)
    p = (2.4801587336442236e-05 as Self).addingProduct(p, r)
    p = (0.00019841269841263298 as Self).addingProduct(p, r)
    p = (0.0013888888888879073 as Self).addingProduct(p, r)
    p = (0.008333333333333333 as Self).addingProduct(p, r)
    p = (0.04166666666666668 as Self).addingProduct(p, r)
    p = (0.16666666666666666 as Self).addingProduct(p, r)
    p = (0.5 as Self).addingProduct(p, r)
    return p
  }

  /// erf(x)/x as a polynomial in x², |x| ≤ 1.
  @inline(__always) public static func erfNearZero(_ square: Self) -> Self {
    var p: Self = -7.795898827002142e-10
    p = (1.3720064546777686e-08 as Self).addingProduct(p, square)
    p = (-1.6208483801871705e-07 as Self).addingProduct(p, square)
    p = (1.6447424703317362e-06 as Self).addingProduct(p, square)
    p = (-1.492473690741966e-05 as Self).addingProduct(p, square)
    p = (0.00012055294904839707 as Self).addingProduct(p, square)
    p = (-0.0008548325975389692 as Self).addingProduct(p, square)
    p = (0.0052239776071164225 as Self).addingProduct(p, square)
    p = (-0.02686617064323777 as Self).addingProduct(p, square)
    p = (0.11283791670945006 as Self).addingProduct(p, square)
    p = (-0.37612638903183543 as Self).addingProduct(p, square)
    p = (1.1283791670955126 as Self).addingProduct(p, square)
    return p
  }

  /// e^(x²) erfc(x) for 1 ≤ x ≤ 6.
  @inline(__always) public static func scaledErfc(_ x: Self) -> Self {
    let t = (x - 2.5) / (x + 2.5)
    var p: Self = 3.397714274049558e-07
    p = (1.3053267706206863e-07 as Self).addingProduct(p, t)
    p = (-1.7991658885591785e-06 as Self).addingProduct(p, t)
    p = (-2.3146184120413574e-06 as Self).addingProduct(p, t)
    p = (7.55186220563275e-06 as Self).addingProduct(p, t)
    p = (1.861719934532683e-05 as Self).addingProduct(p, t)
    p = (-3.41821412242066e-05 as Self).addingProduct(p, t)
    p = (-0.00012887743098334982 as Self).addingProduct(p, t)
    p = (0.00022838037193786482 as Self).addingProduct(p, t)
    p = (0.0008759154640998206 as Self).addingProduct(p, t)
    p = (-0.0026423659640321734 as Self).addingProduct(p, t)
    p = (-0.003993701166257127 as Self).addingProduct(p, t)
    p = (0.03992253907557999 as Self).addingProduct(p, t)
    p = (-0.1250330523788242 as Self).addingProduct(p, t)
    p = (0.25171319321744934 as Self).addingProduct(p, t)
    p = (-0.3717367339489734 as Self).addingProduct(p, t)
    p = (0.2108063640611436 as Self).addingProduct(p, t)
    return p
  }

  /// (artanh(s)/s − 1)/s² as a polynomial in s², for |s| ≤ 0.1716.
  @inline(__always) public static func logTail(_ z: Self) -> Self {
    var p: Self = 0.06544017425487385
    p = (0.06634319184630805 as Self).addingProduct(p, z)
    p = (0.07693122368810948 as Self).addingProduct(p, z)
    p = (0.09090897773760566 as Self).addingProduct(p, z)
    p = (0.11111111196290523 as Self).addingProduct(p, z)
    p = (0.14285714285399892 as Self).addingProduct(p, z)
    p = (0.20000000000000442 as Self).addingProduct(p, z)
    p = (0.3333333333333333 as Self).addingProduct(p, z)
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
    unsafe cblas_dgemm(
      CblasRowMajor, ta ? CblasTrans : CblasNoTrans, tb ? CblasTrans : CblasNoTrans, blasint(m), blasint(n), blasint(k),
      1, a, blasint(lda), b, blasint(ldb), adding ? 1 : 0, c, blasint(ldc))
  }
}
