/// The two seeds that all random numbers of a run are drawn from.
public struct Seeds: Sendable, Hashable {
  /// The book's.
  public var book: UInt64
  /// The run's own.
  public var run: UInt64

  public init(book: UInt64, run: UInt64) {
    self.book = book
    self.run = run
  }

  /// The stream of random numbers for a purpose.
  public func stream(_ purpose: Purpose) -> Stream { Stream(book: book, run: run, purpose: purpose) }
}
