/// A window that moves over images, as convolution and pooling use it: heights and widths in pixels.
public struct Window: Hashable, Sendable {
  public struct Extent: Hashable, Sendable {
    public var height: Int
    public var width: Int

    public init(_ height: Int, _ width: Int) {
      self.height = height
      self.width = width
    }
  }

  public var size: Extent
  /// How far it moves.
  public var stride: Extent
  /// How far it reaches over each border.
  public var padding: Extent
  /// The distance between the pixels that it sees: 1 where they touch.
  public var dilation: Extent

  /// - Precondition: lengths are positive, padding is not negative.
  public init(
    _ size: Extent, stride: Extent = Extent(1, 1), padding: Extent = Extent(0, 0), dilation: Extent = Extent(1, 1)
  ) {
    precondition(
      min(size.height, size.width, stride.height, stride.width, dilation.height, dilation.width) > 0
        && min(padding.height, padding.width) >= 0, "a window of \(size), stride \(stride), padding \(padding)")
    self.size = size
    self.stride = stride
    self.padding = padding
    self.dilation = dilation
  }

  /// A square window.
  public init(_ size: Int, stride: Int = 1, padding: Int = 0, dilation: Int = 1) {
    self.init(
      Extent(size, size), stride: Extent(stride, stride), padding: Extent(padding, padding),
      dilation: Extent(dilation, dilation))
  }

  /// Pixels that it sees.
  public var count: Int { size.height * size.width }

  /// How many places it has on an image; not positive where the image is too small.
  public func places(height: Int, width: Int) -> Extent {
    func places(_ length: Int, _ axis: KeyPath<Extent, Int>) -> Int {
      let reach = dilation[keyPath: axis] * (size[keyPath: axis] - 1) + 1
      let room = length + 2 * padding[keyPath: axis] - reach
      return room < 0 ? 0 : room / stride[keyPath: axis] + 1
    }
    return Extent(places(height, \.height), places(width, \.width))
  }

  /// Whether every place sees at least one pixel of an image.
  public func alwaysSees(height: Int, width: Int) -> Bool {
    let places = places(height: height, width: width)
    func sees(_ length: Int, _ count: Int, _ axis: KeyPath<Extent, Int>) -> Bool {
      (0..<count).allSatisfy { place in
        let first = place * stride[keyPath: axis] - padding[keyPath: axis]
        return (0..<size[keyPath: axis]).contains { (0..<length).contains(first + $0 * dilation[keyPath: axis]) }
      }
    }
    return sees(height, places.height, \.height) && sees(width, places.width, \.width)
  }

  /// Whether it moves from pixel to pixel and sees one at a time.
  var isPoint: Bool { size == Extent(1, 1) && stride == Extent(1, 1) && padding == Extent(0, 0) }
}

/// A window on a batch of channels-last images `[samples, height, width, channels]`.
struct Sweep: Hashable, Sendable {
  let window: Window
  let samples: Int
  let height: Int
  let width: Int
  let channels: Int
  /// How many places the window has on each image.
  let places: Window.Extent

  init(_ window: Window, over images: Shape) {
    precondition(images.rank == 4, "images are [samples, height, width, channels], not \(images)")
    self.window = window
    (samples, height, width, channels) = (images[0], images[1], images[2], images[3])
    places = window.places(height: height, width: width)
  }

  /// Places on all images.
  var count: Int { samples * places.height * places.width }
  /// Elements of all images.
  var elements: Int { samples * height * width * channels }

  /// The pixels that one place sees: the image's first row, then the corner of the window, which may lie outside.
  @inline(__always)
  func corner(_ place: Int) -> (firstRow: Int, top: Int, left: Int) {
    let (line, column) = place.quotientAndRemainder(dividingBy: places.width)
    let (sample, row) = line.quotientAndRemainder(dividingBy: places.height)
    return (
      sample * height, row * window.stride.height - window.padding.height,
      column * window.stride.width - window.padding.width
    )
  }

  /// Which of the window's rows lie inside, for a top edge at `top`.
  @inline(__always)
  func rows(_ top: Int) -> Range<Int> { inside(top, height, window.size.height, window.dilation.height) }
  /// Which of the window's columns lie inside, for a left edge at `left`.
  @inline(__always)
  func columns(_ left: Int) -> Range<Int> { inside(left, width, window.size.width, window.dilation.width) }

  @inline(__always)
  private func inside(_ start: Int, _ length: Int, _ size: Int, _ dilation: Int) -> Range<Int> {
    let first = start >= 0 ? 0 : min(size, (dilation - 1 - start) / dilation)
    let end = length > start ? min(size, (length - 1 - start) / dilation + 1) : 0
    return first..<max(first, end)
  }
}
