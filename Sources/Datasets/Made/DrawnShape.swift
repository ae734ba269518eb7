import Tensors

/// One picture of `ColorShapes`: what is drawn, where and how.
struct DrawnShape {
  private let shape: Int
  private let texture: Int
  private let color: SIMD3<Double>
  private let center: SIMD2<Double>
  /// Half the size, in units of half the picture.
  private let size: Double
  private let turn: (sine: Double, cosine: Double)
  private let phase: SIMD2<Double>
  /// Top left, top right, bottom left, bottom right.
  private let background: [SIMD3<Double>]

  private static let side = 32
  private static let shapes = ["disc", "square", "triangle", "ring", "cross"]
  private static let textures = ["plain", "striped", "checked", "dotted"]
  private static let colors: [(name: String, tone: SIMD3<Double>)] = [
    ("red", [0.85, 0.2, 0.2]), ("yellow", [0.85, 0.75, 0.2]), ("green", [0.25, 0.7, 0.3]),
    ("blue", [0.25, 0.4, 0.9]), ("violet", [0.7, 0.3, 0.8]),
  ]

  /// `red striped disc`.
  static func name(ofClass number: Int) -> String {
    "\(colors[number / 5 % 5].name) \(textures[number / 25]) \(shapes[number % 5])"
  }

  init(class number: Int, _ stream: inout Stream) {
    shape = number % 5
    texture = number / 25
    let brightness = stream.uniform(from: 0.75, to: 1.15)
    color = DrawnShape.colors[number / 5 % 5].tone * brightness + 0.12 * DrawnShape.triple(&stream)
    center = [stream.uniform(from: -0.25, to: 0.25), stream.uniform(from: -0.25, to: 0.25)]
    size = stream.uniform(from: 0.5, to: 0.8)
    turn = sineAndCosine(ofTurns: stream.uniform(from: -0.12, to: 0.12))
    phase = [stream.uniform(), stream.uniform()]
    background = (0..<4).map { _ in 0.5 + 0.45 * DrawnShape.triple(&stream) }
  }

  /// Three numbers uniform on [−1, 1).
  private static func triple(_ stream: inout Stream) -> SIMD3<Double> {
    [stream.uniform(from: -1, to: 1), stream.uniform(from: -1, to: 1), stream.uniform(from: -1, to: 1)]
  }

  /// 3×32×32 bytes.
  func picture(_ stream: inout Stream) -> [UInt8] {
    let side = DrawnShape.side
    var bytes = [UInt8](repeating: 0, count: 3 * side * side)
    for y in 0..<side {
      for x in 0..<side {
        // Pixel centres, from −1 to 1, seen from the shape.
        let place = (SIMD2(Double(x), Double(y)) + 0.5) * (2 / Double(side)) - 1
        let (dx, dy) = ((place.x - center.x) / size, (place.y - center.y) / size)
        let u = turn.cosine * dx - turn.sine * dy
        let v = turn.sine * dx + turn.cosine * dy
        // The edge is a pixel wide.
        let cover = min(1, max(0, 0.5 - distance(u, v) * size * Double(side) / 2))
        let shade = isDark(u, v) ? 0.45 : 1
        let value = cover * shade * color + (1 - cover) * behind(place)
        let noise = 0.06 * DrawnShape.triple(&stream)
        for channel in 0..<3 {
          let level = (255 * (value[channel] + noise[channel])).rounded()
          bytes[(channel * side + y) * side + x] = UInt8(min(255, max(0, level)))
        }
      }
    }
    return bytes
  }

  /// How far outside the shape a point is; negative inside.
  private func distance(_ u: Double, _ v: Double) -> Double {
    let radius = (u * u + v * v).squareRoot()
    switch shape {
    case 0: return radius - 0.85
    case 1: return max(abs(u), abs(v)) - 0.75
    case 2: return max(v - 0.6, abs(u) * 0.866 - v * 0.5 - 0.4)
    case 3: return abs(radius - 0.65) - 0.22
    default: return min(max(abs(u) - 0.26, abs(v) - 0.9), max(abs(v) - 0.26, abs(u) - 0.9))
    }
  }

  private func isDark(_ u: Double, _ v: Double) -> Bool {
    func phased(_ t: Double, _ phase: Double) -> Double { t / 0.5 + phase - (t / 0.5 + phase).rounded(.down) }
    let (s, t) = (phased(u, phase.x), phased(v, phase.y))
    switch texture {
    case 0: return false
    case 1: return s < 0.5
    case 2: return (s < 0.5) != (t < 0.5)
    default: return (s - 0.5) * (s - 0.5) + (t - 0.5) * (t - 0.5) < 0.08
    }
  }

  private func behind(_ place: SIMD2<Double>) -> SIMD3<Double> {
    let (right, down) = ((place.x + 1) / 2, (place.y + 1) / 2)
    let top = (1 - right) * background[0] + right * background[1]
    let bottom = (1 - right) * background[2] + right * background[3]
    return (1 - down) * top + down * bottom
  }
}
