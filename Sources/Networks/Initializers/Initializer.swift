public import Autodiff
public import Tensors

/// How the parameters of a network start: a recipe that sees the network, its seeds and, if it asks, some of its data.
///
/// Most recipes draw one weight array at a time (`eachWeight`); those that look at signals or curvature change what
/// another has drawn (`followed`). Everything is computed in double precision whatever the training's, so that both
/// start from the same numbers.
public struct Initializer: Sendable {
  /// What a recipe may look at.
  public struct Setting: Sendable {
    public var model: Model
    public var bookSeed: UInt64
    public var seed: UInt64
    /// Inputs of the run's own data: up to so many samples, row-major.
    public var inputs: @Sendable (_ samples: Int) -> [Double]
    /// What the run learns from; `nil` where nothing is learned.
    public var examples: Examples?

    public init(
      model: Model, bookSeed: UInt64, seed: UInt64, examples: Examples? = nil,
      inputs: @escaping @Sendable (_ samples: Int) -> [Double] = { _ in [] }
    ) {
      self.model = model
      self.bookSeed = bookSeed
      self.seed = seed
      self.examples = examples
      self.inputs = inputs
    }

    public func stream(_ purpose: Purpose) -> Stream { Stream(book: bookSeed, run: seed, purpose: purpose) }
  }

  /// Samples to learn from, and how they are learned.
  public struct Examples: Sendable {
    public var loss: Loss
    public var count: Int
    /// Inputs and targets of the samples at these indices, row-major.
    public var rows: @Sendable (_ indices: [Int]) -> Batch

    public init(loss: Loss, count: Int, rows: @escaping @Sendable (_ indices: [Int]) -> Batch) {
      self.loss = loss
      self.count = count
      self.rows = rows
    }
  }

  public struct Batch: Sendable {
    public var inputs: [Double]
    public var targets: [Double]

    public init(inputs: [Double], targets: [Double]) {
      self.inputs = inputs
      self.targets = targets
    }
  }

  public typealias Slice = ParameterLayout.Slice
  /// Draws the starting values of a weight or bias from its own stream.
  public typealias Draw = @Sendable (Slice, inout Stream) -> [Double]

  private let draw: @Sendable (Setting) -> [Double]
  private let refusal: @Sendable (Model) -> String?

  /// - Parameter refusal: why the recipe does not apply to a model, in words for the author of a chapter; `nil` if it
  ///   does. The recipe is only asked to draw for models that it does not refuse.
  public init(
    refusing refusal: @escaping @Sendable (Model) -> String? = { _ in nil },
    _ draw: @escaping @Sendable (Setting) -> [Double]
  ) {
    self.draw = draw
    self.refusal = refusal
  }

  /// Why the recipe does not apply to a model, if it does not.
  public func refusal(of model: Model) -> String? { refusal(model) }

  /// Starting values of all parameters, in the layout's order.
  /// - Precondition: the recipe does not refuse the model.
  public func parameters(for setting: Setting) -> [Double] { draw(setting) }
}

extension Initializer {
  /// Every weight drawn by itself. Biases start at 0 unless `biases` says otherwise, everything else as its slice says:
  /// a recipe for matrices has nothing to say about slopes and gains.
  public static func eachWeight(biases: Draw? = nil, _ weights: @escaping Draw) -> Initializer {
    Initializer { setting in
      var parameters: [Double] = []
      parameters.reserveCapacity(setting.model.layout.count)
      for slice in setting.model.layout.slices {
        var stream = setting.stream(.weights(slice.name))
        switch slice.role {
        case .weight: parameters += weights(slice, &stream)
        // The biases of norms have no fan-in to scale by.
        case .bias where slice.fanIn > 0:
          parameters += biases?(slice, &stream) ?? slice.startingValues(from: &stream)
        default: parameters += slice.startingValues(from: &stream)
        }
      }
      return parameters
    }
  }

  /// This recipe, and then a change of what it drew.
  public func followed(
    refusing refusal: @escaping @Sendable (Model) -> String? = { _ in nil },
    by change: @escaping @Sendable (_ parameters: inout [Double], _ setting: Setting) -> Void
  ) -> Initializer {
    Initializer(refusing: { self.refusal(of: $0) ?? refusal($0) }) { setting in
      var parameters = parameters(for: setting)
      change(&parameters, setting)
      return parameters
    }
  }
}
