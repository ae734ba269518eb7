/// The nearest valid spelling of a word, for "did you mean".
///
/// Distance is Damerau-Levenshtein with adjacent transpositions (optimal string alignment); a candidate counts when
/// it needs at most a third of the longer word's letters (at least one, at most three), or when one contains the
/// other's words.
public func nearestSpelling(of word: String, among candidates: some Sequence<String>) -> String? {
  var best: (distance: Int, name: String)?
  let typed = Array(word.lowercased())
  for name in candidates {
    let limit = min(3, max(1, max(typed.count, name.count) / 3))
    let distance = editDistance(typed, Array(name.lowercased()))
    if distance <= limit, distance < best?.distance ?? Int.max { best = (distance, name) }
  }
  if let best { return best.name }
  // "kaiming" for "kaiming-normal".
  return word.count < 3 ? nil : candidates.first { $0.hasPrefix(word) || word.hasPrefix($0 + "-") }
}

/// "did you mean ‘x’?", or the whole list when nothing is near and the list is short.
public func suggestion(for word: String, among candidates: [String]) -> [String] {
  if let near = nearestSpelling(of: word, among: candidates) { return ["did you mean ‘\(near)’?"] }
  guard !candidates.isEmpty else { return [] }
  return ["valid here: \(candidates.joined(separator: ", "))"]
}

private func editDistance(_ a: [Character], _ b: [Character]) -> Int {
  if a.isEmpty || b.isEmpty { return max(a.count, b.count) }
  var before = [Int](repeating: 0, count: b.count + 1)
  var above = Array(0...b.count)
  for i in 1...a.count {
    var row = [Int](repeating: i, count: b.count + 1)
    for j in 1...b.count {
      let substitution = above[j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1)
      row[j] = min(above[j] + 1, row[j - 1] + 1, substitution)
      if i > 1, j > 1, a[i - 1] == b[j - 2], a[i - 2] == b[j - 1] { row[j] = min(row[j], before[j - 2] + 1) }
    }
    (before, above) = (above, row)
  }
  return above[b.count]
}
