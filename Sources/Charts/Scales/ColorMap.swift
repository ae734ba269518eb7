/// A map from 0…1 to colours, for values: its fills read the same on a light and on a dark page.
enum ColorMap: String, CaseIterable, Sendable {
  /// Perceptually uniform, dark to light.
  case sequential
  /// Blue through near-white to red, for values around zero.
  case diverging

  /// `#rrggbb`; values outside 0…1 are held at the ends.
  ///
  /// - Parameter brightness: what every channel is multiplied by, for a surface in a light.
  func hex(_ share: Double, brightness: Double = 1) -> String {
    "#"
      + color(share).map { channel in
        let text = String(Int(min(255, channel * brightness).rounded()), radix: 16)
        return text.utf8.count < 2 ? "0" + text : text
      }.joined()
  }

  /// Whether black reads better than white on this colour.
  func isLight(_ share: Double) -> Bool {
    let c = color(share)
    return 0.299 * c[0] + 0.587 * c[1] + 0.114 * c[2] > 140
  }

  /// Red, green, blue from 0 to 255, linear between the anchors.
  private func color(_ share: Double) -> [Double] {
    let anchors = anchors
    let place = min(1, max(0, share.isNaN ? 0 : share)) * Double(anchors.count - 1)
    let index = min(anchors.count - 2, Int(place))
    let t = place - Double(index)
    return zip(anchors[index], anchors[index + 1]).map { $0 + t * ($1 - $0) }
  }

  /// How many colours the map is given by.
  var anchorCount: Int { anchors.count }

  private var anchors: [[Double]] {
    switch self {
    case .sequential:
      // Viridis (Smith and van der Walt, 2015), every sixteenth colour.
      [
        [68, 1, 84], [72, 26, 108], [71, 47, 125], [65, 68, 135], [57, 86, 140], [49, 104, 142], [42, 120, 142],
        [35, 136, 142], [31, 152, 139], [34, 168, 132], [53, 183, 121], [84, 197, 104], [122, 209, 81],
        [165, 219, 54], [210, 226, 27], [253, 231, 37],
      ]
    case .diverging:
      // Blue to red through near-white, with equal lightness on both sides.
      [
        [5, 48, 97], [33, 102, 172], [67, 147, 195], [146, 197, 222], [209, 229, 240], [247, 247, 247],
        [253, 219, 199], [244, 165, 130], [214, 96, 77], [178, 24, 43], [103, 0, 31],
      ]
    }
  }
}
