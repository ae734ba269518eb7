import Tensors
import Testing

@testable import Datasets

@Suite struct NPYFilesTests {
  let folder: Folder

  init() throws { folder = try Folder() }

  private let images = npy("<f4", "(2, 1, 2)", [1 as Float, 2, 3, 4].flatMap { little($0.bitPattern) })
  private let labels = npy("<i8", "(2,)", little(7 as Int64) + little(3 as Int64))
  private let numbers = npy("<f8", "(2, 2)", [0.5, 1, -1, 2].flatMap { little($0.bitPattern) })

  private func source(_ inputs: [UInt8], _ targets: [UInt8], task: TaskKind? = nil) throws -> NPYFiles {
    try NPYFiles(
      inputs: try folder.write("x.npy", inputs), inputsName: "x.npy", targets: try folder.write("y.npy", targets),
      targetsName: "y.npy", task: task, split: Split(test: 0))
  }

  @Test func `Whole numbers are classes`() throws {
    let source = try source(images, labels)
    #expect(source.facts.inputShape == [1, 2])
    #expect(source.facts.task == .classification(classes: ["3", "7"]))
    #expect(source.load().train.floats == [1, 2, 3, 4])
    #expect(source.load().train.targets == .labels([1, 0]))
    #expect(source.files == ["\(folder.path)/x.npy", "\(folder.path)/y.npy"])
  }

  @Test func `Other numbers are regressed on, and whole ones where the author says so`() throws {
    #expect(try source(images, numbers).facts.task == .regression(targets: ["target-1", "target-2"]))
    #expect(try source(images, numbers).load().train.targets == .values([0.5, 1, -1, 2]))
    #expect(try source(images, labels, task: .regression).load().train.targets == .values([7, 3]))
  }

  @Test func `Arrays that do not fit are said, with the file`() throws {
    func expectError(_ file: String, _ message: String, _ inputs: [UInt8], _ targets: [UInt8], task: TaskKind? = nil) {
      #expect(throws: DataError(message, file: file)) { try source(inputs, targets, task: task) }
    }
    let one = npy("|u1", "(1,)", [1])
    expectError("y.npy", "1 targets for 2 inputs", images, one)
    expectError("x.npy", "1 samples, but at least 2 are needed", one, one)
    expectError("x.npy", "a single number is no data: the first axis counts samples", npy("|u1", "()", [1]), one)
    expectError("x.npy", "a sample holds no numbers", npy("|u1", "(2, 0)", []), labels)
    expectError("y.npy", "targets of shape 2×1×2; one number or one row a sample is needed", images, images)
    expectError(
      "y.npy", "classification needs whole numbers, one a sample, as targets", images, numbers, task: .classification)
    let infinite = npy("<f8", "(2, 2)", [0, 1, Double.infinity, .nan].flatMap { little($0.bitPattern) })
    expectError("x.npy", "row 1, column 0 (counted from 0) is not a finite number", infinite, labels)
    expectError(
      "y.npy", "this is not an NPY file: it does not start with \\x93NUMPY", images, Array("hello, world".utf8))
  }
}
