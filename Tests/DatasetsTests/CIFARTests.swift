import Tensors
import Testing

@testable import Datasets

@Suite struct CIFARTests {
  let folder: Folder

  init() throws { folder = try Folder() }

  /// A record whose pixels are all `level`, but for the first red, green and blue ones.
  private func record(_ labels: [UInt8], _ level: UInt8) -> [UInt8] {
    var pixels = [UInt8](repeating: level, count: 3072)
    (pixels[0], pixels[1024], pixels[2048]) = (255, 0, 51)
    return labels + pixels
  }

  private func writeTen(in name: String) throws {
    for batch in 1...5 {
      try folder.write("\(name)/data_batch_\(batch).bin", record([UInt8(batch)], 7) + record([9], UInt8(batch)))
    }
    try folder.write("\(name)/test_batch.bin", record([3], 2))
  }

  @Test(arguments: ["cifar-10", "cifar-10-batches-bin", "cifar-10/cifar-10-batches-bin"])
  func `CIFAR-10 is found and read`(name: String) throws {
    try writeTen(in: name)
    let source = try CIFAR(.ten, in: ["/nowhere", folder.path])
    #expect(source.facts.inputShape == [3, 32, 32])
    #expect((source.facts.trainCount, source.facts.testCount, source.facts.outputCount) == (10, 1, 10))
    guard case .classification(let classes) = source.facts.task else { return }
    #expect(classes[0] == "airplane" && classes[9] == "truck")
    #expect(source.files.map { $0.split(separator: "/").last! }.first == "data_batch_1.bin")
    let data = try source.load()
    #expect(data.train.labels == [1, 9, 2, 9, 3, 9, 4, 9, 5, 9])
    #expect(data.test.labels == [3])
    // Planes: red, green, blue.
    let test = data.test.floats
    #expect((test[0], test[1024]) == (1, -1))
    #expect(test[2048] == (0.2 as Float - 0.5) / 0.5 && test[1] == (2 as Float / 255 - 0.5) / 0.5)
    #expect(data.train.floats[3072 * 3 + 1] == test[1])
  }

  @Test func `CIFAR-100 has a coarse and a fine label`() throws {
    try folder.write("cifar-100-binary/train.bin", record([4, 30], 0) + record([19, 99], 1))
    try folder.write("cifar-100-binary/test.bin", record([0, 7], 0))
    let fine = try CIFAR(.hundred(.fine), in: [folder.path])
    #expect(fine.facts.outputCount == 100)
    #expect(try fine.load().train.labels == [30, 99])
    let coarse = try CIFAR(.hundred(.coarse), in: [folder.path])
    #expect(coarse.facts.outputCount == 20)
    #expect(try coarse.load().train.labels == [4, 19])
    #expect(try coarse.load().test.floats[0] == 1)
    #expect(coarse.files.count == 2)
    // Their names, where the archive's list is there; it is then one of the files that the data depends on.
    let names = (0..<20).map { "kind \($0)" }
    let path = try folder.write("cifar-100-binary/coarse_label_names.txt", names.joined(separator: "\n") + "\n")
    let named = try CIFAR(.hundred(.coarse), in: [folder.path])
    #expect(named.facts.task == .classification(classes: names))
    #expect(named.files.last == path)
    try folder.write("cifar-100-binary/coarse_label_names.txt", "a\nb\n")
    #expect(throws: DataError.self) { try CIFAR(.hundred(.coarse), in: [folder.path]) }
  }

  @Test func `A missing data set names the files and the folders`() {
    do {
      _ = try CIFAR(.hundred(.fine), in: ["/one"])
      Issue.record("found what is not there")
    } catch {
      #expect(error.message == "the data set ‘cifar-100’ is not on this machine")
      #expect(error.hints[0] == "expected files: train.bin, test.bin, as in cifar-100-binary.tar.gz")
      #expect(error.hints[1].hasPrefix("searched: /one/cifar-100, /one/cifar-100-binary, "))
    }
    #expect(throws: DataError.self) { try CIFAR(.ten, in: []) }
  }

  @Test func `Files of another size, and labels beyond the classes, are refused`() throws {
    try writeTen(in: "cifar-10")
    let path = try folder.write("cifar-10/test_batch.bin", Array(record([3], 2).dropLast()))
    let message = "3072 bytes are not a whole number of records of 3073 bytes, one at least"
    #expect(throws: DataError(message, file: path)) { try CIFAR(.ten, in: [folder.path]) }
    try folder.write("cifar-10/test_batch.bin", record([10], 2))
    #expect(throws: DataError("a label is 10, but there are 10 classes", file: path)) {
      try CIFAR(.ten, in: [folder.path]).load()
    }
    try folder.write("cifar-10/test_batch.bin", [UInt8]())
    #expect(throws: DataError.self) { try CIFAR(.ten, in: [folder.path]) }
  }

  @Test func `Data that changes between check and run is refused`() throws {
    try writeTen(in: "cifar-10")
    let source = try CIFAR(.ten, in: [folder.path])
    try folder.write("cifar-10/test_batch.bin", record([3], 2) + record([3], 2))
    #expect(throws: DataError.self) { try source.load() }
  }
}
