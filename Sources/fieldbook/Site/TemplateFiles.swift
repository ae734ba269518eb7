import Diagnostics
import Foundation
import Pages

/// What every page is made of: the book's own templates, and the shipped ones where it has none of that name.
struct TemplateFiles {
  var templates: Templates?
  /// Style sheets and scripts: name and path, copied as they are.
  var assets: [(name: String, path: String)] = []
  /// The texts that messages may quote.
  var sources: [String: String] = [:]
  var diagnostics: [Diagnostic] = []

  init(of book: String, environment: [String: String] = ProcessInfo.processInfo.environment) throws(Failure) {
    let folders = ["\(book)/templates"] + shippedTemplates(environment)
    var paths: [String: String] = [:]
    for folder in folders {
      for name in (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? [] where name.first != "." {
        if paths[name] == nil, isFolder("\(folder)/\(name)") == false { paths[name] = "\(folder)/\(name)" }
      }
    }
    guard paths["page.mustache"] != nil else { throw .inputOutput(noTemplates(folders)) }
    var texts: [String: String] = [:]
    for (name, path) in paths.sorted(by: { $0.key < $1.key }) {
      guard name.hasSuffix(".mustache") else {
        assets.append((name, path))
        continue
      }
      guard let data = FileManager.default.contents(atPath: path) else {
        throw .inputOutput("‘\(path)’ cannot be read")
      }
      texts[String(name.dropLast(".mustache".count))] = String(decoding: data, as: UTF8.self)
    }
    for (name, text) in texts { sources["templates/\(name).mustache"] = text }
    do {
      templates = try Templates(texts)
    } catch {
      diagnostics = error.diagnostics
    }
  }
}

/// Where the templates that come with Fieldbook may be: named in the environment, or in a folder above the program.
private func shippedTemplates(_ environment: [String: String]) -> [String] {
  if let folder = environment["FIELDBOOK_TEMPLATES"] { return [folder] }
  var folder = URL(fileURLWithPath: "/proc/self/exe").resolvingSymlinksInPath().deletingLastPathComponent()
  var folders: [String] = []
  while folder.path.count > 1 {
    folders.append(folder.path + "/templates")
    folders.append(folder.path + "/share/fieldbook/templates")
    folder.deleteLastPathComponent()
  }
  return folders.filter { FileManager.default.fileExists(atPath: $0 + "/page.mustache") }.prefix(1).map { $0 }
}

private func noTemplates(_ folders: [String]) -> String {
  "there are no page templates in \(folders.joined(separator: " or ")); set FIELDBOOK_TEMPLATES to their folder"
}
