public import Tensors

/// Data to learn from: samples to train on and samples to be tested on.
public struct Dataset: Sendable {
  public var facts: DataFacts
  public var train: Samples
  public var test: Samples

  public init(facts: DataFacts, train: Samples, test: Samples) {
    self.facts = facts
    self.train = train
    self.test = test
  }
}

/// What is known of a data set before its samples are read: enough to build a model for it and to count its bytes.
public struct DataFacts: Hashable, Sendable {
  public var name: String
  /// One sample's shape: `[1, 28, 28]` for grey images, `[4]` for four numbers.
  public var inputShape: Shape
  public var task: LearningTask
  public var trainCount: Int
  public var testCount: Int
  public var inputNumber: InputNumber

  public init(
    name: String, inputShape: Shape, task: LearningTask, trainCount: Int, testCount: Int,
    inputNumber: InputNumber = .double
  ) {
    self.name = name
    self.inputShape = inputShape
    self.inputNumber = inputNumber
    self.task = task
    self.trainCount = trainCount
    self.testCount = testCount
  }

  /// How many numbers a model for this data gives: one a class, or one a target.
  public var outputCount: Int {
    switch task {
    case .classification(let classes): classes.count
    case .regression(let targets): targets.count
    }
  }

  /// The memory that the loaded samples take.
  public var bytes: Int {
    let targetSize = if case .regression(let targets) = task { targets.count * 8 } else { 4 }
    return (trainCount + testCount) * (inputShape.count * inputNumber.bytes + targetSize)
  }
}

/// What the numbers of inputs are kept as until their batch.
public enum InputNumber: Hashable, Sendable {
  /// Pixels.
  case byte
  case float, double

  var bytes: Int {
    switch self {
    case .byte: 1
    case .float: 4
    case .double: 8
    }
  }
}

/// What is to be predicted: one of several classes, or numbers; both with their names.
public enum LearningTask: Hashable, Sendable {
  case classification(classes: [String])
  case regression(targets: [String])
}

/// What an author can say about the task where a file alone does not.
public enum TaskKind: String, Hashable, Sendable, CaseIterable { case classification, regression }

/// Inputs and targets, one row a sample.
public struct Samples: Sendable, Hashable {
  public enum Targets: Sendable, Hashable {
    /// Each sample's class, counted from 0.
    case labels([Int32])
    /// Row-major, `count` × number of targets.
    case values([Double])
  }

  public var count: Int
  /// Row-major, `count` × one sample's shape.
  public var inputs: PackedNumbers
  public var targets: Targets

  /// - Precondition: inputs and targets hold `count` rows.
  public init(count: Int, inputs: PackedNumbers, targets: Targets) {
    switch targets {
    case .labels(let labels): precondition(labels.count == count, "a label a sample")
    case .values(let values): precondition(values.count.isMultiple(of: max(1, count)), "a row of targets a sample")
    }
    precondition(inputs.count.isMultiple(of: max(1, count)), "a row of inputs a sample")
    self.count = count
    self.inputs = inputs
    self.targets = targets
  }

  /// Numbers in one sample's inputs, and in its target.
  public var inputWidth: Int { inputs.count / max(1, count) }
  public var targetWidth: Int { if case .values(let values) = targets { values.count / max(1, count) } else { 1 } }

  /// Writes the inputs of the samples at these indices, in this order, into a batch.
  public func copyInputs<Element: Scalar>(_ indices: ArraySlice<Int>, into batch: inout Vector<Element>) {
    batch.gather(indices, width: inputWidth, of: inputs)
  }

  /// Writes the targets of the samples at these indices, in this order, into a batch: a class is its number.
  public func copyTargets<Element: Scalar>(_ indices: ArraySlice<Int>, into batch: inout Vector<Element>) {
    switch targets {
    case .labels(let labels): batch.gather(indices, of: labels)
    case .values(let values): batch.gather(indices, width: targetWidth, of: .doubles(values))
    }
  }

  /// The samples at these indices, in this order.
  public func rows(_ indices: some Collection<Int>) -> Samples {
    let targets: Targets =
      switch targets {
      case .labels(let labels): .labels(indices.map { labels[$0] })
      case .values(let values): .values(indices.flatMap { values[$0 * targetWidth..<($0 + 1) * targetWidth] })
      }
    return Samples(count: indices.count, inputs: inputs.rows(indices, width: inputWidth), targets: targets)
  }
}
