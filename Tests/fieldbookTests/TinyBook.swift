import Experiments
import Fixtures
import Foundation
import Runs
import Synchronization

@testable import fieldbook

/// A whole book in a temporary folder, and what the commands say about it.
final class TinyBook {
  let folder: String
  private let errors = Log()

  /// - Parameter chapters: their text by path; the table of contents lists them in this order.
  init(_ chapters: KeyValuePairs<String, String>, settings: String = "title: Tiny\n", summary: String? = nil) throws {
    folder = NSTemporaryDirectory() + "fieldbook-\(UUID().uuidString)"
    try write("book.yml", settings)
    try write("chapters/SUMMARY.md", summary ?? chapters.map { "- [\($0.key)](\($0.key))\n" }.joined())
    for (path, text) in chapters { try write("chapters/\(path)", text) }
    let shipped = URL(fileURLWithPath: #filePath).appendingPathComponent("../../../templates").standardizedFileURL.path
    try FileManager.default.createSymbolicLink(atPath: folder + "/templates", withDestinationPath: shipped)
  }

  deinit { try? FileManager.default.removeItem(atPath: folder) }

  func write(_ path: String, _ text: String) throws {
    let file = URL(fileURLWithPath: "\(folder)/\(path)")
    try FileManager.default.createDirectory(at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
    try text.write(to: file, atomically: true, encoding: .utf8)
  }

  func change(_ path: String, _ old: String, _ new: String) throws {
    let text = read(path) ?? ""
    precondition(text.contains(old))
    try write(path, text.replacing(old, with: new))
  }

  func read(_ path: String) -> String? { try? String(contentsOfFile: "\(folder)/\(path)", encoding: .utf8) }
  func exists(_ path: String) -> Bool { FileManager.default.fileExists(atPath: "\(folder)/\(path)") }

  /// Everything under a folder: path and bytes.
  func files(_ path: String) -> [String: Data] {
    var files: [String: Data] = [:]
    for case let name as String in FileManager.default.enumerator(atPath: "\(folder)/\(path)") ?? .init() {
      files[name] = FileManager.default.contents(atPath: "\(folder)/\(path)/\(name)")
    }
    return files
  }

  /// What was written on standard error since the last time it was asked.
  var said: String { errors.taken() }

  private(set) lazy var console = {
    let errors = errors
    return Console(output: { _ in }, error: { errors.add($0) }, display: PlainDisplay { errors.add($0) })
  }()

  /// Builds and returns the exit code.
  @discardableResult
  func build(
    to output: String = "site", profile: String = "full", workers: Int = 2, measurements: Bool = true,
    isInterrupted: @escaping () -> Bool = { false }
  ) -> Int32 {
    exitCode { console throws(Failure) in
      try buildBook(
        at: folder, output: "\(folder)/\(output)", kinds: kinds, profile: profile, workers: workers,
        measurements: measurements, console: console, isInterrupted: isInterrupted)
    }
  }

  func check() -> Int32 {
    exitCode { console throws(Failure) in try checkBook(at: folder, kinds: kinds, console: console) }
  }

  func experiments() throws -> CheckedExperiments { try CheckedExperiments(at: folder, kinds: kinds, console: console) }

  private func exitCode(_ body: (Console) throws(Failure) -> Void) -> Int32 {
    do throws(Failure) {
      try body(console)
      return 0
    } catch {
      if case .diagnostics(let diagnostics) = error { console.say(diagnostics) }
      if case .inputOutput(let message) = error { console.note(message) }
      return error.exitCode
    }
  }
}

/// Lines that any thread may add.
final class Log: Sendable {
  private let text = Mutex("")
  func add(_ more: String) { text.withLock { $0 += more } }
  func taken() -> String {
    text.withLock { text in
      defer { text = "" }
      return text
    }
  }
}

/// An experiment that takes no time.
let bowl = """
  ```experiment
  id: bowl
  kind: descend
  function: {quadratic: {matrix: [[2, 0], [0, 1]]}}
  start: [1, 1]
  steps: 5
  sweep:
    optimizer: [{sgd: {lr: 0.1}}, {adam: {lr: 0.1}}]
  ```

  """
