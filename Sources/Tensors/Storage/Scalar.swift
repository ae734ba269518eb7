/// A number that programs compute with: `Float` or `Double`.
///
/// The requirements below `Element`-generic code are the doors to kernels specialised for each type: a generic
/// function called across modules would run unspecialised, some thirty times slower.
public protocol Scalar: BinaryFloatingPoint, Sendable, SIMDScalar, Codable {
  /// As many as fill a register of AVX2.
  associatedtype Lanes: SIMD where Lanes.Scalar == Self

  /// Runs compiled code against its operands; see `Code`.
  static func execute(_ code: Code, from first: Int, to end: Int, on workspace: Workspace<Self>)
  /// Writes random numbers over a vector; see `Vector.fill`.
  static func fill(
    _ kind: RandomNumbers, perSample: Int, samples: Range<Int>, from stream: Stream, into vector: Vector<Self>)

  // Parts of the elementary functions that differ between the types; see `Functions`.
  associatedtype Bits: FixedWidthInteger & UnsignedInteger & Sendable
  init(bits: Bits)
  var bits: Bits { get }
  /// 1.5 · 2^significand bits: adding it rounds to an integer held in the low bits.
  static var roundingShift: Self { get }
  static var signBit: Bits { get }
  static var exponentBiasBits: Bits { get }
  static var ln2High: Self { get }
  static var ln2Low: Self { get }
  static var expOverflow: Self { get }
  static var expUnderflow: Self { get }
  static func squareRoot(_ x: Self) -> Self
  static func widened(_ x: SIMD8<Self>) -> SIMD8<Double>
  static func expm1Tail(_ r: Self) -> Self
  static func erfNearZero(_ square: Self) -> Self
  static func scaledErfc(_ x: Self) -> Self
  static func logTail(_ z: Self) -> Self

  // Blocks of 8-bit numbers; see `QuantizedArray`.
  static func decode(
    _ bytes: UnsafePointer<UInt8>, _ count: Int, scale: Float, _ code: DynamicCode,
    into values: UnsafeMutablePointer<Self>)
  static func encode(
    _ values: UnsafePointer<Self>, _ count: Int, _ code: DynamicCode, into bytes: UnsafeMutablePointer<UInt8>
  ) -> Float

  // Eight at a time; see `Lanes`.
  /// Where a value is larger than the best, or the first NaN, it and its number take over.
  static func take(_ value: SIMD8<Self>, _ number: Self, over best: inout SIMD8<Self>, _ place: inout SIMD8<Self>)
  /// The value where `a` is `b`.
  static func select(_ value: SIMD8<Self>, where a: SIMD8<Self>, is b: Self, else other: SIMD8<Self>) -> SIMD8<Self>

  // BLAS and LAPACK, row-major; `adding` adds to what C holds.
  static func product(
    _ m: Int, _ n: Int, _ k: Int, _ a: UnsafePointer<Self>, _ lda: Int, transposed ta: Bool,
    _ b: UnsafePointer<Self>, _ ldb: Int, transposed tb: Bool, _ c: UnsafeMutablePointer<Self>, _ ldc: Int,
    adding: Bool)

  // Rows of a data set into a batch, in this precision; see `Gathering`.
  static func gather(
    _ rows: ArraySlice<Int>, _ width: Int, _ bytes: [UInt8], _ table: ByteTable, _ target: UnsafeMutablePointer<Self>)
  static func gather(_ rows: ArraySlice<Int>, _ width: Int, _ values: [Float], _ target: UnsafeMutablePointer<Self>)
  static func gather(_ rows: ArraySlice<Int>, _ width: Int, _ values: [Double], _ target: UnsafeMutablePointer<Self>)
  static func gather(_ rows: ArraySlice<Int>, _ labels: [Int32], _ target: UnsafeMutablePointer<Self>)
}
