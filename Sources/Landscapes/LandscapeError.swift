/// What is wrong with a survey that was asked for, in words for whoever asked; `hints` say what would be right.
public struct LandscapeError: Error, Hashable, Sendable, CustomStringConvertible {
  public var message: String
  public var hints: [String]

  public init(_ message: String, hints: [String] = []) {
    self.message = message
    self.hints = hints
  }

  public var description: String { ([message] + hints).joined(separator: "; ") }
}
