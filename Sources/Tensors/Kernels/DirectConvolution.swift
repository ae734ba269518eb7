internal import COneDNN

/// A convolution in single precision as oneDNN compiles it for fixed sizes, with the memory it works in: one workspace's.
@safe final class DirectConvolution {
  private let handle: OpaquePointer

  /// `nil` where oneDNN has no compiled kernel.
  init?(_ geometry: Convolution.Geometry) {
    let sweep = geometry.sweep
    let window = sweep.window
    func pair(_ extent: Window.Extent) -> (Int, Int) { (extent.height, extent.width) }
    var sizes = DirectSizes(
      samples: sweep.samples, height: sweep.height, width: sweep.width, channels: sweep.channels,
      filters: geometry.filters, groups: geometry.groups, window: pair(window.size), stride: pair(window.stride),
      padding: pair(window.padding), dilation: pair(window.dilation), places: pair(sweep.places))
    let direction =
      switch geometry.direction {
      case .forward: directForward
      case .toImages: directToImages
      case .toFilters: directToFilters
      }
    guard let handle = unsafe directConvolutionMake(direction, &sizes) else { return nil }
    unsafe self.handle = handle
  }

  deinit { unsafe directConvolutionFree(handle) }

  /// Writes the one of the three that the direction says.
  func run(
    images: UnsafeMutableRawPointer, filters: UnsafeMutableRawPointer, results: UnsafeMutableRawPointer
  ) {
    unsafe directConvolutionRun(
      handle, images.assumingMemoryBound(to: Float.self), filters.assumingMemoryBound(to: Float.self),
      results.assumingMemoryBound(to: Float.self))
  }

  /// Those that code's convolutions can use, by kernel; equal convolutions share one.
  static func all(for code: Code) -> [ObjectIdentifier: DirectConvolution] {
    var made: [Convolution.Geometry: DirectConvolution?] = [:]
    var result: [ObjectIdentifier: DirectConvolution] = [:]
    for case .convolution(let kernel) in code.instructions {
      let direct: DirectConvolution?
      if let known = made[kernel.geometry] {
        direct = known
      } else {
        direct = DirectConvolution(kernel.geometry)
        made[kernel.geometry] = .some(direct)
      }
      result[ObjectIdentifier(kernel)] = direct
    }
    return result
  }
}
