import ArgumentParser
import Diagnostics
import Runs
import Specs
import Tables

struct ShowCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "show", abstract: "Print a table of stored results.",
    discussion: """
      EXAMPLES:
        fieldbook show init-study
        fieldbook show init-study.epochs
        fieldbook show 'init-study.epochs[init=lecun, seed=1]' --csv
      """)

  @Argument(help: "An experiment's id, with a table and conditions if wanted: ID[.TABLE][[AXIS=VALUE]].")
  var reference: String
  @Flag(help: "Print CSV with all digits.")
  var csv = false
  @OptionGroup var book: BookOption
  @OptionGroup var profile: ProfileOption

  func run() throws {
    try reporting { console throws(Failure) in
      let book = try CheckedExperiments(at: book.folder, kinds: allKinds, profile: profile.name, console: console)
      console.output(try book.show(reference, csv: csv, console: console))
    }
  }
}

extension CheckedExperiments {
  /// A table as text for the terminal, or as CSV.
  func show(_ text: String, csv: Bool, console: Console) throws(Failure) -> String {
    let table = try table(named: text, console: console)
    return csv ? table.csv() : terminalText(table)
  }

  /// The table that a reference names, as far as it is stored.
  func table(named text: String, console: Console) throws(Failure) -> Table {
    let reference = try parsed(text)
    if let moment = reference.isEveryEpoch ? "epochs" : reference.moment?.name {
      throw .diagnostics([Diagnostic(at: nil, noMoment(moment))])
    }
    try require(reference.id, console: console)
    let tables = plan.announced(reference.id)!
    if let part = reference.part, !tables.contains(where: { $0.name == part }) {
      throw .diagnostics([
        Diagnostic(at: nil, noTable(reference.id, part), hints: suggestion(for: part, among: tables.map(\.name)))
      ])
    }
    let problems = plan[reference.id]!.check(reference, columnsOf: reference.part ?? "runs")
    if !problems.isEmpty { throw .diagnostics(problems.map(withoutPlace)) }
    let results = Results(plan, store: store)
    guard let table = results.table(for: reference) else {
      throw .diagnostics([
        Diagnostic(
          at: nil, noTable(reference.id, "runs"), hints: ["it has: \(tables.map(\.name).joined(separator: ", "))"])
      ])
    }
    let missing = results.missing(reference.id)
    if missing > 0 { console.note(incomplete(missing, plan[reference.id]!.runs.count, reference.id)) }
    return table
  }

  /// A reference on the command line.
  func parsed(_ text: String) throws(Failure) -> Reference {
    switch Reference.parse(text, at: Place(file: "the command line", line: 1, column: 1)) {
    case .success(let reference): return reference
    case .failure(let error): throw .diagnostics(error.diagnostics.map(withoutPlace))
    }
  }
}

func withoutPlace(_ diagnostic: Diagnostic) -> Diagnostic {
  Diagnostic(diagnostic.severity, at: nil, diagnostic.message, hints: diagnostic.hints)
}

private func noMoment(_ moment: String) -> String { "‘@\(moment)’ names a checkpoint, which a table has not" }
private func noTable(_ id: String, _ table: String) -> String { "experiment ‘\(id)’ has no table ‘\(table)’" }
private func incomplete(_ missing: Int, _ all: Int, _ id: String) -> String {
  "\(missing) of \(all) runs are not stored; ‘fieldbook run \(id)’ runs them"
}
