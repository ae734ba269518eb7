/// The door through which a computation may use several workers; it starts no thread itself.
///
/// Results come back by index, so they do not depend on the number of workers or on who was faster.
public struct Parallel: Sendable {
  /// Calls `body` once for each index below `count`, in any order and from any thread, and returns when all are done.
  public var forEach: @Sendable (_ count: Int, _ body: @Sendable (Int) -> Void) -> Void
  /// How many calls may be under way at once: a hint for splitting work, never for what the result is.
  public var workers: Int

  public init(workers: Int, forEach: @escaping @Sendable (Int, @Sendable (Int) -> Void) -> Void) {
    self.workers = workers
    self.forEach = forEach
  }

  /// One after the other, on the caller's thread.
  public static let serial = Parallel(workers: 1) { count, body in for index in 0..<count { body(index) } }
}
