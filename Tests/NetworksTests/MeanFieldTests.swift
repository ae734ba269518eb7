import Fixtures
import Networks
import Testing

struct MeanFieldReference: Decodable {
  struct Moment: Decodable, Sendable {
    var activation: String
    var q: Double
    var square: Double
    var slopeSquare: Double
  }
  struct Correlation: Decodable, Sendable {
    var activation: String
    var q: Double
    var c: Double
    var weightVariance: Double
    var biasVariance: Double
    var next: Double
  }
  struct Edge: Decodable, Sendable {
    var activation: String
    var biasDeviation: Double
    var q: Double
    var weightDeviation: Double
  }
  struct Quotient: Decodable, Sendable {
    var sizes: [Int]
    var parameters: [Double]
    var inputs: [Double]
    var labels: [Double]
    var epsilon: Double
    var value: Double
    var normSlopes: [Double]
  }
  var moments: [Moment]
  var correlations: [Correlation]
  var edges: [Edge]
  var gradientQuotient: Quotient
}

let meanFieldReference = try! fixture("mean-field", as: MeanFieldReference.self)

struct MeanFieldTests {
  @Test("Expectations of an activation and its slope agree with SciPy's adaptive quadrature")
  func moments() throws {
    for wanted in meanFieldReference.moments {
      let field = MeanField(
        try #require(Activation(rawValue: wanted.activation)), weightVariance: 1, biasVariance: 0)
      #expect(abs(field.meanSquare(wanted.q) / wanted.square - 1) < 1e-5, "\(wanted.activation) \(wanted.q)")
      #expect(abs(field.susceptibility(wanted.q) / wanted.slopeSquare - 1) < 1e-5, "\(wanted.activation) \(wanted.q)")
    }
  }

  @Test("The correlation of two inputs agrees with the arc-cosine kernel for ReLU and with SciPy for tanh")
  func correlations() throws {
    for wanted in meanFieldReference.correlations {
      let field = MeanField(
        try #require(Activation(rawValue: wanted.activation)), weightVariance: wanted.weightVariance,
        biasVariance: wanted.biasVariance)
      #expect(
        abs(field.correlation(after: wanted.c, variance: wanted.q) - wanted.next) < 1e-3,
        "\(wanted.activation) \(wanted.q) \(wanted.c)")
    }
    let field = MeanField(.tanh, weightVariance: 2, biasVariance: 0.1)
    #expect(abs(field.correlation(after: 1, variance: 1) - 1) < 1e-12)
  }

  @Test("Fixed points are where a layer's variance is the last one's")
  func fixedPoints() {
    let field = MeanField(.tanh, weightVariance: 4, biasVariance: 0.05)
    let q = field.fixedPoint()
    #expect(q > 0.1 && abs(field.variance(after: q) / q - 1) < 1e-12)
    // An ordered network forgets everything, a growing one never settles.
    #expect(MeanField(.tanh, weightVariance: 0.5, biasVariance: 0).fixedPoint() == 0)
    #expect(MeanField(.relu, weightVariance: 2.1, biasVariance: 0).fixedPoint() == .infinity)
  }

  @Test("Edges of chaos: ReLU at σw² = 2, tanh at σw = 1, and where SciPy finds them with biases")
  func edges() throws {
    let relu = try #require(MeanField.critical(.relu, biasVariance: 0))
    #expect(abs(relu.0.weightVariance - 2) < 1e-12)
    // He's factor for PReLU's slope of ¼.
    #expect(abs(try #require(MeanField.critical(.prelu, biasVariance: 0)).0.weightVariance - 2 / 1.0625) < 1e-12)
    let tanh = try #require(MeanField.critical(.tanh, biasVariance: 0))
    #expect(abs(tanh.0.weightVariance - 1) < 1e-12 && tanh.q == 0)
    for wanted in meanFieldReference.edges {
      let activation = try #require(Activation(rawValue: wanted.activation))
      let edge = try #require(
        MeanField.critical(activation, biasVariance: wanted.biasDeviation * wanted.biasDeviation))
      #expect(abs(edge.q / wanted.q - 1) < 1e-6, "\(wanted.activation)")
      #expect(abs(edge.0.weightVariance.squareRoot() / wanted.weightDeviation - 1) < 1e-6, "\(wanted.activation)")
      #expect(abs(edge.0.susceptibility(edge.q) - 1) < 1e-9)
      #expect(abs(edge.0.variance(after: edge.q) / edge.q - 1) < 1e-9)
    }
    // ReLU's variance cannot settle with χ = 1 and a bias.
    #expect(MeanField.critical(.relu, biasVariance: 0.1) == nil)
  }
}
