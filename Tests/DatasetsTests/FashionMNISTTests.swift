import Fixtures
import Tensors
import Testing

@testable import Datasets

/// The real data, as Debian's package dataset-fashion-mnist installs it; `scripts/setup` sees to that.
@Suite struct FashionMNISTTests {
  struct Facts: Decodable {
    struct Part: Decodable {
      var count: Int
      var firstLabels: [Int32]
      var classCounts: [Int]
      var byteSum: Int
      var weightedByteSum: Int
      var firstImageSum: Int
      var mean: Double
      var deviation: Double
    }
    var train: Part
    var test: Part
  }

  @Test func `FashionMNIST is what NumPy finds in it`() throws {
    let expected: Facts = try fixture("data")
    let source = try ImageFolder(named: "fashion-mnist", in: [], classes: ImageFolder.fashionClasses)
    #expect(source.facts.inputShape == [1, 28, 28])
    #expect((source.facts.trainCount, source.facts.testCount) == (60000, 10000))
    let data = try source.load()
    for (part, wanted) in [(data.train, expected.train), (data.test, expected.test)] {
      let inputs = part.inputs.vector(Float.self)
      let labels = part.labels
      #expect(part.count == wanted.count)
      #expect(Array(labels.prefix(10)) == wanted.firstLabels)
      #expect((0..<10).map { label in labels.count { $0 == label } } == wanted.classCounts)
      // Each pixel's byte, exactly: normalising loses nothing.
      var (sum, weighted, first) = (0, 0, 0)
      for index in inputs.indices {
        let byte = Int(((inputs[index] * 0.5 + 0.5) * 255).rounded())
        sum += byte
        weighted += byte * (index % 65521)
        if index < 784 { first += byte }
      }
      #expect((sum, weighted, first) == (wanted.byteSum, wanted.weightedByteSum, wanted.firstImageSum))
      var (total, squares) = (0.0, 0.0)
      for index in inputs.indices { total += Double(inputs[index]) }
      let mean = total / Double(inputs.count)
      for index in inputs.indices {
        squares += (Double(inputs[index]) - mean) * (Double(inputs[index]) - mean)
      }
      #expect(abs(mean - wanted.mean) < 1e-7)
      #expect(abs((squares / Double(inputs.count)).squareRoot() - wanted.deviation) < 1e-7)
    }
  }
}
