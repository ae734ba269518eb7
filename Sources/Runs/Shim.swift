// The one file of this module that touches raw memory and the C library.

import CCrypto
import Foundation
import Glibc
import Synchronization

/// SHA-256 as lowercase hexadecimal.
func sha256(_ bytes: [UInt8]) -> String {
  var digest = [UInt8](repeating: 0, count: Int(SHA256_DIGEST_LENGTH))
  _ = unsafe SHA256(bytes, bytes.count, &digest)
  return digest.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
}

/// The bytes of numbers as they lie in memory (little-endian on every machine that Fieldbook runs on).
func rawBytes<Number: BitwiseCopyable>(of numbers: [Number]) -> [UInt8] {
  unsafe numbers.withUnsafeBytes { unsafe [UInt8]($0) }
}

/// The numbers whose bytes these are.
func numbers<Number: BitwiseCopyable & Numeric>(_ type: Number.Type, fromRaw bytes: ArraySlice<UInt8>) -> [Number] {
  var numbers = [Number](repeating: 0, count: bytes.count / MemoryLayout<Number>.stride)
  unsafe numbers.withUnsafeMutableBytes { unsafe $0.copyBytes(from: bytes.prefix($0.count)) }
  return numbers
}

/// Writes a file so that it is there whole or not at all, even if the machine stops: a temporary file, flushed to
/// the disk, then renamed.
/// - Throws: what the system says ("No space left on device").
func writeWhole(_ bytes: [UInt8], to path: String, temporary: String, flushed: Bool = true) throws(SystemError) {
  let file = unsafe open(temporary, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o644)
  guard file >= 0 else { throw SystemError(errno) }
  var failure: Int32 = 0
  var written = 0
  while written < bytes.count, failure == 0 {
    let count = unsafe bytes.withUnsafeBytes { unsafe write(file, $0.baseAddress! + written, bytes.count - written) }
    if count > 0 { written += count } else if errno != EINTR { failure = errno }
  }
  if failure == 0, flushed, fsync(file) != 0 { failure = errno }
  if close(file) != 0, failure == 0 { failure = errno }
  if failure == 0, unsafe rename(temporary, path) != 0 { failure = errno }
  if failure != 0 {
    _ = unsafe unlink(temporary)
    throw SystemError(failure)
  }
}

/// Flushes a folder's list of names to the disk; a system that cannot is let be.
func flush(folder: String) {
  let file = unsafe open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
  if file >= 0 {
    fsync(file)
    close(file)
  }
}

/// Size and time of last change of a file, in bytes and nanoseconds since 1970; `nil` when there is none.
func stamp(of path: String) -> (size: Int, modified: Int)? {
  var status = stat()
  guard unsafe stat(path, &status) == 0 else { return nil }
  return (Int(status.st_size), Int(status.st_mtim.tv_sec) * 1_000_000_000 + Int(status.st_mtim.tv_nsec))
}

/// What this machine calls itself; nobody else is asked.
let hostName: String = {
  var name = [CChar](repeating: 0, count: 256)
  guard unsafe gethostname(&name, name.count - 1) == 0 else { return "unknown" }
  return String(decoding: name.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
}()

/// Whether a process of this number is there.
func isAlive(process: Int32) -> Bool { kill(process, 0) == 0 || errno != ESRCH }

/// What the system said when it refused something.
struct SystemError: Error {
  var number: Int32
  init(_ number: Int32) { self.number = number }
  var description: String { unsafe String(cString: strerror(number)) }
}

/// Ctrl-C and a polite kill, seen by whoever asks.
public enum Interruption {
  private static let signals = [SIGINT, SIGTERM]
  /// Milliseconds on a monotonic clock at which the first signal came; 0 before.
  private static let first = Atomic<Int>(0)

  /// Whether the process was asked to stop since it began to listen.
  public static var wasAsked: Bool { first.load(ordering: .relaxed) > 0 }

  /// From here on a signal is noted; another one half a second later ends the process at once.
  public static func listen() {
    _ = wasAsked
    for number in signals {
      _ = signal(number) { _ in
        let now = Interruption.milliseconds
        let (isFirst, before) = Interruption.first.compareExchange(expected: 0, desired: now, ordering: .relaxed)
        // Shells and `timeout` send the same signal to the process and to its group.
        if !isFirst, now - before > 500 { Glibc._exit(130) }
      }
    }
  }

  /// Signals end the process again, as they do by default.
  public static func stopListening() { for number in signals { _ = signal(number, SIG_DFL) } }

  private static var milliseconds: Int {
    var time = timespec()
    _ = unsafe clock_gettime(CLOCK_MONOTONIC, &time)
    return Int(time.tv_sec) * 1000 + Int(time.tv_nsec) / 1_000_000 + 1
  }
}
