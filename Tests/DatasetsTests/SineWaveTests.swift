import Tensors
import Testing

@testable import Datasets

@Suite struct SineWaveTests {
  @Test func `Without noise the points lie on the wave`() {
    let data = SineWave(points: 50, frequency: 0.5, noise: 0, split: Split(test: 0.2)).load()
    for (x, y) in zip(data.train.doubles, data.train.values) {
      // sin² πx = (1 − cos 2πx)/2.
      #expect(abs(y * y - (1 - sineAndCosine(ofTurns: x).cosine) / 2) < 1e-14)
      #expect(x >= -1 && x < 1 && (x * y >= 0))
    }
    #expect((data.train.count, data.test.count) == (40, 10))
  }

  @Test func `Noise has the deviation asked for`() {
    let quiet = SineWave(points: 10_000, frequency: 3, noise: 0, split: Split(test: 0, seed: 2)).load().train
    let noisy = SineWave(points: 10_000, frequency: 3, noise: 0.2, split: Split(test: 0, seed: 2)).load().train
    #expect(quiet.inputs == noisy.inputs)
    let squares = zip(quiet.values, noisy.values).reduce(0) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) }
    #expect(abs((squares / 10_000).squareRoot() - 0.2) < 0.005)
  }
}
