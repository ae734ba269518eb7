import Diagnostics
import Specs

extension Values {
  /// These options with the value at a dotted path (`optimizer.sgd.lr`) replaced, read as what the option may be.
  ///
  /// - Parameter keyPlace: where the path stands, for what is wrong with it.
  /// - Returns: `nil` after saying what is wrong.
  func changing(
    _ path: String, at keyPlace: Place, to value: Spec, in options: [Option], _ diagnostics: inout [Diagnostic]
  ) -> Values? {
    change(path.split(separator: ".").map(String.init)[...], path, keyPlace, value, options, &diagnostics)
  }

  private func change(
    _ steps: ArraySlice<String>, _ path: String, _ keyPlace: Place, _ value: Spec, _ options: [Option],
    _ diagnostics: inout [Diagnostic]
  ) -> Values? {
    guard let step = steps.first, let option = options.first(where: { $0.name == step }) else {
      let hints = suggestion(for: steps.first ?? "", among: options.map(\.name))
      diagnostics.append(Diagnostic(at: keyPlace, noOption(path, steps.first ?? ""), hints: hints))
      return nil
    }
    var changed = self
    let rest = steps.dropFirst()
    if rest.isEmpty {
      guard let resolved = value.resolve(as: option.type, into: &diagnostics) else { return nil }
      changed.all[step] = resolved
      return changed
    }
    switch (option.type, self[step]?.value) {
    case (.options(let inner), .options(let values)?):
      guard let next = values.change(rest, path, keyPlace, value, inner, &diagnostics) else { return nil }
      changed.all[step] = Resolved(.options(next), at: place(step))
      return changed
    case (.entry(let catalog), .entry(var selection)?):
      guard rest.first == selection.name, let entry = catalog[selection.name] else {
        diagnostics.append(Diagnostic(at: keyPlace, notChosen(path, step, selection.name)))
        return nil
      }
      guard let next = selection.values.change(rest.dropFirst(), path, keyPlace, value, entry.options, &diagnostics)
      else { return nil }
      selection.values = next
      changed.all[step] = Resolved(.entry(selection), at: place(step))
      return changed
    default:
      diagnostics.append(Diagnostic(at: keyPlace, noOption(path, rest.first!)))
      return nil
    }
  }
}

private func noOption(_ path: String, _ step: String) -> String {
  "‘\(path)’ leads nowhere: there is no option ‘\(step)’"
}
private func notChosen(_ path: String, _ option: String, _ name: String) -> String {
  "‘\(path)’ leads nowhere: the \(option) here is ‘\(name)’"
}
