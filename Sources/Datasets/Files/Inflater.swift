import CZlib

/// Reads a gzip stream piece by piece, checking its checksum and length at the end.
///
/// The one file of this module that holds raw memory. Memory is asked for only as the caller asks for bytes, so a
/// stream that promises more than it holds costs nothing.
@safe final class Inflater {
  private let supply: () -> [UInt8]?
  /// What was supplied last, and how much of it is used up.
  private var compressed: [UInt8] = []
  private var position = 0
  private var ended = false
  /// zlib's state points back at this, so that it may not move.
  private let stream: UnsafeMutablePointer<z_stream>

  /// - Parameter supply: the next piece of a gzip member; `nil` when there is no more.
  init(_ supply: @escaping () -> [UInt8]?) {
    self.supply = supply
    unsafe stream = .allocate(capacity: 1)
    unsafe stream.initialize(to: z_stream())
    // 15 bits of window, and 16 for "gzip, nothing else".
    let status = unsafe inflateInit2_(stream, 15 + 16, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size))
    precondition(status == Z_OK, "zlib cannot start")
  }

  deinit {
    unsafe inflateEnd(stream)
    unsafe stream.deallocate()
  }

  /// The next `count` bytes; fewer at the end of the stream.
  ///
  /// A header may promise far more than there is: beyond a size that any machine has, memory grows with what comes.
  func read(_ count: Int) throws(GzipError) -> [UInt8] {
    var bytes = try piece(min(count, 1 << 27))
    while bytes.count < count, !ended { bytes += try piece(min(count - bytes.count, 1 << 24)) }
    return bytes
  }

  private func piece(_ count: Int) throws(GzipError) -> [UInt8] {
    var failure: GzipError?
    let bytes = unsafe [UInt8](unsafeUninitializedCapacity: count) { buffer, filled in
      while filled < count, !ended, failure == nil {
        let wasSupplied = hasSupply()
        let written = unsafe inflate(into: UnsafeMutableBufferPointer(rebasing: buffer[filled...]), &failure)
        filled += written
        if written == 0, !wasSupplied, !ended, failure == nil { failure = .truncated }
      }
    }
    if let failure { throw failure }
    return bytes
  }

  /// Whether compressed bytes are at hand, asking for more where there are none.
  private func hasSupply() -> Bool {
    if position == compressed.count, let next = supply() { (compressed, position) = (next, 0) }
    return position < compressed.count
  }

  /// Checks that nothing is left, neither in the stream nor after it.
  func finish() throws(GzipError) {
    guard try read(1).isEmpty else { throw .longer }
    guard !hasSupply() else { throw .followed }
  }

  /// Inflates as much as fits and returns how much that was.
  private func inflate(into output: UnsafeMutableBufferPointer<UInt8>, _ failure: inout GzipError?) -> Int {
    // zlib counts in 32 bits.
    let room = min(output.count, 1 << 30)
    let offered = min(compressed.count - position, 1 << 30)
    return unsafe compressed.withUnsafeBufferPointer { input in
      unsafe stream.pointee.next_in = UnsafeMutablePointer(mutating: input.baseAddress.map { unsafe $0 + position })
      unsafe stream.pointee.avail_in = UInt32(offered)
      unsafe stream.pointee.next_out = output.baseAddress
      unsafe stream.pointee.avail_out = UInt32(room)
      switch unsafe CZlib.inflate(stream, Z_NO_FLUSH) {
      case Z_OK, Z_BUF_ERROR: break
      case Z_STREAM_END: ended = true
      default: failure = .damaged
      }
      position += offered - Int(unsafe stream.pointee.avail_in)
      return room - Int(unsafe stream.pointee.avail_out)
    }
  }
}

/// What is wrong with a gzip stream.
enum GzipError: Error, Hashable {
  case truncated
  case damaged
  /// More bytes than were expected.
  case longer
  /// Bytes after the end of the stream.
  case followed

  var message: String {
    switch self {
    case .truncated: "the gzip file is cut short"
    case .damaged: "the gzip file is damaged"
    case .longer: "the file is longer than its header says"
    case .followed: "bytes follow the end of the gzip stream"
    }
  }
}
