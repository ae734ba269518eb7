import Foundation
import Tensors

/// A folder with the four files of MNIST and its relatives: images and labels, to train on and to be tested on.
///
/// A file may be gzip (`….gz`) or plain.
public struct ImageFolder: DataSource {
  public let facts: DataFacts
  public let files: [String]
  private let normalization: Normalization

  /// The data set of this name in one of the data folders, or where Debian's package puts it.
  ///
  /// - Parameters:
  ///   - name: also the name of the folder that is looked for.
  ///   - folders: searched in this order, then `/usr/share/datasets`.
  ///   - classes: names of the classes; `nil` to count them in the labels.
  ///   - package: Debian's, if there is one.
  ///   - normalization: what pixels stand for.
  public init(
    named name: String, in folders: [String], classes: [String]? = nil, package: String? = nil,
    normalization: Normalization = .half
  ) throws(DataError) {
    let candidates = (folders + ["/usr/share/datasets"]).map { "\($0)/\(name)" }
    guard let folder = candidates.first(where: { ImageFolder.find(in: $0) != nil }) else {
      throw DataError(
        missing(name),
        hints: [expected, "searched: \(candidates.joined(separator: ", "))"]
          + (package.map { ["on Debian: apt-get install \($0)"] } ?? []))
    }
    try self.init(folder: folder, name: name, classes: classes, normalization: normalization)
  }

  /// The data set in this folder.
  public init(
    folder: String, name: String, classes: [String]? = nil, normalization: Normalization = .half
  ) throws(DataError) {
    self.normalization = normalization
    guard let files = ImageFolder.find(in: folder) else {
      throw DataError(missing(name), hints: [expected, "searched: \(folder)"])
    }
    self.files = files
    var images: [[Int]] = []
    var most = 0
    for split in 0..<2 {
      let header = try IDX(files[2 * split], rank: 3).dimensions
      let labelFile = try IDX(files[2 * split + 1], rank: 1)
      guard labelFile.dimensions[0] == header[0] else {
        throw DataError(unequal(header[0], labelFile.dimensions[0]), file: files[2 * split + 1])
      }
      let largest = Int(try labelFile.elements().max() ?? 0)
      if let classes, largest >= classes.count {
        throw DataError(unknownClass(largest, classes.count), file: files[2 * split + 1])
      }
      most = max(most, largest)
      images.append(header)
    }
    guard images[0][1...] == images[1][1...] else { throw DataError(unlike(images[0], images[1]), file: files[2]) }
    facts = DataFacts(
      name: name, inputShape: Shape([1] + images[0][1...]),
      task: .classification(classes: classes ?? (0...most).map(String.init)),
      trainCount: images[0][0], testCount: images[1][0], inputNumber: .byte)
  }

  public func load() throws(DataError) -> Dataset {
    Dataset(
      facts: facts, train: try samples(files[0], files[1], count: facts.trainCount),
      test: try samples(files[2], files[3], count: facts.testCount))
  }

  private func samples(_ imagePath: String, _ labelPath: String, count: Int) throws(DataError) -> Samples {
    let imageFile = try IDX(imagePath, rank: 3)
    let labelFile = try IDX(labelPath, rank: 1)
    let labels = try labelFile.elements()
    // Found so when the source was made; a file may have changed since.
    guard imageFile.dimensions == [count] + facts.inputShape.lengths[1...], labels.count == count,
      labels.allSatisfy({ $0 < facts.outputCount })
    else { throw DataError(changed, file: imagePath) }
    let pixels = try imageFile.elements()
    return Samples(
      count: count, inputs: .bytes(pixels, normalization.table(for: facts.inputShape)),
      targets: .labels(labels.map(Int32.init)))
  }

  /// Training images, training labels, test images, test labels, if all are there.
  private static func find(in folder: String) -> [String]? {
    let found = names.compactMap { name in
      ["\(folder)/\(name).gz", "\(folder)/\(name)"].first { FileManager.default.fileExists(atPath: $0) }
    }
    return found.count == names.count ? found : nil
  }

  private static let names = [
    "train-images-idx3-ubyte", "train-labels-idx1-ubyte", "t10k-images-idx3-ubyte", "t10k-labels-idx1-ubyte",
  ]

  /// The ten classes of FashionMNIST (Xiao, Rasul & Vollgraf 2017).
  public static let fashionClasses = [
    "T-shirt/top", "Trouser", "Pullover", "Dress", "Coat", "Sandal", "Shirt", "Sneaker", "Bag", "Ankle boot",
  ]
}

private let expected =
  "expected files: train-images-idx3-ubyte, train-labels-idx1-ubyte, t10k-images-idx3-ubyte, t10k-labels-idx1-ubyte,"
  + " each with or without .gz"
private let changed = "the data changed since it was checked"
private func missing(_ name: String) -> String { "the data set ‘\(name)’ is not on this machine" }
private func unequal(_ images: Int, _ labels: Int) -> String { "\(labels) labels for \(images) images" }
private func unlike(_ a: [Int], _ b: [Int]) -> String {
  "test images are \(b[1])×\(b[2]), but training images \(a[1])×\(a[2])"
}
private func unknownClass(_ label: Int, _ count: Int) -> String {
  "a label is \(label), but there are \(count) classes"
}
