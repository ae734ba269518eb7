/// Diagnostics as text for a terminal: `file:line:column: error: message`, the source line, a caret, the hints.
///
/// - Parameters:
///   - sources: the text of each file that a place may name; a file that is missing here is printed without its line.
public func report(_ diagnostics: [Diagnostic], sources: [String: String]) -> String {
  var lines: [String: [Substring]] = [:]
  for (file, text) in sources { lines[file] = text.split(omittingEmptySubsequences: false) { $0.isNewline } }
  var output = ""
  for diagnostic in inReadingOrder(diagnostics) {
    if let place = diagnostic.place {
      output += "\(place.file):\(place.line):\(place.column): \(diagnostic.severity.rawValue): \(diagnostic.message)\n"
      if let text = lines[place.file], text.indices.contains(place.line - 1) {
        let (line, column) = excerpt(text[place.line - 1], around: place.column)
        // Tabs stay tabs so that the caret stands under its column whatever their width.
        let margin = line.prefix(max(0, column - 1)).map { $0 == "\t" ? "\t" : " " }.joined()
        output += "    \(line)\n    \(margin)^\n"
      }
    } else {
      output += "\(diagnostic.severity.rawValue): \(diagnostic.message)\n"
    }
    for hint in diagnostic.hints { output += "    \(hint)\n" }
  }
  return output
}

/// As much of a line as a reader needs around a column, and the column's place in that.
private func excerpt(_ line: Substring, around column: Int) -> (line: String, column: Int) {
  let most = 160
  if line.dropFirst(most).isEmpty { return (String(line), column) }
  let start = max(0, column - 1 - most / 2)
  let part = line.dropFirst(start).prefix(most)
  let before = start > 0 ? "…" : ""
  return (before + part + (part.endIndex < line.endIndex ? "…" : ""), column - start + before.count)
}

/// Each message once, by place; those without a place come first.
private func inReadingOrder(_ diagnostics: [Diagnostic]) -> [Diagnostic] {
  var seen: Set<Diagnostic> = []
  return diagnostics.filter { seen.insert($0).inserted }.enumerated().sorted { a, b in
    switch (a.element.place, b.element.place) {
    case (nil, nil): a.offset < b.offset
    case (nil, _): true
    case (_, nil): false
    case (let p?, let q?): (p, a.offset) < (q, b.offset)
    }
  }.map(\.element)
}
