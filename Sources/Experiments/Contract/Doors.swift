public import Tensors

/// What a run may use of the world outside: lent by `Runs`, faked by tests.
public struct Doors: Sendable {
  public var parallel: Parallel
  /// Seconds on a monotonic clock: for measured columns only.
  public var now: @Sendable () -> Double
  /// Whether the run should stop; asked at least once a second of work.
  public var isCancelled: @Sendable () -> Bool
  /// Says how far the run is, from 0 to 1.
  public var progress: @Sendable (Double) -> Void
  /// Stores a finished part of a long survey under its number.
  public var keep: @Sendable (_ part: Int, _ bytes: [UInt8]) -> Void
  /// A part that an earlier, interrupted run stored.
  public var kept: @Sendable (_ part: Int) -> [UInt8]?

  public init(
    parallel: Parallel = .serial,
    now: @escaping @Sendable () -> Double = { 0 },
    isCancelled: @escaping @Sendable () -> Bool = { false },
    progress: @escaping @Sendable (Double) -> Void = { _ in },
    keep: @escaping @Sendable (Int, [UInt8]) -> Void = { _, _ in },
    kept: @escaping @Sendable (Int) -> [UInt8]? = { _ in nil }
  ) {
    self.parallel = parallel
    self.now = now
    self.isCancelled = isCancelled
    self.progress = progress
    self.keep = keep
    self.kept = kept
  }
}

extension Doors {
  /// These doors with workers to lend; one worker is the caller alone.
  public func lending(
    workers: Int, forEach: @escaping @Sendable (_ count: Int, _ body: @Sendable (Int) -> Void) -> Void
  ) -> Doors {
    var doors = self
    if workers > 1 { doors.parallel = Parallel(workers: workers, forEach: forEach) }
    return doors
  }
}
