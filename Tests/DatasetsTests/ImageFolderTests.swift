import Tensors
import Testing

@testable import Datasets

@Suite struct ImageFolderTests {
  let folder: Folder

  init() throws { folder = try Folder() }

  private func images(_ dimensions: [UInt32], _ pixels: [UInt8]) -> [UInt8] {
    [0, 0, 8, 3] + dimensions.flatMap(big) + pixels
  }
  private func labels(_ values: [UInt8]) -> [UInt8] { [0, 0, 8, 1] + big(UInt32(values.count)) + values }

  private func writeSmall(in name: String = "small") throws {
    try folder.write("\(name)/train-images-idx3-ubyte.gz", gzip(images([3, 1, 2], [0, 255, 51, 102, 1, 2])))
    try folder.write("\(name)/train-labels-idx1-ubyte", labels([1, 0, 2]))
    try folder.write("\(name)/t10k-images-idx3-ubyte", images([1, 1, 2], [255, 0]))
    try folder.write("\(name)/t10k-labels-idx1-ubyte.gz", gzip(labels([2])))
  }

  @Test func `Four files, gzip or plain, make a data set`() throws {
    try writeSmall()
    let source = try ImageFolder(named: "small", in: ["/nowhere", folder.path])
    #expect(
      source.facts
        == DataFacts(
          name: "small", inputShape: [1, 1, 2], task: .classification(classes: ["0", "1", "2"]), trainCount: 3,
          testCount: 1, inputNumber: .byte))
    #expect(source.facts.outputCount == 3)
    #expect(source.facts.bytes == 4 * (2 * 1 + 4))
    #expect(
      source.files.map { $0.split(separator: "/").last } == [
        "train-images-idx3-ubyte.gz", "train-labels-idx1-ubyte", "t10k-images-idx3-ubyte", "t10k-labels-idx1-ubyte.gz",
      ])
    let data = try source.load()
    #expect(data.train.floats[0..<3] == [-1, 1, (0.2 as Float - 0.5) / 0.5])
    #expect(data.train.targets == .labels([1, 0, 2]))
    #expect(data.test.floats == [1, -1])
    #expect(data.test.targets == .labels([2]))
  }

  @Test func `A missing data set names the files, the folders and the package`() throws {
    do {
      _ = try ImageFolder(named: "no-such-data", in: ["/one", "/two"], package: "dataset-no-such-data")
      Issue.record("found what is not there")
    } catch {
      #expect(error.message == "the data set ‘no-such-data’ is not on this machine")
      #expect(error.hints.count == 3)
      #expect(error.hints[0].contains("train-images-idx3-ubyte"))
      #expect(error.hints[1] == "searched: /one/no-such-data, /two/no-such-data, /usr/share/datasets/no-such-data")
      #expect(error.hints[2] == "on Debian: apt-get install dataset-no-such-data")
    }
  }

  @Test func `A folder that lacks one of the files is no data set`() throws {
    try folder.write("part/train-images-idx3-ubyte", images([1, 1, 1], [0]))
    #expect(throws: DataError.self) { try ImageFolder(folder: "\(folder.path)/part", name: "part") }
  }

  @Test func `As many labels as images are needed`() throws {
    try writeSmall()
    let path = try folder.write("small/train-labels-idx1-ubyte", labels([1, 0]))
    #expect(throws: DataError("2 labels for 3 images", file: path)) {
      try ImageFolder(named: "small", in: [folder.path])
    }
  }

  @Test func `Test images have the shape of training images`() throws {
    try writeSmall()
    let path = try folder.write("small/t10k-images-idx3-ubyte", images([1, 2, 1], [255, 0]))
    #expect(throws: DataError("test images are 2×1, but training images 1×2", file: path)) {
      try ImageFolder(named: "small", in: [folder.path])
    }
  }

  @Test func `A label beyond the named classes is refused`() throws {
    try writeSmall()
    #expect(
      throws: DataError("a label is 2, but there are 2 classes", file: "\(folder.path)/small/train-labels-idx1-ubyte")
    ) {
      try ImageFolder(named: "small", in: [folder.path], classes: ["a", "b"])
    }
  }

  @Test func `Data that changes between check and run is refused`() throws {
    try writeSmall()
    let source = try ImageFolder(named: "small", in: [folder.path])
    try folder.write("small/train-labels-idx1-ubyte", labels([1, 0, 9]))
    #expect(throws: DataError.self) { try source.load() }
  }
}
