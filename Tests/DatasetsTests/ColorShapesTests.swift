import Tensors
import Testing

@testable import Datasets

@Suite struct ColorShapesTests {
  private func source(classes: Int = 100, train: Int, test: Int, seed: UInt64 = 0) -> ColorShapes {
    ColorShapes(classes: classes, train: train, test: test, book: 1, seed: seed)
  }

  @Test func `Classes are shapes, colours and textures, all different, and come in turn`() {
    let source = source(train: 203, test: 100)
    guard case .classification(let classes) = source.facts.task else { return }
    #expect(Set(classes).count == 100)
    #expect(classes[0] == "red plain disc" && classes[99] == "violet dotted cross")
    #expect(source.facts.inputShape == [3, 32, 32] && source.facts.isPictures)
    let data = source.load()
    #expect(data.train.labels == (0..<203).map { Int32($0 % 100) })
    #expect(data.train.inputs.count == 203 * 3072)
  }

  @Test func `The same seeds make the same pictures; other seeds, parts and samples others`() {
    let data = source(train: 4, test: 2).load()
    #expect(data.train == source(train: 4, test: 2).load().train)
    #expect(data.train.inputs != source(train: 4, test: 2, seed: 1).load().train.inputs)
    #expect(data.train.rows(0..<2).inputs != data.test.inputs)
    // The first pictures do not depend on how many follow.
    #expect(data.train == source(train: 6, test: 1).load().train.rows(0..<4))
  }

  @Test func `A plain disc shows its colour in the middle`() {
    // Classes 0, 5, 10, 15, 20: plain discs, red to violet.
    let data = source(classes: 25, train: 25, test: 0).load().train
    let channels = [0: 0, 10: 1, 15: 2]
    for (sample, brightest) in channels {
      let middle = (0..<3).map { data.floats[sample * 3072 + $0 * 1024 + 16 * 32 + 16] }
      #expect(middle[brightest] == middle.max())
    }
  }

  /// Class means of thumbnails are a linear model; what it gets right must be well above 1 in 100, and well below all.
  @Test func `A linear model finds it neither hopeless nor easy`() {
    let data = source(train: 2000, test: 500).load()
    func thumbnails(_ samples: Samples) -> [[Float]] {
      let pixels = samples.floats
      return (0..<samples.count).map { sample in
        (0..<192).map { cell in
          let (channel, y, x) = (cell / 64, cell / 8 % 8, cell % 8)
          var sum: Float = 0
          for row in 0..<4 {
            for column in 0..<4 { sum += pixels[sample * 3072 + channel * 1024 + (4 * y + row) * 32 + 4 * x + column] }
          }
          return sum / 16
        }
      }
    }
    let train = thumbnails(data.train)
    var means = [[Float]](repeating: [Float](repeating: 0, count: 192), count: 100)
    for (sample, picture) in train.enumerated() {
      for cell in 0..<192 { means[sample % 100][cell] += picture[cell] / 20 }
    }
    let correct = thumbnails(data.test).enumerated().count { sample, picture in
      var (best, nearest) = (Float.infinity, 0)
      for (number, mean) in means.enumerated() {
        var distance: Float = 0
        for cell in 0..<192 { distance += (picture[cell] - mean[cell]) * (picture[cell] - mean[cell]) }
        if distance < best { (best, nearest) = (distance, number) }
      }
      return nearest == sample % 100
    }
    #expect(correct > 25 && correct < 250, "\(correct) of 500")
  }
}
