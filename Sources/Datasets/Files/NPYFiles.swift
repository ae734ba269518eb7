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
    let values = try x.numbers(inputsName)

    let isWhole: Bool = if case .integers = y.elements { width == 1 } else { false }
    let learning: LearningTask
    switch (task ?? (isWhole ? .classification : .regression), y.elements) {
    case (.classification, .integers(let labels)) where width == 1:
      let names = classes(among: labels.map(String.init))
      learning = .classification(classes: names)
      samples = Samples(
        count: count, inputs: values, targets: .labels(indices(of: labels.map(String.init), among: names)))
    case (.classification, _): throw DataError(notLabels, file: targetsName)
    case (.regression, _):
      learning = .regression(targets: width == 1 ? ["target"] : (1...width).map { "target-\($0)" })
      samples = Samples(count: count, inputs: values, targets: .values(try y.numbers(targetsName)))
    }
    let testCount = split.testCount(of: count)
    facts = DataFacts(
      name: inputsName, inputShape: Shape(inputShape), task: learning, trainCount: count - testCount,
      testCount: testCount)
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

  /// The elements as single precision, all finite.
  fileprivate func numbers(_ file: String) throws(DataError) -> Vector<Float> {
    let values: [Float] =
      switch elements {
      case .floats(let values): values.map { Float($0) }
      case .integers(let values): values.map { Float($0) }
      }
    if let index = values.firstIndex(where: { !$0.isFinite }) { throw DataError(notFinite(index), file: file) }
    return Vector(values)
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
private func notFinite(_ index: Int) -> String {
  "element \(index) (counted from 0, in file order) is not a finite number"
}
