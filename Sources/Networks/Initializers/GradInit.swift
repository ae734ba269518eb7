import Autodiff
import Tensors

/// Learns a factor for each slice of the starting parameters, so that the loss after one step is small and the gradient no
/// longer than a bound. Zhu, Ni, Xu, Kong, Huang & Goldstein 2021, arXiv:2102.08098, algorithm 1.
///
/// With θ(m) the parameters, each slice times its factor, and g the gradient on a batch there: while ‖g‖ is above the bound
/// the factors go down ‖g‖, otherwise down the loss of another batch at θ(m) − ηA(g). Both slopes are Hessian products. The
/// factors move by Adam and stay above a floor. The second batch shares half of its samples with the first.
public struct GradInit: Sendable, Hashable {
  /// What is taken for a step A(g), and how long a gradient is.
  public enum Step: String, Sendable, CaseIterable {
    /// A(g) = g, ‖g‖₂: for gradient descent.
    case gradient
    /// A(g) = sign g, ‖g‖₁: for Adam and its kin.
    case sign
  }

  public var step: Step
  /// Steps on the factors.
  public var steps: Int
  /// Samples in a batch.
  public var samples: Int
  /// η.
  public var learningRate: Double
  /// How far Adam moves a factor.
  public var factorRate: Double
  /// The longest gradient.
  public var bound: Double
  /// The smallest factor.
  public var floor: Double

  public init(
    step: Step = .gradient, steps: Int = 400, samples: Int = 128, learningRate: Double = 0.1, factorRate: Double = 0.01,
    bound: Double = 1, floor: Double = 0.01
  ) {
    self.step = step
    self.steps = steps
    self.samples = samples
    self.learningRate = learningRate
    self.factorRate = factorRate
    self.bound = bound
    self.floor = floor
  }

  /// The factors of a model's slices.
  /// - Parameter batches: the two batches of a step.
  func factors(
    for model: Model, loss: Loss, from start: [Double], seeds: Seeds,
    batches: (_ step: Int) -> (first: Initializer.Batch, second: Initializer.Batch)
  ) -> [Double] {
    let slices = model.layout.slices
    let objective = TracedObjective<Double>(model.training(with: loss))
    objective.mode = .train
    var gradient = Vector<Double>(zeros: start.count)
    var after = gradient
    var product = gradient
    var factors = [Double](repeating: 1, count: slices.count)
    var (first, second) = (factors.map { _ in 0.0 }, factors.map { _ in 0.0 })
    func look(at batch: Initializer.Batch) {
      objective.set([Vector(batch.inputs), Vector(batch.targets)], samples: batch.inputs.count / model.inputs)
    }
    for number in 0..<steps {
      let batches = batches(number)
      objective.noise = NoiseKey(book: seeds.book, run: seeds.run, step: number)
      var point = Vector(start)
      for (slice, factor) in zip(slices, factors) { for index in slice.range { point[index] *= factor } }
      look(at: batches.first)
      _ = objective.gradient(at: point, into: &gradient)
      let length = step == .gradient ? gradient.norm : gradient.array.reduce(0) { $0 + abs($1) }
      if length > bound {
        let direction = gradient.array.map { step == .gradient ? $0 / length : GradInit.sign($0) }
        objective.hessianProduct(at: point, with: Vector(direction), into: &product, samePoint: false)
      } else {
        var moved = point
        for index in moved.indices {
          moved[index] -= learningRate * (step == .gradient ? gradient[index] : GradInit.sign(gradient[index]))
        }
        look(at: batches.second)
        _ = objective.gradient(at: moved, into: &after)
        switch step {
        case .gradient:
          look(at: batches.first)
          objective.hessianProduct(at: point, with: after, into: &product, samePoint: false)
          for index in product.indices { product[index] = after[index] - learningRate * product[index] }
        case .sign: product = after
        }
      }
      for (place, slice) in slices.enumerated() {
        let slope = slice.range.reduce(0) { $0 + start[$1] * product[$1] }
        first[place] = 0.9 * first[place] + 0.1 * slope
        second[place] = 0.999 * second[place] + 0.001 * slope * slope
        let (m, v) = (first[place] / (1 - power(0.9, number + 1)), second[place] / (1 - power(0.999, number + 1)))
        factors[place] = max(floor, factors[place] - factorRate * m / (v.squareRoot() + 1e-8))
      }
    }
    return factors
  }

  private static func sign(_ value: Double) -> Double { value > 0 ? 1 : value < 0 ? -1 : 0 }

  private func power(_ base: Double, _ exponent: Int) -> Double { exponential(Double(exponent) * logarithm(base)) }
}

extension Initializer {
  /// This recipe's slices times the factors that GradInit learns: on the run's data, or on random inputs and labels where
  /// it has none.
  public func gradInit(_ method: GradInit) -> Initializer {
    followed { parameters, setting in
      let model = setting.model
      let examples = setting.examples ?? .random(for: model, count: 4 * method.samples, setting)
      var stream = setting.stream(.data("grad-init"))
      let all = Array(0..<examples.count)
      func draw(_ count: Int) -> [Int] { (0..<count).map { _ in Int(stream.integer(below: UInt32(examples.count))) } }
      let factors = method.factors(
        for: model, loss: examples.loss, from: parameters, seeds: Seeds(book: setting.bookSeed, run: setting.seed)
      ) { _ in
        guard examples.count > method.samples else { return (examples.rows(all), examples.rows(all)) }
        let (first, half) = (draw(method.samples), method.samples / 2)
        return (examples.rows(first), examples.rows(first.prefix(half) + draw(method.samples - half)))
      }
      for (slice, factor) in zip(model.layout.slices, factors) {
        for index in slice.range { parameters[index] *= factor }
      }
    }
  }
}

extension Initializer.Examples {
  /// Standard normal inputs; labels drawn evenly, or standard normal targets for a single output.
  fileprivate static func random(for model: Model, count: Int, _ setting: Initializer.Setting) -> Self {
    var stream = setting.stream(.data("grad-init examples"))
    let (width, inputs) = (model.inputs, stream.normals(count * model.inputs))
    let isClassifier = model.outputs > 1
    let targets =
      isClassifier
      ? (0..<count).map { _ in Double(stream.integer(below: UInt32(model.outputs))) } : stream.normals(count)
    return Self(loss: isClassifier ? .crossEntropy : .meanSquaredError, count: count) { indices in
      Initializer.Batch(
        inputs: indices.flatMap { inputs[$0 * width..<($0 + 1) * width] }, targets: indices.map { targets[$0] })
    }
  }
}
