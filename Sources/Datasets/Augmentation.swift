public import Tensors

/// Random changes to the pictures that a model learns from, never to those that it is tested on.
///
/// A picture is flipped, then turned about its centre, then moved; what comes in from outside is black. What happens
/// to a picture is a pure function of the seeds, the epoch and the sample's index: neither the order of the batches
/// nor which changes are asked for alters what is drawn.
public struct Augmentation: Hashable, Sendable {
  public enum Interpolation: String, Hashable, Sendable, CaseIterable {
    /// The pixel whose centre is nearest.
    case nearest
    /// Between the four pixels around, rounded to a byte.
    case bilinear
  }

  /// Whether every other picture, at random, is flipped left to right.
  public var flip: Bool
  /// The largest angle, in degrees, uniform either way.
  public var rotate: Double
  /// The largest shift along each axis, in pixels: as if padded by so many and cut back at random.
  public var crop: Int
  public var interpolation: Interpolation

  public init(flip: Bool = false, rotate: Double = 0, crop: Int = 0, interpolation: Interpolation = .nearest) {
    self.flip = flip
    self.rotate = rotate
    self.crop = crop
    self.interpolation = interpolation
  }

  /// What is done to one picture.
  struct Change: Hashable {
    var isFlipped: Bool
    /// In degrees, counter-clockwise.
    var angle: Double
    /// Pixels to the left, and up.
    var dx: Int
    var dy: Int
  }

  func change(_ stream: inout Stream) -> Change {
    let isFlipped = stream.uniform() < 0.5
    let angle = rotate * stream.uniform(from: -1, to: 1)
    let shifts = (0..<2).map { _ in Int((stream.uniform() * Double(2 * crop + 1)).rounded(.down)) - crop }
    return Change(isFlipped: flip && isFlipped, angle: angle, dx: shifts[0], dy: shifts[1])
  }

  /// Writes a changed picture, channel by channel of `height` × `width` bytes, from `start` on.
  func draw(
    _ picture: ArraySlice<UInt8>, height: Int, width: Int, _ change: Change, into target: inout [UInt8], at start: Int
  ) {
    let plane = height * width
    let (sine, cosine) = sineAndCosine(ofTurns: change.angle / 360)
    let (cx, cy) = (Double(width - 1) / 2, Double(height - 1) / 2)
    // A byte of the flipped picture; black outside.
    func byte(_ x: Int, _ y: Int, _ channel: Int) -> UInt8 {
      guard x >= 0, x < width, y >= 0, y < height else { return 0 }
      return picture[picture.startIndex + channel * plane + y * width + (change.isFlipped ? width - 1 - x : x)]
    }
    for y in 0..<height {
      for x in 0..<width {
        let (movedX, movedY) = (x + change.dx, y + change.dy)
        let isInside = movedX >= 0 && movedX < width && movedY >= 0 && movedY < height
        let (ox, oy) = (Double(movedX) - cx, Double(movedY) - cy)
        let (sx, sy) = (cosine * ox - sine * oy + cx, sine * ox + cosine * oy + cy)
        let (left, top) = (sx.rounded(.down), sy.rounded(.down))
        let (right, low) = (sx - left, sy - top)
        for channel in 0..<picture.count / plane {
          var value: UInt8 = 0
          if isInside {
            switch interpolation {
            case .nearest:
              value = byte(Int(sx.rounded(.toNearestOrEven)), Int(sy.rounded(.toNearestOrEven)), channel)
            case .bilinear:
              func level(_ dx: Int, _ dy: Int) -> Double { Double(byte(Int(left) + dx, Int(top) + dy, channel)) }
              let upper = (1 - right) * level(0, 0) + right * level(1, 0)
              let lower = (1 - right) * level(0, 1) + right * level(1, 1)
              value = UInt8(((1 - low) * upper + low * lower).rounded(.toNearestOrEven))
            }
          }
          target[start + channel * plane + y * width + x] = value
        }
      }
    }
  }
}

/// Brings augmented batches of pictures.
public struct Augmenter: Sendable {
  private let augmentation: Augmentation
  private let height: Int
  private let width: Int
  private let book: UInt64
  private let run: UInt64
  private var scratch: [UInt8] = []

  /// - Parameters:
  ///   - facts: of a data set of pictures, `[channels, height, width]`.
  ///   - book, run: the seeds that decide what happens.
  public init(_ augmentation: Augmentation, of facts: DataFacts, book: UInt64, run: UInt64) {
    precondition(facts.isPictures, "only pictures are augmented")
    self.augmentation = augmentation
    height = facts.inputShape[1]
    width = facts.inputShape[2]
    self.book = book
    self.run = run
  }

  /// Writes the inputs of the samples at these indices, changed as this epoch has it, into a batch.
  public mutating func copyInputs<Element: Scalar>(
    of samples: Samples, _ indices: ArraySlice<Int>, epoch: Int, into batch: inout Vector<Element>
  ) {
    guard case .bytes(let bytes, let table) = samples.inputs else { preconditionFailure("pictures are bytes") }
    let size = samples.inputWidth
    if scratch.count != indices.count * size { scratch = [UInt8](repeating: 0, count: indices.count * size) }
    for (row, index) in indices.enumerated() {
      var stream = Stream(book: book, run: run, purpose: .augmentation(epoch: epoch, sample: index))
      augmentation.draw(
        bytes[index * size..<(index + 1) * size], height: height, width: width, augmentation.change(&stream),
        into: &scratch, at: row * size)
    }
    batch.gather(Augmenter.whole, width: scratch.count, of: .bytes(scratch, table))
  }

  private static let whole: ArraySlice<Int> = [0]
}

extension DataFacts {
  /// Whether samples are pictures, channel by channel, a byte a pixel: what can be augmented.
  public var isPictures: Bool { inputNumber == .byte && inputShape.rank == 3 }
}
