import Tensors
import Testing

@testable import Datasets

@Suite struct SpiralsTests {
  @Test func `Without noise the points lie on the arms`() {
    let data = Spirals(classes: 3, points: 4, noise: 0, turns: 0.5, split: Split(test: 0)).load()
    #expect(data.train.count == 12)
    #expect(data.train.targets == .labels([0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2]))
    // The last point of arm 0: radius 1, half a turn.
    #expect(data.train.floats[6...7] == [-1, 0])
    for (index, sample) in (0..<12).map({ ($0 % 4, $0) }) {
      let (x, y) = (data.train.doubles[2 * sample], data.train.doubles[2 * sample + 1])
      #expect(abs((x * x + y * y).squareRoot() - Double(index + 1) / 4) < 1e-15)
    }
  }

  @Test func `Noise has the deviation asked for`() {
    let quiet = Spirals(classes: 2, points: 5000, noise: 0, turns: 1, split: Split(test: 0, seed: 4)).load().train
      .doubles
    let noisy = Spirals(classes: 2, points: 5000, noise: 0.1, turns: 1, split: Split(test: 0, seed: 4)).load().train
      .doubles
    let squares = quiet.indices.reduce(0.0) { $0 + Double((noisy[$1] - quiet[$1]) * (noisy[$1] - quiet[$1])) }
    // 20,000 draws: the deviation's own deviation is 0.0005.
    #expect(abs((squares / 20000).squareRoot() - 0.1) < 0.002)
  }

  @Test func `Seeds decide, and facts tell beforehand`() throws {
    func inputs(_ book: UInt64, _ seed: UInt64) -> [Double] {
      Spirals(classes: 2, points: 20, noise: 0.2, turns: 2, split: Split(book: book, seed: seed)).load().train.doubles
    }
    #expect(inputs(1, 1) == inputs(1, 1))
    #expect(Set([inputs(1, 1), inputs(1, 2), inputs(2, 1)]).count == 3)
    let source = Spirals(classes: 2, points: 20, noise: 0, turns: 1, split: Split())
    #expect((source.facts.trainCount, source.facts.testCount) == (32, 8))
    #expect((source.load().train.count, source.load().test.count) == (32, 8))
    #expect(source.files.isEmpty)
  }

  @Test(arguments: [0, 0.125, 0.1, 1.0 / 3, -0.3, 2.7, 17.45])
  func `Sine and cosine of turns`(turns: Double) {
    let (sine, cosine) = sineAndCosine(ofTurns: turns)
    #expect(abs(sine * sine + cosine * cosine - 1) < 1e-15)
    // The doubled angle.
    let (sine2, cosine2) = sineAndCosine(ofTurns: 2 * turns)
    #expect(abs(sine2 - 2 * sine * cosine) < 2e-15)
    #expect(abs(cosine2 - (cosine * cosine - sine * sine)) < 2e-15)
  }

  @Test func `Sine and cosine at known angles`() {
    #expect(sineAndCosine(ofTurns: 0.25) == (1, 0))
    #expect(abs(sineAndCosine(ofTurns: 1.0 / 12).sine - 0.5) < 1e-16)
    #expect(abs(sineAndCosine(ofTurns: -1.0 / 6).cosine - 0.5) < 2e-16)
    #expect(abs(sineAndCosine(ofTurns: 1 / (2 * Double.pi)).sine - 0.8414709848078965) < 2e-16)
  }
}
