public import Diagnostics

/// What is wrong with a data file, or with asking for it.
public struct DataError: Error, Hashable, Sendable {
  /// As the author named it, or absolute; `nil` when no file is at fault.
  public var file: String?
  /// The line of a text file, from 1.
  public var line: Int?
  public var message: String
  public var hints: [String]

  public init(_ message: String, file: String? = nil, line: Int? = nil, hints: [String] = []) {
    self.file = file
    self.line = line
    self.message = message
    self.hints = hints
  }

  /// As a diagnostic at the place in a chapter that asks for the data; the message says where in the data it is.
  public func diagnostic(at place: Place?) -> Diagnostic {
    let position = [file, line.map(String.init)].compactMap(\.self).joined(separator: ":")
    return Diagnostic(at: place, position.isEmpty ? message : "\(position): \(message)", hints: hints)
  }
}
