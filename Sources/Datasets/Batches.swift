import Tensors

/// An order of samples cut into batches: all of `size`, but for the last, which holds what remains.
///
/// Every index below `count` is in exactly one batch.
public struct Batches: RandomAccessCollection, Sendable {
  public let size: Int
  private let order: [Int]

  /// In the order given.
  /// - Precondition: `size` is positive.
  public init(of order: [Int], size: Int) {
    precondition(size > 0, "a batch holds at least one sample")
    self.size = size
    self.order = order
  }

  /// In file order: for testing, and for full batches.
  public init(count: Int, size: Int) { self.init(of: Array(0..<count), size: size) }

  /// Shuffled: the order is a pure function of the two seeds and the epoch.
  public init(count: Int, size: Int, book: UInt64, run: UInt64, epoch: Int) {
    var stream = Stream(book: book, run: run, purpose: .order(epoch: epoch))
    self.init(of: stream.permutation(of: count), size: size)
  }

  public var startIndex: Int { 0 }
  public var endIndex: Int { (order.count + size - 1) / size }
  public subscript(batch: Int) -> ArraySlice<Int> { order[batch * size..<Swift.min((batch + 1) * size, order.count)] }
}
