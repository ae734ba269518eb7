/// A message about what an author wrote: where, what is wrong, and what would be right.
///
/// An error stops the build before anything runs; a warning and a note do not.
public struct Diagnostic: Hashable, Sendable {
  public enum Severity: String, Sendable { case error, warning, note }

  public var severity: Severity
  /// Where the mistake is; `nil` when it belongs to no file (a full disk, a missing folder).
  public var place: Place?
  public var message: String
  /// What would be right, one line each: printed below the source line.
  public var hints: [String]

  public init(_ severity: Severity = .error, at place: Place?, _ message: String, hints: [String] = []) {
    self.severity = severity
    self.place = place
    self.message = message
    self.hints = hints
  }
}

/// Diagnostics as a thrown error, for code that cannot go on after the first.
public struct DiagnosticError: Error, Sendable {
  public var diagnostics: [Diagnostic]

  public init(_ diagnostics: [Diagnostic]) { self.diagnostics = diagnostics }
  public init(at place: Place?, _ message: String, hints: [String] = []) {
    self.diagnostics = [Diagnostic(at: place, message, hints: hints)]
  }
}

extension [Diagnostic] {
  /// Whether any of these stops the build.
  public var hasErrors: Bool { contains { $0.severity == .error } }
}
