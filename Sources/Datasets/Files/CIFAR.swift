import Foundation
import Tensors

/// CIFAR-10 or CIFAR-100 in the binary format in which they are published: 32×32 colour pictures, a record each.
///
/// A record is one label (CIFAR-10) or a coarse and a fine label (CIFAR-100), then 1,024 red, 1,024 green and 1,024
/// blue bytes, row by row. Krizhevsky, "Learning multiple layers of features from tiny images", 2009.
public struct CIFAR: DataSource {
  public enum Version: Sendable, Hashable {
    /// `data_batch_1.bin` to `data_batch_5.bin` and `test_batch.bin`.
    case ten
    /// `train.bin` and `test.bin`.
    case hundred(Labels)
  }

  /// Which of CIFAR-100's two labels is to be predicted.
  public enum Labels: String, Sendable, Hashable, CaseIterable {
    /// 100 classes.
    case fine
    /// 20 classes.
    case coarse
  }

  public let facts: DataFacts
  public let files: [String]
  private let version: Version
  private let normalization: Normalization

  /// The data set in one of the data folders, or in `/usr/share/datasets`: in a folder of the data set's name
  /// (`cifar-10`) or of the published archive's (`cifar-10-batches-bin`, `cifar-100-binary`).
  public init(_ version: Version, in folders: [String], normalization: Normalization = .half) throws(DataError) {
    let candidates = (folders + ["/usr/share/datasets"]).flatMap { folder in
      [version.name, version.archive, "\(version.name)/\(version.archive)"].map { "\(folder)/\($0)" }
    }
    let names = version.trainFiles + [version.testFile]
    guard let folder = candidates.first(where: { folder in names.allSatisfy { isThere("\(folder)/\($0)") } }) else {
      throw DataError(
        missing(version.name),
        hints: [
          "expected files: \(names.joined(separator: ", ")), as in \(version.archive).tar.gz",
          "searched: \(candidates.joined(separator: ", "))",
        ])
    }
    self.version = version
    self.normalization = normalization
    var counts: [Int] = []
    for name in names {
      let file = try ByteFile("\(folder)/\(name)")
      let (count, rest) = file.storedSize.quotientAndRemainder(dividingBy: version.record)
      guard count > 0, rest == 0 else { throw DataError(ragged(file.storedSize, version.record), file: file.path) }
      counts.append(count)
    }
    let (classes, namesFile) = try version.classes(in: folder)
    facts = DataFacts(
      name: version.name, inputShape: [3, 32, 32], task: .classification(classes: classes),
      trainCount: counts.dropLast().reduce(0, +), testCount: counts.last!, inputNumber: .byte)
    files = names.map { "\(folder)/\($0)" } + namesFile
  }

  public func load() throws(DataError) -> Dataset {
    let trainFiles = version.trainFiles.count
    return Dataset(
      facts: facts, train: try samples(files[..<trainFiles], count: facts.trainCount),
      test: try samples(files[trainFiles...trainFiles], count: facts.testCount))
  }

  private func samples(_ paths: ArraySlice<String>, count: Int) throws(DataError) -> Samples {
    var pixels: [UInt8] = []
    pixels.reserveCapacity(count * Version.pixels)
    var labels: [Int32] = []
    for path in paths {
      let file = try ByteFile(path)
      for _ in 0..<file.storedSize / version.record {
        let record = try file.read(version.record)
        let label = record[version.label]
        guard label < facts.outputCount else { throw DataError(unknownClass(label, facts.outputCount), file: path) }
        labels.append(Int32(label))
        pixels += record.suffix(Version.pixels)
      }
      try file.finish()
    }
    // Found so when the source was made; a file may have changed since.
    guard labels.count == count else { throw DataError(changed, file: paths.first) }
    return Samples(
      count: count, inputs: .bytes(pixels, normalization.table(for: facts.inputShape)), targets: .labels(labels))
  }
}

extension CIFAR.Version {
  static let pixels = 3 * 32 * 32

  var name: String { self == .ten ? "cifar-10" : "cifar-100" }
  var archive: String { self == .ten ? "cifar-10-batches-bin" : "cifar-100-binary" }
  var trainFiles: [String] { self == .ten ? (1...5).map { "data_batch_\($0).bin" } : ["train.bin"] }
  var testFile: String { self == .ten ? "test_batch.bin" : "test.bin" }

  /// Bytes of a record, and which of them is the label.
  var record: Int { CIFAR.Version.pixels + (self == .ten ? 1 : 2) }
  var label: Int { self == .hundred(.fine) ? 1 : 0 }

  /// The names of the classes: known for CIFAR-10, for CIFAR-100 in a file of the archive, else numbers.
  fileprivate func classes(in folder: String) throws(DataError) -> (names: [String], file: [String]) {
    guard case .hundred(let labels) = self else { return (tenClasses, []) }
    let count = labels == .fine ? 100 : 20
    let path = "\(folder)/\(labels.rawValue)_label_names.txt"
    guard isThere(path) else { return ((0..<count).map(String.init), []) }
    let text = String(decoding: try ByteFile(path).readAll(limit: 1 << 16), as: UTF8.self)
    let names = text.split(whereSeparator: \.isNewline).map(String.init)
    guard names.count == count, Set(names).count == count else {
      throw DataError(wrongNames(names.count, count), file: path)
    }
    return (names, [path])
  }
}

private func isThere(_ path: String) -> Bool { FileManager.default.fileExists(atPath: path) }

private let tenClasses = [
  "airplane", "automobile", "bird", "cat", "deer", "dog", "frog", "horse", "ship", "truck",
]

private let changed = "the data changed since it was checked"
private func missing(_ name: String) -> String { "the data set ‘\(name)’ is not on this machine" }
private func ragged(_ size: Int, _ record: Int) -> String {
  "\(size) bytes are not a whole number of records of \(record) bytes, one at least"
}
private func unknownClass(_ label: UInt8, _ count: Int) -> String {
  "a label is \(label), but there are \(count) classes"
}
private func wrongNames(_ found: Int, _ wanted: Int) -> String {
  "\(found) names of classes (a line each, all different) where \(wanted) are needed"
}
