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

  public init(name: String, inputShape: Shape, task: LearningTask, trainCount: Int, testCount: Int) {
    self.name = name
    self.inputShape = inputShape
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
    let targetSize: Int = if case .regression(let targets) = task { targets.count } else { 1 }
    return (trainCount + testCount) * (inputShape.count + targetSize) * MemoryLayout<Float>.size
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
public struct Samples: Sendable {
  public enum Targets: Sendable, Equatable {
    /// Each sample's class, counted from 0.
    case labels([Int32])
    /// Row-major, `count` × number of targets.
    case values(Vector<Float>)
  }

  public var count: Int
  /// Row-major, `count` × one sample's shape.
  public var inputs: Vector<Float>
  public var targets: Targets

  /// - Precondition: inputs and targets hold `count` rows.
  public init(count: Int, inputs: Vector<Float>, targets: Targets) {
    switch targets {
    case .labels(let labels): precondition(labels.count == count, "a label a sample")
    case .values(let values): precondition(values.count.isMultiple(of: max(1, count)), "a row of targets a sample")
    }
    precondition(inputs.count.isMultiple(of: max(1, count)), "a row of inputs a sample")
    self.count = count
    self.inputs = inputs
    self.targets = targets
  }

  /// The samples at these indices, in this order: a batch, say.
  public func rows(_ indices: some Collection<Int>) -> Samples {
    let targets: Targets =
      switch targets {
      case .labels(let labels): .labels(indices.map { labels[$0] })
      case .values(let values): .values(gather(values, indices))
      }
    return Samples(count: indices.count, inputs: gather(inputs, indices), targets: targets)
  }

  private func gather(_ values: Vector<Float>, _ indices: some Collection<Int>) -> Vector<Float> {
    let width = values.count / max(1, count)
    var result = Vector<Float>(zeros: width * indices.count)
    for (row, index) in indices.enumerated() { result.copy(width, from: values, at: index * width, to: row * width) }
    return result
  }
}
