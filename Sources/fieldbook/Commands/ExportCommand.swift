import ArgumentParser
import Diagnostics
import Experiments
import Foundation
import Runs
import Specs
import Tables

struct ExportCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "export", abstract: "Write stored parameters or a table of results to a file.",
    discussion: """
      The end of the file's name says what is written: .safetensors (parameters and buffers under their names) or .npy \
      (the whole parameter vector) of one run's checkpoint, .csv or .json of a table.

      EXAMPLES:
        fieldbook export 'init-study[init=lecun, seed=1]@end' lecun.safetensors
        fieldbook export init-study.epochs epochs.json
        fieldbook export init-study.epochs quick.csv --profile quick
      """)

  @Argument(help: "What to write: ID[[AXIS=VALUE]][@MOMENT] or ID[.TABLE][[AXIS=VALUE]].")
  var reference: String
  @Argument(help: "The file; one that is there is replaced.")
  var file: String
  @OptionGroup var book: BookOption
  @OptionGroup var profile: ProfileOption

  func run() throws {
    try reporting { console throws(Failure) in
      let book = try CheckedExperiments(at: book.folder, kinds: allKinds, profile: profile.name, console: console)
      try book.export(reference, to: file, console: console)
    }
  }
}

extension CheckedExperiments {
  /// Writes what a reference names to a file.
  func export(_ text: String, to path: String, console: Console) throws(Failure) {
    let ending = (path as NSString).pathExtension
    let data: Data
    switch ending {
    case "csv": data = Data(try table(named: text, console: console).csv().utf8)
    case "json": data = Data(try table(named: text, console: console).json().utf8)
    default:
      guard let format = ParameterFormat(rawValue: ending) else {
        throw .diagnostics([Diagnostic(at: nil, unknownEnding(path))])
      }
      let reference = try parsed(text)
      switch Results(plan, store: store).checkpoint(for: reference) {
      case .failure(let error): throw .diagnostics(error.diagnostics.map(withoutPlace))
      case .success(let found):
        guard let bytes = found.checkpoint.file(format, layouts: found.run.experiment.layouts) else {
          throw .diagnostics([Diagnostic(at: nil, noParameters(found.run.name))])
        }
        data = Data(bytes)
      }
    }
    do {
      try data.write(to: URL(fileURLWithPath: path), options: .atomic)
    } catch {
      throw .inputOutput("‘\(path)’ cannot be written: \(error.localizedDescription)")
    }
    console.note("wrote \(path)")
  }
}

private func unknownEnding(_ path: String) -> String {
  "‘\(path)’ should end in .safetensors or .npy (parameters), or in .csv or .json (a table)"
}
private func noParameters(_ run: String) -> String { "the checkpoint of \(run) holds no parameters of a model" }
