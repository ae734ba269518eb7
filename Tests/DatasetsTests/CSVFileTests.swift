import Diagnostics
import Fixtures
import Tensors
import Testing

@testable import Datasets

@Suite struct CSVFileTests {
  let folder: Folder

  init() throws { folder = try Folder() }

  private let flowers = """
    width,length,kind
    1,2.5,rose
    -3e-2,4, lily
    5,6,"rose"

    7,8,iris

    """

  private func source(
    _ text: String, targets: [String] = ["kind"], inputs: [String]? = nil, task: TaskKind? = nil,
    split: Split = Split(test: 0)
  ) throws -> CSVFile {
    try CSVFile(
      path: try folder.write("flowers.csv", text), name: "flowers.csv", targets: targets, inputs: inputs, task: task,
      split: split)
  }

  /// What a faulty file is told; the mark stands on the line that is at fault.
  private func expectError(
    _ marked: String, _ message: String, hints: [String] = [], targets: [String] = ["kind"], task: TaskKind? = nil,
    _ location: SourceLocation = #_sourceLocation
  ) {
    let text = MarkedText(marked)
    let line = marked.contains("1️⃣") ? text["1️⃣"].line : nil
    #expect(
      throws: DataError(message, file: "flowers.csv", line: line, hints: hints), sourceLocation: location
    ) { try source(text.text, targets: targets, task: task) }
  }

  @Test func `Text targets are classes in order`() throws {
    let source = try source(flowers)
    #expect(
      source.facts
        == DataFacts(
          name: "flowers.csv", inputShape: [2], task: .classification(classes: ["iris", "lily", "rose"]),
          trainCount: 4, testCount: 0))
    let data = source.load()
    #expect(data.train.floats == [1, 2.5, -0.03, 4, 5, 6, 7, 8])
    #expect(data.train.targets == .labels([2, 1, 2, 0]))
    #expect(source.files == ["\(folder.path)/flowers.csv"])
  }

  @Test func `Numeric targets are regressed on, unless the author says otherwise`() throws {
    let text = "x,y\n1,10\n2,9\n3,10\n"
    let regression = try source(text, targets: ["y"])
    #expect(regression.facts.task == .regression(targets: ["y"]))
    #expect(regression.load().train.targets == .values([10, 9, 10]))
    let classification = try source(text, targets: ["y"], task: .classification)
    #expect(classification.facts.task == .classification(classes: ["9", "10"]))
    #expect(classification.load().train.targets == .labels([1, 0, 1]))
  }

  @Test func `Several targets and chosen inputs`() throws {
    let source = try source("a,b,c,d\n1,2,3,x\n4,5,6,y\n", targets: ["c", "a"], inputs: ["b"])
    #expect(source.facts.task == .regression(targets: ["c", "a"]))
    let data = source.load()
    #expect(data.train.floats == [2, 5])
    #expect(data.train.targets == .values([3, 1, 6, 4]))
  }

  @Test func `Lines may end as on any system, and the file may be gzip`() throws {
    let text = flowers.split(separator: "\n", omittingEmptySubsequences: false).joined(separator: "\r\n")
    #expect(try source("\u{feff}" + text).load().train.targets == .labels([2, 1, 2, 0]))
    let path = try folder.write("flowers.csv.gz", gzip(Array(flowers.utf8)))
    let packed = try CSVFile(path: path, name: "flowers.csv.gz", targets: ["kind"], split: Split(test: 0))
    #expect(packed.load().train.inputs == (try source(flowers)).load().train.inputs)
  }

  @Test func `The split is the source's`() throws {
    let source = try source(flowers, split: Split(test: 0.25))
    #expect((source.facts.trainCount, source.facts.testCount) == (3, 1))
    #expect((source.load().train.count, source.load().test.count) == (3, 1))
  }

  @Test func `Wrong cells are said with their line`() {
    expectError("w,kind\n1,a\n1️⃣two,b\n", "‘two’ in column ‘w’ is not a (finite) number")
    expectError("w,kind\n1,a\n1️⃣nan,b\n", "‘nan’ in column ‘w’ is not a (finite) number")
    expectError("w,kind\n1,a\n1️⃣1e39,b\n", "‘1e39’ in column ‘w’ is not a (finite) number")
    expectError("w,kind\n1,a\n1️⃣0x10,b\n", "‘0x10’ in column ‘w’ is not a (finite) number")
    expectError("w,kind\n1,a\n1️⃣,b\n", "no value in column ‘w’")
    expectError("w,kind\n1,a\n1️⃣2,\n", "no value in column ‘kind’")
    expectError("w,kind\n1,5\n1️⃣2,\n", "no value in column ‘kind’")
    expectError("w,kind\n1,5\n1️⃣2,b\n", "‘b’ in column ‘kind’ is not a (finite) number", task: .regression)
    expectError("w,kind\n\"1\n\",a\n1️⃣2,b,c\n", "3 cells, but the header has 2")
    expectError("w,kind\n1️⃣\"1,a\n2,b\n", "a quote is not closed")
  }

  @Test func `Wrong columns are said, with the nearest name`() {
    expectError("1️⃣w,kinds\n1,a\n2,b\n", "there is no column ‘kind’", hints: ["did you mean ‘kinds’?"])
    expectError("1️⃣w,w,kind\n1,1,a\n2,2,b\n", "column ‘w’ is named twice")
    expectError("1️⃣kind\na\nb\n", "no column is left for the inputs")
    expectError(
      "w,kind,sort\n1,a,b\n2,c,d\n", "classification takes one target column", targets: ["kind", "sort"],
      task: .classification)
  }

  @Test func `Files without enough data are said`() throws {
    expectError("", "the file is empty")
    expectError("w,kind\n", "0 rows of data, but at least 2 are needed")
    expectError("w,kind\n1,a\n", "1 rows of data, but at least 2 are needed")
    let path = try folder.write("latin.csv", [0x77, 0x2c, 0xe4, 0x0a])
    #expect(throws: DataError("the file is not UTF-8 text", file: "latin.csv")) {
      try CSVFile(path: path, name: "latin.csv", targets: ["w"], split: Split())
    }
    #expect(throws: DataError("there is no such file; paths start at the book's folder", file: "gone.csv")) {
      try CSVFile(path: "\(folder.path)/gone.csv", name: "gone.csv", targets: ["w"], split: Split())
    }
  }
}
