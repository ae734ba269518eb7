import ArgumentParser
import Diagnostics
import Foundation
import Runs
import Synchronization

/// Where a command speaks: results on standard output, everything else on standard error. Tests listen instead.
final class Console: Sendable {
  let output: @Sendable (String) -> Void
  let error: @Sendable (String) -> Void
  let display: any ProgressDisplay
  private let texts = Mutex<[String: String]>([:])

  init(
    output: @escaping @Sendable (String) -> Void, error: @escaping @Sendable (String) -> Void,
    display: any ProgressDisplay
  ) {
    self.output = output
    self.error = error
    self.display = display
  }

  /// The terminal, or a log.
  static func standard() -> Console {
    let error: @Sendable (String) -> Void = { FileHandle.standardError.write(Data($0.utf8)) }
    return Console(
      output: { FileHandle.standardOutput.write(Data($0.utf8)) }, error: error,
      display: isTerminal ? BarDisplay(width: terminalWidth, write: error) : PlainDisplay(write: error))
  }

  /// Remembers the text of files, so that messages can quote them.
  func know(_ sources: [String: String]) { texts.withLock { $0.merge(sources) { _, new in new } } }

  func note(_ text: String) { error(text + "\n") }

  func say(_ diagnostics: [Diagnostic]) {
    if !diagnostics.isEmpty { error(report(diagnostics, sources: texts.withLock { $0 })) }
  }
}

/// Why a command ends early.
enum Failure: Error {
  /// Something is wrong with the book.
  case diagnostics([Diagnostic])
  /// Something could not be read or written.
  case inputOutput(String)
  /// Ctrl-C.
  case interrupted

  var exitCode: Int32 {
    switch self {
    case .diagnostics: 1
    case .inputOutput: 2
    case .interrupted: 130
    }
  }
}

/// Runs a command's body; what goes wrong is said, and becomes the exit code.
func reporting(_ console: Console = .standard(), _ body: (Console) throws(Failure) -> Void) throws {
  do throws(Failure) {
    try body(console)
  } catch {
    switch error {
    case .diagnostics(let diagnostics): console.say(diagnostics)
    case .inputOutput(let message): console.note("error: \(message)")
    case .interrupted: console.note("interrupted; finished runs are stored")
    }
    throw ExitCode(error.exitCode)
  }
}
