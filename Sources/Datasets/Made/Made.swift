import Tensors

/// The facts of data made class by class, `points` a class.
func madeFacts(_ name: String, classes: Int, points: Int, dimensions: Int, _ split: Split) -> DataFacts {
  let testCount = split.testCount(of: classes * points)
  return DataFacts(
    name: name, inputShape: [dimensions], task: .classification(classes: (0..<classes).map(String.init)),
    trainCount: classes * points - testCount, testCount: testCount)
}

/// Inputs in order of class, `points` a class, divided into train and test.
func made(_ facts: DataFacts, _ inputs: [Double], points: Int, _ split: Split) -> Dataset {
  let count = facts.outputCount * points
  let labels = (0..<count).map { Int32($0 / points) }
  let (train, test) = split.apply(Samples(count: count, inputs: .doubles(inputs), targets: .labels(labels)))
  return Dataset(facts: facts, train: train, test: test)
}

/// The facts of numbers to be regressed on.
func madeRegressionFacts(_ name: String, points: Int, dimensions: Int, _ split: Split) -> DataFacts {
  let testCount = split.testCount(of: points)
  return DataFacts(
    name: name, inputShape: [dimensions], task: .regression(targets: ["target"]), trainCount: points - testCount,
    testCount: testCount)
}

/// Inputs, row-major, and a target each, divided into train and test.
func made(_ facts: DataFacts, _ inputs: [Double], targets: [Double], _ split: Split) -> Dataset {
  let all = Samples(count: targets.count, inputs: .doubles(inputs), targets: .values(targets))
  let (train, test) = split.apply(all)
  return Dataset(facts: facts, train: train, test: test)
}
