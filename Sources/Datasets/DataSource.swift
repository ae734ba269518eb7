/// Data that has been found and looked at, but not read.
///
/// Making a source finds its files and reads what says how large the data is (an author hears of a missing or
/// unsuitable file before anything runs); loading it reads every sample.
public protocol DataSource: Sendable {
  var facts: DataFacts { get }
  /// The files that the samples depend on, absolute, in a fixed order; none for made data.
  var files: [String] { get }
  func load() throws(DataError) -> Dataset
}
