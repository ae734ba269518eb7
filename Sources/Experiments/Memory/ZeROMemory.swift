/// Bytes on each of N devices that train one model together with mixed-precision Adam, each part of the state either
/// copied to every device or cut into N. Rajbhandari et al. 2020 (ZeRO), arXiv:1910.02054.
///
/// A parameter takes 2 bytes, its gradient 2, and Adam 12: a Float copy and two moments.
public struct ZeROMemory: Sendable, Hashable {
  /// 0 cuts nothing, 1 the optimizer's state, 2 gradients too, 3 parameters too.
  public var stage: Int
  public var devices: Int
  /// Bytes on one device.
  public var parameters: Double
  public var gradients: Double
  public var state: Double

  public var total: Double { parameters + gradients + state }

  public init(parameterCount: Int, stage: Int, devices: Int) {
    self.stage = stage
    self.devices = devices
    func share(_ bytes: Int, from first: Int) -> Double {
      Double(bytes) * Double(parameterCount) / (stage >= first ? Double(devices) : 1)
    }
    parameters = share(2, from: 3)
    gradients = share(2, from: 2)
    state = share(12, from: 1)
  }
}
