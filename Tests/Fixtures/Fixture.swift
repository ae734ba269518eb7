import Foundation

/// Reads `Fixtures/<name>.json` beside the test file that asks: reference numbers from other libraries, made by
/// `scripts/fixtures/<name>.py`.
///
/// Keys are kebab-case in the file and camelCase in Swift (`first-labels` is `firstLabels`); the keys of a
/// `[String: Value]` stay as they are. `"inf"`, `"-inf"` and `"nan"` are numbers.
public func fixture<Content: Decodable>(
  _ name: String, as type: Content.Type = Content.self, beside file: String = #filePath
) throws -> Content {
  let decoder = JSONDecoder()
  decoder.nonConformingFloatDecodingStrategy = .convertFromString(
    positiveInfinity: "inf", negativeInfinity: "-inf", nan: "nan")
  decoder.keyDecodingStrategy = .custom { path in FixtureKey(camelCase(path.last?.stringValue ?? "")) }
  let folder = URL(fileURLWithPath: file).deletingLastPathComponent()
  return try decoder.decode(type, from: Data(contentsOf: folder.appendingPathComponent("Fixtures/\(name).json")))
}

private struct FixtureKey: CodingKey {
  var stringValue: String
  var intValue: Int? { nil }

  init(_ text: String) { stringValue = text }
  init?(stringValue: String) { self.stringValue = stringValue }
  init?(intValue: Int) { nil }
}

private func camelCase(_ name: String) -> String {
  let words = name.split(separator: "-")
  return words.prefix(1).joined() + words.dropFirst().map { $0.prefix(1).uppercased() + $0.dropFirst() }.joined()
}
