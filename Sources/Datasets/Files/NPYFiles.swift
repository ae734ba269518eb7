import Tensors

/// An author's own arrays: inputs and targets in two NPY files, one row a sample.
///
/// Whole numbers as targets are classes, others are regressed on, unless `task` says otherwise.
public struct NPYFiles: DataSource {
  public let facts: DataFacts
  public let files: [String]
  private let samples: Samples
  private let split: Split

  /// Reads the files.
  /// - Parameters:
  ///   - inputs, targets: absolute paths.
  ///   - inputsName, targetsName: what the author calls the files; messages name them so.
  public init(
    inputs: String, inputsName: String, targets: String, targetsName: String, task: TaskKind? = nil, split: Split
  ) throws(DataError) {
    let x = try NPY.named(inputsName, inputs)
    let y = try NPY.named(targetsName, targets)
    guard let count = x.shape.first else { throw DataError(noRows, file: inputsName) }
    guard count >= 2 else { throw DataError(tooFew(count), file: inputsName) }
    guard let rows = y.shape.first, rows == count else {
      throw DataError(unequal(y.shape.first ?? 0, count), file: targetsName)
    }
    let inputShape = x.shape.count == 1 ? [1] : Array(x.shape[1...])
    guard inputShape.reduce(1, *) > 0 else { throw DataError(noNumbers, file: inputsName) }
    let width = y.shape[1...].reduce(1, *)
    guard y.shape.count <= 2, width > 0 else { throw DataError(tooDeep(y.shape), file: targetsName) }
    let values = try x.inputs(inputsName)

    let labels = width == 1 ? y.labels : nil
    let learning: LearningTask
    switch (task ?? (labels != nil ? .classification : .regression), labels) {
    case (.classification, let labels?):
      let names = classes(among: Set(labels).map(String.init))
      learning = .classification(classes: names)
      samples = Samples(
        count: count, inputs: values, targets: .labels(indices(of: labels.map(String.init), among: names)))
    case (.classification, nil): throw DataError(notLabels, file: targetsName)
    case (.regression, _):
      learning = .regression(targets: width == 1 ? ["target"] : (1...width).map { "target-\($0)" })
      samples = Samples(
        count: count, inputs: values, targets: .values(try y.inputs(targetsName).vector(Double.self).array))
    }
    let testCount = split.testCount(of: count)
    facts = DataFacts(
      name: inputsName, inputShape: Shape(inputShape), task: learning, trainCount: count - testCount,
      testCount: testCount, inputNumber: split.standardize ? .double : values.number)
    files = [inputs, targets]
    self.split = split
  }

  public func load() -> Dataset {
    let (train, test) = split.apply(samples)
    return Dataset(facts: facts, train: train, test: test)
  }
}

extension NPY {
  /// Reads a file; messages call it by the author's name for it.
  fileprivate static func named(_ name: String, _ path: String) throws(DataError) -> NPY {
    do { return try NPY(path) } catch { throw DataError(error.message, file: name, hints: error.hints) }
  }

  /// The elements as they are kept, all finite. Bytes stand for themselves.
  fileprivate func inputs(_ file: String) throws(DataError) -> PackedNumbers {
    func check(_ index: Int?) throws(DataError) {
      guard let index else { return }
      let row = shape.isEmpty ? 1 : shape[1...].reduce(1, *)
      throw DataError(notFinite(row: index / row, column: index % row), file: file)
    }
    switch elements {
    case .bytes(let values): return .bytes(values, ByteTable([(0..<256).map { Float($0) }], run: max(1, values.count)))
    case .integers(let values): return .doubles(values.map { Double($0) })
    case .floats(let values):
      try check(values.firstIndex { !$0.isFinite })
      return .floats(values)
    case .doubles(let values):
      try check(values.firstIndex { !Float($0).isFinite })
      return .doubles(values)
    }
  }

  /// Whole numbers.
  fileprivate var labels: [Int]? {
    switch elements {
    case .bytes(let values): values.map(Int.init)
    case .integers(let values): values
    case .floats, .doubles: nil
    }
  }
}

extension PackedNumbers {
  fileprivate var number: InputNumber {
    switch self {
    case .bytes: .byte
    case .floats: .float
    case .doubles: .double
    }
  }
}

private let noRows = "a single number is no data: the first axis counts samples"
private let noNumbers = "a sample holds no numbers"
private let notLabels = "classification needs whole numbers, one a sample, as targets"
private func tooFew(_ count: Int) -> String { "\(count) samples, but at least 2 are needed" }
private func unequal(_ targets: Int, _ inputs: Int) -> String { "\(targets) targets for \(inputs) inputs" }
private func tooDeep(_ shape: [Int]) -> String {
  "targets of shape \(shape.map(String.init).joined(separator: "×")); one number or one row a sample is needed"
}
private func notFinite(row: Int, column: Int) -> String {
  "row \(row), column \(column) (counted from 0) is not a finite number"
}
