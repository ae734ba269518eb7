import Foundation

/// A site under construction: a folder beside the one it will replace, swapped in whole at the end.
struct SiteFolder {
  /// What tells a folder that Fieldbook made from any other.
  static let marker = ".fieldbook-site"

  /// Where the site will be.
  let target: String
  /// Where it is being built.
  let folder: String
  /// Whether to stop; asked before each file.
  let isInterrupted: () -> Bool

  /// Makes the folder to build in.
  /// - Throws: when `output` holds something that Fieldbook did not make, or nothing can be written beside it.
  init(_ output: String, isInterrupted: @escaping () -> Bool = { false }) throws(Failure) {
    self.isInterrupted = isInterrupted
    // A link to a folder stays a link.
    target = URL(fileURLWithPath: absolute(output)).resolvingSymlinksInPath().path
    try Self.refuseForeign(output)
    let parent = (target as NSString).deletingLastPathComponent
    let name = (target as NSString).lastPathComponent
    Self.removeLeftovers(parent, name)
    folder = "\(parent)/.\(name).building-\(ProcessInfo.processInfo.processIdentifier)"
    try writing(folder) { try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true) }
    do {
      try write(Data("Fieldbook made this folder and replaces it as a whole.\n".utf8), to: Self.marker)
    } catch {
      abandon()
      throw error
    }
  }

  /// Whether `output` may be replaced: said before anything runs.
  static func refuseForeign(_ output: String) throws(Failure) {
    let target = absolute(output)
    guard let isFolder = isFolder(target) else { return }
    guard isFolder else { throw .inputOutput("‘\(output)’ is a file, not a folder") }
    guard let names = try? FileManager.default.contentsOfDirectory(atPath: target) else {
      throw .inputOutput("‘\(output)’ cannot be read")
    }
    if !names.contains(marker), names.contains(where: { !kept.contains($0) }) {
      throw .inputOutput("‘\(output)’ is not empty and Fieldbook did not make it; name another folder or empty it")
    }
  }

  /// Files of the target that belong to the author's repository, not to the site.
  private static let kept = [".gitignore", ".gitkeep"]

  /// Writes a file, making the folders on its way.
  func write(_ data: Data, to path: String) throws(Failure) {
    if isInterrupted() { throw .interrupted }
    let file = "\(folder)/\(path)"
    try writing(file) {
      try FileManager.default.createDirectory(
        atPath: (file as NSString).deletingLastPathComponent, withIntermediateDirectories: true)
      try data.write(to: URL(fileURLWithPath: file))
    }
  }

  func write(_ text: String, to path: String) throws(Failure) { try write(Data(text.utf8), to: path) }

  /// Copies a file; `false` when it cannot be read.
  func copy(_ source: String, to path: String) throws(Failure) -> Bool {
    guard let data = FileManager.default.contents(atPath: source) else { return false }
    try write(data, to: path)
    return true
  }

  /// Puts the new site in the place of the old one.
  func finish() throws(Failure) {
    for name in Self.kept {
      if let data = FileManager.default.contents(atPath: "\(target)/\(name)") { try write(data, to: name) }
    }
    guard FileManager.default.fileExists(atPath: target) else {
      if move(folder, to: target) { return }
      throw .inputOutput("‘\(target)’ cannot be written: \(systemMessage)")
    }
    if !exchange(folder, target) {
      // Without an exchange there is a moment in which only the old site's other name exists.
      let old = folder + ".old"
      guard move(target, to: old) else { throw .inputOutput("‘\(target)’ cannot be replaced: \(systemMessage)") }
      guard move(folder, to: target) else {
        let message = systemMessage
        _ = move(old, to: target)
        throw .inputOutput("‘\(target)’ cannot be replaced: \(message)")
      }
      try? FileManager.default.removeItem(atPath: old)
    }
    abandon()
  }

  /// Removes what was built; the old site stays.
  func abandon() { try? FileManager.default.removeItem(atPath: folder) }

  /// Removes what killed builds left beside the target.
  private static func removeLeftovers(_ parent: String, _ name: String) {
    for other in (try? FileManager.default.contentsOfDirectory(atPath: parent)) ?? [] {
      guard other.hasPrefix(".\(name).building-") else { continue }
      let process = other.dropFirst(".\(name).building-".count).prefix(while: \.isNumber)
      if !FileManager.default.fileExists(atPath: "/proc/\(process)") {
        try? FileManager.default.removeItem(atPath: "\(parent)/\(other)")
      }
    }
  }
}

private func writing(_ path: String, _ body: () throws -> Void) throws(Failure) {
  do {
    try body()
  } catch {
    throw .inputOutput("‘\(path)’ cannot be written: \(reason(error))")
  }
}

/// What the system said, without Foundation's wrapping.
private func reason(_ error: any Error) -> String {
  let underlying = (error as NSError).userInfo[NSUnderlyingErrorKey] as? NSError
  return underlying.map { NSError(domain: $0.domain, code: $0.code).localizedDescription } ?? error.localizedDescription
}
