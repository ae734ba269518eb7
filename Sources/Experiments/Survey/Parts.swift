import Synchronization
import Tensors

extension Doors {
  /// The parts of a long survey, made side by side, each a row of numbers; those that an earlier, interrupted run
  /// finished are taken from there.
  ///
  /// - Parameters:
  ///   - first: the number under which the first part is kept, where a survey has several such series.
  ///   - share: how far the run is before and after these parts.
  ///   - make: one part, or `nil` once the doors say that the run should stop.
  /// - Throws: `Cancelled`, or what `make` threw first.
  func parts(
    _ count: Int, from first: Int = 0, share: ClosedRange<Double> = 0...1,
    make: @escaping @Sendable (Int) throws -> [Double]?
  ) throws -> [[Double]] {
    let results = Mutex<[Int: [Double]]>([:])
    let failure = Mutex<(any Error)?>(nil)
    parallel.forEach(count) { part in
      if isCancelled() || failure.withLock({ $0 != nil }) { return }
      do {
        let values: [Double]
        if let bytes = kept(first + part), let numbers = [Double](bytes: bytes) {
          values = numbers
        } else {
          guard let made = try make(part), !isCancelled() else { return }
          keep(first + part, made.bytes)
          values = made
        }
        let done = results.withLock {
          $0[part] = values
          return $0.count
        }
        progress(share.lowerBound + (share.upperBound - share.lowerBound) * Double(done) / Double(count))
      } catch {
        failure.withLock { $0 = $0 ?? error }
      }
    }
    if isCancelled() { throw Cancelled() }
    if let error = failure.withLock({ $0 }) { throw error }
    let found = results.withLock { $0 }
    return try (0..<count).map {
      guard let values = found[$0] else { throw Cancelled() }
      return values
    }
  }
}

/// Things that calls side by side take turns with, each made when all others are in use.
final class Pool<Thing>: Sendable {
  private let idle = Mutex<[Held]>([])
  private let make: @Sendable () -> Thing

  /// One thing, in one caller's hands at a time.
  private struct Held: @unchecked Sendable { var thing: Thing }

  init(_ make: @escaping @Sendable () -> Thing) { self.make = make }

  func use<Result>(_ body: (Thing) throws -> Result) rethrows -> Result {
    let held = idle.withLock { $0.popLast() } ?? Held(thing: make())
    defer { idle.withLock { $0.append(held) } }
    return try body(held.thing)
  }
}

extension [Double] {
  /// Eight bytes a number, the lowest first.
  var bytes: [UInt8] {
    flatMap { number in (0..<8).map { UInt8(truncatingIfNeeded: number.bitPattern >> (8 * $0)) } }
  }

  /// `nil` when the bytes are not whole numbers' worth.
  init?(bytes: [UInt8]) {
    guard bytes.count % 8 == 0 else { return nil }
    self = stride(from: 0, to: bytes.count, by: 8).map { first in
      Double(bitPattern: (0..<8).reduce(UInt64(0)) { $0 | UInt64(bytes[first + $1]) << (8 * $1) })
    }
  }
}
