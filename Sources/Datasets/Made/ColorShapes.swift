import Tensors

/// Small colour pictures made on the spot: up to 100 classes, each a shape in a colour with a texture.
///
/// Class c is shape c mod 5 (disc, square, triangle, ring, cross) in colour c/5 mod 5 (red, yellow, green, blue,
/// violet) with texture c/25 (plain, stripes, checks, dots). What says nothing about the class varies: place, size,
/// angle, the colour's exact tone, the texture's phase, a background that runs between four random colours, and noise.
/// A stand-in for CIFAR-100: colour alone is easy, shape and texture need more than a linear model.
///
/// Sample i of either part is class i mod `classes` and a pure function of the seeds, the part and i.
public struct ColorShapes: DataSource {
  public let facts: DataFacts
  public let files: [String] = []
  private let book: UInt64
  private let seed: UInt64
  private let normalization: Normalization

  /// - Parameters:
  ///   - classes: from 1 to 100.
  ///   - train, test: how many samples of each part are made.
  public init(
    classes: Int, train: Int, test: Int, book: UInt64, seed: UInt64, normalization: Normalization = .half
  ) {
    precondition((1...100).contains(classes), "from 1 to 100 classes")
    facts = DataFacts(
      name: "color-shapes", inputShape: [3, 32, 32],
      task: .classification(classes: (0..<classes).map { DrawnShape.name(ofClass: $0) }), trainCount: train,
      testCount: test, inputNumber: .byte)
    self.book = book
    self.seed = seed
    self.normalization = normalization
  }

  public func load() -> Dataset {
    Dataset(
      facts: facts, train: samples("train", count: facts.trainCount), test: samples("test", count: facts.testCount))
  }

  private func samples(_ part: String, count: Int) -> Samples {
    var pixels: [UInt8] = []
    pixels.reserveCapacity(count * facts.inputShape.count)
    for index in 0..<count {
      var stream = Stream(book: book, run: seed, purpose: .data("color-shapes \(part) \(index)"))
      pixels += DrawnShape(class: index % facts.outputCount, &stream).picture(&stream)
    }
    return Samples(
      count: count, inputs: .bytes(pixels, normalization.table(for: facts.inputShape)),
      targets: .labels((0..<count).map { Int32($0 % facts.outputCount) }))
  }
}
