import Charts
import Diagnostics
import Foundation
import Notebook
import Runs
import Specs
import Tables

/// The tables that views and numbers read: results of experiments, and files of the author's.
///
/// A table is read when it is first asked for, and once.
final class TableSources {
  private let folder: BookFolder
  /// What chapters may speak of.
  private let plan: Plan
  private let results: Results
  private var files: [String: Table] = [:]
  private var tables: [String: Table] = [:]

  init(_ experiments: CheckedExperiments) {
    folder = experiments.folder
    plan = experiments.written
    results = Results(experiments.plan, store: experiments.store)
  }

  /// The columns of a source; says what is wrong with it.
  func schema(_ source: Source, _ diagnostics: inout [Diagnostic]) -> TableSchema? {
    switch source.origin {
    case .file(let name):
      return file(name, source.place, &diagnostics)?.schema
    case .results(let id, let name):
      guard let experiment = plan[id] else {
        if !plan.broken.contains(id) {
          diagnostics.append(
            Diagnostic(
              at: source.place, "there is no experiment ‘\(id)’", hints: suggestion(for: id, among: plan.ids)))
        }
        return nil
      }
      guard let schema = experiment.tables.first(where: { $0.name == name }) else {
        diagnostics.append(
          Diagnostic(
            at: source.place, "experiment ‘\(id)’ has no table ‘\(name)’",
            hints: suggestion(for: name, among: experiment.tables.map(\.name))))
        return nil
      }
      diagnostics += experiment.checkValues(of: source.conditions)
      return schema
    }
  }

  /// The rows of a source that was checked.
  func table(_ source: Source) -> Table {
    switch source.origin {
    case .file(let name):
      var unheard: [Diagnostic] = []
      return file(name, source.place, &unheard) ?? Table(name, [])
    case .results(let id, let name):
      let key = "\(id).\(name)"
      if let table = tables[key] { return table }
      let table = results.table(of: id, named: name) ?? Table(name, [])
      tables[key] = table
      return table
    }
  }

  /// A CSV file, relative to the chapter that names it.
  private func file(_ name: String, _ place: Place, _ diagnostics: inout [Diagnostic]) -> Table? {
    let chapter = (place.file as NSString).deletingLastPathComponent
    let path = absolute(name, from: "\(folder.path)/\(chapter)")
    if let table = files[path] { return table }
    guard isFile(path), let data = FileManager.default.contents(atPath: path) else {
      diagnostics.append(Diagnostic(at: place, "there is no file ‘\(name)’ that can be read"))
      return nil
    }
    let read = AuthoredText(data, file: name)
    if let mistake = read.mistake {
      diagnostics.append(Diagnostic(at: place, notUTF8(name, line: mistake.place?.line ?? 1), hints: mistake.hints))
      return nil
    }
    do {
      let table = try Table(name, csv: read.text)
      files[path] = table
      return table
    } catch {
      diagnostics.append(Diagnostic(at: place, "‘\(name)’ cannot be read: line \(error.line): \(error.message)"))
      return nil
    }
  }
}

private func notUTF8(_ file: String, line: Int) -> String {
  "‘\(file)’ cannot be read: line \(line): this file is not UTF-8"
}
