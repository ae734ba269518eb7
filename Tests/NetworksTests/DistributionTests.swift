import Autodiff
import Foundation
import Networks
import Tensors
import Testing

/// The largest distance between the numbers' distribution and another, in units of 1/√count (Kolmogorov & Smirnov):
/// above 1.95 once in a thousand times when they are equal.
private func kolmogorovDistance(_ values: [Double], _ cumulative: (Double) -> Double) -> Double {
  let count = Double(values.count)
  let largest = values.sorted().enumerated().map { index, value in
    max(abs(cumulative(value) - Double(index) / count), abs(Double(index + 1) / count - cumulative(value)))
  }.max()!
  return largest * count.squareRoot()
}

private func normalCumulative(_ x: Double) -> Double { erfc(-x / 2.0.squareRoot()) / 2 }

struct DistributionTests {
  private struct Case {
    var name: String
    var initializer: Initializer
    var variance: Double
    var distribution: Distribution
  }

  /// A filter bank of 32 filters over 20 channels of 3×3: fan-in 180, fan-out 288.
  private let cases = [
    Case(name: "lecun", initializer: .lecun(.normal), variance: 1 / 180, distribution: .normal),
    Case(name: "lecun-uniform", initializer: .lecun(.uniform), variance: 1 / 180, distribution: .uniform),
    Case(
      name: "xavier", initializer: .xavier(.normal, gain: 5 / 3), variance: 25 / 9 * 2 / 468, distribution: .normal),
    Case(
      name: "xavier-uniform", initializer: .xavier(.uniform, gain: 1), variance: 2 / 468, distribution: .uniform),
    Case(
      name: "kaiming", initializer: .kaiming(.normal, slope: 0.5, fan: .fanOut), variance: 2 / 1.25 / 288,
      distribution: .normal),
    Case(
      name: "kaiming-uniform", initializer: .kaiming(.uniform, slope: 0, fan: .fanIn), variance: 2 / 180,
      distribution: .uniform),
    Case(name: "pytorch", initializer: .pytorch, variance: 1 / 540, distribution: .uniform),
    Case(
      name: "scaling", initializer: .varianceScaling(3, over: .fanAverage, .truncatedNormal), variance: 3 / 234,
      distribution: .truncatedNormal),
    Case(
      name: "normal", initializer: .normal(mean: 0, deviation: 0.3), variance: 0.09, distribution: .normal),
    Case(
      name: "uniform", initializer: .uniform(from: -0.3, to: 0.3), variance: 0.03, distribution: .uniform),
  ]

  @Test("Filters have the mean, the variance and the distribution that their recipe promises")
  func filters() {
    for wanted in cases {
      let values = wanted.initializer.parameters(for: setting([32, 20, 3, 3], fanIn: 180, fanOut: 288))
      let count = Double(values.count)
      let mean = values.reduce(0, +) / count
      let variance = values.reduce(0) { $0 + $1 * $1 } / count
      let deviation = wanted.variance.squareRoot()
      #expect(abs(mean) < 4 * deviation / count.squareRoot(), "\(wanted.name)")
      // The fourth moment of none of them exceeds a normal distribution's.
      #expect(abs(variance / wanted.variance - 1) < 4 * (2 / count).squareRoot(), "\(wanted.name)")
      let distance = kolmogorovDistance(values) { x in
        switch wanted.distribution {
        case .normal: return normalCumulative(x / deviation)
        case .uniform: return min(1, max(0, 0.5 + x / (2 * 3.0.squareRoot() * deviation)))
        case .truncatedNormal:
          let z = x / deviation * 0.8796256610342398
          return (normalCumulative(z) - normalCumulative(-2)) / (normalCumulative(2) - normalCumulative(-2))
        }
      }
      #expect(distance < 1.95, "\(wanted.name)")
    }
  }

  @Test("A truncated normal draws nothing outside its bounds and keeps the shape inside")
  func truncation() {
    let values = Initializer.truncatedNormal(mean: 1, deviation: 0.5, from: 0.5, to: 2).parameters(
      for: setting([100, 40], fanIn: 40, fanOut: 100))
    #expect(values.allSatisfy { $0 >= 0.5 && $0 <= 2 })
    let (low, high) = (normalCumulative(-1), normalCumulative(2))
    #expect(kolmogorovDistance(values) { (normalCumulative(($0 - 1) / 0.5) - low) / (high - low) } < 1.95)
  }

  @Test("The distance that these tests rest on is large for another distribution")
  func power() {
    let values = Initializer.lecun(.normal).parameters(for: setting([32, 180], fanIn: 180, fanOut: 32))
    let deviation = (1.0 / 180).squareRoot()
    #expect(kolmogorovDistance(values) { normalCumulative($0 / (1.1 * deviation)) } > 1.95)
    #expect(kolmogorovDistance(values) { min(1, max(0, 0.5 + $0 / (2 * 3.0.squareRoot() * deviation))) } > 1.95)
  }
}
