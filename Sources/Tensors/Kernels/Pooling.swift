/// What pooling does over the windows on channels-last images `[N, H, W, C]`, channel by channel; places are
/// `[N, H', W', C]`. Pixels outside an image take no part.
public final class Pooling: Sendable {
  public enum Operation: Sendable, Hashable {
    /// Images to the number, within the window, of the largest pixel that each place sees: the first of several, and
    /// NaN counts as largest.
    case index
    /// Images and such numbers to the pixels at them.
    case take
    /// Values of places and such numbers to images with the values at those pixels, summed; the adjoint of `take`.
    case put
    /// Images to the sum of what each place sees.
    case sum
    /// Values of places to images that sum what each pixel is seen by; the adjoint of `sum`.
    case spread
  }

  let operation: Operation
  let sweep: Sweep
  let source: Operand
  /// The numbers, for `take` and `put`.
  let numbers: Operand
  let target: Operand

  /// - Parameter images: the shape of the images, whether they are read or written.
  public init(
    _ operation: Operation, _ window: Window, images: Shape, _ source: Operand, _ numbers: Operand, to target: Operand
  ) {
    self.operation = operation
    sweep = Sweep(window, over: images)
    self.source = source
    self.numbers = numbers
    self.target = target
  }

  func run<T: Scalar>(on workspace: Workspace<T>) {
    let source = unsafe self.source.address(workspace.bases)
    let numbers = unsafe self.numbers.address(workspace.bases)
    let target = unsafe self.target.address(workspace.bases)
    if operation == .put || operation == .spread { unsafe target.update(repeating: 0, count: sweep.elements) }
    let channels = sweep.channels
    for place in 0..<sweep.count {
      let seen = Seen(sweep, place)
      let start = place * channels
      // Eight channels at a time, then the rest one by one.
      var channel = 0
      while channel + 8 <= channels {
        unsafe eight(seen, channel, source, numbers, target, start + channel)
        channel += 8
      }
      while channel < channels {
        unsafe one(seen, channel, source, numbers, target, start + channel)
        channel += 1
      }
    }
  }

  /// The pixels that one place sees.
  private struct Seen {
    let rows: Range<Int>
    let columns: Range<Int>
    /// The element of pixel (0, 0) of the window, which may lie outside.
    let corner: Int
    let rowStride: Int
    let columnStride: Int
    let width: Int

    @inline(__always) init(_ sweep: Sweep, _ place: Int) {
      let (firstRow, top, left) = sweep.corner(place)
      rows = sweep.rows(top)
      columns = sweep.columns(left)
      corner = ((firstRow + top) * sweep.width + left) * sweep.channels
      rowStride = sweep.window.dilation.height * sweep.width * sweep.channels
      columnStride = sweep.window.dilation.width * sweep.channels
      width = sweep.window.size.width
    }

    /// The number of its first pixel.
    var first: Int { rows.lowerBound * width + columns.lowerBound }

    /// Calls with each pixel's element and its number in the window.
    @inline(__always) func each(_ body: (_ element: Int, _ number: Int) -> Void) {
      for i in rows { for j in columns { body(corner + i * rowStride + j * columnStride, i * width + j) } }
    }
  }

  @inline(__always)
  private func eight<T: Scalar>(
    _ seen: Seen, _ channel: Int, _ source: UnsafeMutablePointer<T>, _ numbers: UnsafeMutablePointer<T>,
    _ target: UnsafeMutablePointer<T>, _ result: Int
  ) {
    func load(_ pointer: UnsafeMutablePointer<T>, _ index: Int) -> SIMD8<T> {
      unsafe UnsafeRawPointer(pointer + index).loadUnaligned(as: SIMD8<T>.self)
    }
    func store(_ value: SIMD8<T>, _ index: Int) {
      unsafe UnsafeMutableRawPointer(target + index).storeBytes(of: value, as: SIMD8<T>.self)
    }
    switch operation {
    case .index:
      var best = SIMD8<T>(repeating: -T.infinity)
      var place = SIMD8<T>(repeating: T(seen.first))
      seen.each { element, number in T.take(unsafe load(source, element + channel), T(number), over: &best, &place) }
      store(place, result)
    case .take:
      let wanted = unsafe load(numbers, result)
      var value = SIMD8<T>.zero
      seen.each { element, number in
        value = T.select(unsafe load(source, element + channel), where: wanted, is: T(number), else: value)
      }
      store(value, result)
    case .put:
      let wanted = unsafe load(numbers, result)
      let value = unsafe load(source, result)
      seen.each { element, number in
        let share = T.select(value, where: wanted, is: T(number), else: .zero)
        unsafe store(load(target, element + channel) + share, element + channel)
      }
    case .sum:
      var value = SIMD8<T>.zero
      seen.each { element, _ in value += unsafe load(source, element + channel) }
      store(value, result)
    case .spread:
      let value = unsafe load(source, result)
      seen.each { element, _ in unsafe store(load(target, element + channel) + value, element + channel) }
    }
  }

  @inline(__always)
  private func one<T: Scalar>(
    _ seen: Seen, _ channel: Int, _ source: UnsafeMutablePointer<T>, _ numbers: UnsafeMutablePointer<T>,
    _ target: UnsafeMutablePointer<T>, _ result: Int
  ) {
    switch operation {
    case .index:
      var best = -T.infinity
      var place = T(seen.first)
      seen.each { element, number in
        let value = unsafe source[element + channel]
        if value > best || (value != value && best == best) { (best, place) = (value, T(number)) }
      }
      unsafe target[result] = place
    case .take:
      var value = T.zero
      seen.each { element, number in
        if unsafe numbers[result] == T(number) { value = unsafe source[element + channel] }
      }
      unsafe target[result] = value
    case .put:
      seen.each { element, number in
        if unsafe numbers[result] == T(number) { unsafe target[element + channel] += source[result] }
      }
    case .sum:
      var value = T.zero
      seen.each { element, _ in value += unsafe source[element + channel] }
      unsafe target[result] = value
    case .spread: seen.each { element, _ in unsafe target[element + channel] += source[result] }
    }
  }
}
