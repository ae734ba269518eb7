/// A convolution of channels-last images with filters, or one of its two adjoints.
///
/// Images are `[N, H, W, C]`, filters `[O, kh, kw, C/groups]`, results `[N, H', W', O]`; group g of the filters sees
/// group g of the channels. In single precision oneDNN does the work (`DirectConvolution`); where it cannot, what one
/// tile of places sees is gathered into rows (im2col) that stay in the second-level cache, and a product of matrices
/// does the arithmetic.
public final class Convolution: Sendable {
  public enum Direction: Sendable, Hashable {
    /// Images and filters to results.
    case forward
    /// Cotangents of the results and filters to those of the images.
    case toImages
    /// Images and cotangents of the results to those of the filters.
    case toFilters
  }

  struct Geometry: Hashable, Sendable {
    var direction: Direction
    var sweep: Sweep
    var filters: Int
    var groups: Int
  }

  let geometry: Geometry
  let a: Operand
  let b: Operand
  let target: Operand
  /// `scratchCount` elements of the arena.
  let scratch: Operand

  private var direction: Direction { geometry.direction }
  private var sweep: Sweep { geometry.sweep }
  private var groups: Int { geometry.groups }

  // Of one group.
  private let channels: Int
  private let outputs: Int
  /// Elements that one place sees: a row of a tile.
  private let depth: Int
  /// Places of a tile.
  private let tile: Int

  /// - Parameters:
  ///   - images: the shape of the images, whichever of the three they are.
  ///   - filters: the number of filters.
  public init(
    _ direction: Direction, _ window: Window, images: Shape, filters: Int, groups: Int, _ a: Operand, _ b: Operand,
    to target: Operand, scratch: Operand
  ) {
    geometry = Geometry(
      direction: direction, sweep: Sweep(window, over: images), filters: filters, groups: groups)
    self.a = a
    self.b = b
    self.target = target
    self.scratch = scratch
    channels = images[3] / groups
    outputs = filters / groups
    depth = window.count * channels
    tile = Convolution.tile(window, images: images, groups: groups)
  }

  /// About 192 KiB of Float, at least enough rows for an efficient product.
  private static func tile(_ window: Window, images: Shape, groups: Int) -> Int {
    let places = window.places(height: images[1], width: images[2])
    let depth = window.count * images[3] / groups
    return max(1, min(images[0] * places.height * places.width, max(64, 49_152 / max(1, depth))))
  }

  /// Elements that a convolution needs beside its operands.
  public static func scratchCount(_ window: Window, images: Shape, groups: Int) -> Int {
    window.isPoint ? 0 : tile(window, images: images, groups: groups) * window.count * images[3] / groups
  }

  func run<T: Scalar>(on workspace: Workspace<T>) {
    let a = unsafe self.a.address(workspace.bases)
    let b = unsafe self.b.address(workspace.bases)
    let target = unsafe self.target.address(workspace.bases)
    if T.self == Float.self, let direct = workspace.directConvolutions[ObjectIdentifier(self)] {
      return switch direction {
      case .forward: unsafe direct.run(images: a, filters: b, results: target)
      case .toImages: unsafe direct.run(images: target, filters: b, results: a)
      case .toFilters: unsafe direct.run(images: a, filters: target, results: b)
      }
    }
    let rows = unsafe scratch.address(workspace.bases)
    let filters = groups * outputs
    if direction == .toImages && !sweep.window.isPoint { unsafe target.update(repeating: 0, count: sweep.elements) }
    for group in 0..<groups {
      // Where the group's part of a row begins: of a pixel's channels, of a place's results, and of the filters.
      let channel = group * channels
      let output = group * outputs
      let weights = group * outputs * depth
      var start = 0
      while start < sweep.count {
        let n = min(tile, sweep.count - start)
        switch direction {
        case .forward:
          let (seen, width) = unsafe gathered(a + channel, rows, start, n)
          unsafe T.product(
            n, outputs, depth, seen, width, transposed: false, b + weights, depth, transposed: true,
            target + start * filters + output, filters, adding: false)
        case .toFilters:
          let (seen, width) = unsafe gathered(a + channel, rows, start, n)
          unsafe T.product(
            outputs, depth, n, b + start * filters + output, filters, transposed: true, seen, width, transposed: false,
            target + weights, depth, adding: start > 0)
        case .toImages:
          let direct = sweep.window.isPoint
          unsafe T.product(
            n, depth, outputs, a + start * filters + output, filters, transposed: false, b + weights, depth,
            transposed: false, direct ? target + start * sweep.channels + channel : rows,
            direct ? sweep.channels : depth, adding: false)
          if !direct { unsafe scatter(rows, target + channel, start, n) }
        }
        start += n
      }
    }
  }

  /// What places from `start` on see, a row each, and the distance between rows.
  @inline(__always)
  private func gathered<T: Scalar>(
    _ images: UnsafeMutablePointer<T>, _ rows: UnsafeMutablePointer<T>, _ start: Int, _ count: Int
  ) -> (UnsafeMutablePointer<T>, Int) {
    if sweep.window.isPoint { return unsafe (images + start * sweep.channels, sweep.channels) }
    unsafe gather(images, rows, start, count)
    return unsafe (rows, depth)
  }

  private func gather<T: Scalar>(
    _ images: UnsafeMutablePointer<T>, _ rows: UnsafeMutablePointer<T>, _ start: Int, _ count: Int
  ) {
    let window = sweep.window
    // Neighbouring pixels of a window lie side by side in memory.
    let joined = groups == 1 && window.dilation.width == 1
    for place in 0..<count {
      let (firstRow, top, left) = sweep.corner(start + place)
      let insideRows = sweep.rows(top)
      let inside = sweep.columns(left)
      var row = unsafe rows + place * depth
      for i in 0..<window.size.height {
        guard insideRows.contains(i) else {
          unsafe row.update(repeating: 0, count: window.size.width * channels)
          unsafe row += window.size.width * channels
          continue
        }
        let line = unsafe images + (firstRow + top + i * window.dilation.height) * sweep.width * sweep.channels
        unsafe row.update(repeating: 0, count: inside.lowerBound * channels)
        unsafe (row + inside.upperBound * channels).update(
          repeating: 0, count: (window.size.width - inside.upperBound) * channels)
        if joined {
          unsafe (row + inside.lowerBound * channels).update(
            from: line + (left + inside.lowerBound) * channels, count: inside.count * channels)
        } else {
          for j in inside {
            unsafe (row + j * channels).update(
              from: line + (left + j * window.dilation.width) * sweep.channels, count: channels)
          }
        }
        unsafe row += window.size.width * channels
      }
    }
  }

  /// Adds rows to the pixels that they were gathered from.
  private func scatter<T: Scalar>(
    _ rows: UnsafeMutablePointer<T>, _ images: UnsafeMutablePointer<T>, _ start: Int, _ count: Int
  ) {
    let window = sweep.window
    for place in 0..<count {
      let (firstRow, top, left) = sweep.corner(start + place)
      let inside = sweep.columns(left)
      let row = unsafe rows + place * depth
      for i in sweep.rows(top) {
        let line = unsafe images + (firstRow + top + i * window.dilation.height) * sweep.width * sweep.channels
        for j in inside {
          let source = unsafe row + (i * window.size.width + j) * channels
          let pixel = unsafe line + (left + j * window.dilation.width) * sweep.channels
          for channel in 0..<channels { unsafe pixel[channel] += source[channel] }
        }
      }
    }
  }
}
