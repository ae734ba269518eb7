import Diagnostics
import Foundation

/// The text of an author's file.
struct AuthoredText {
  /// With U+FFFD where the bytes mean nothing.
  let text: String
  /// Where the bytes stop being text, if they do.
  let mistake: Diagnostic?

  /// - Parameter file: as messages name it.
  init(_ data: Data, file: String) {
    text = String(decoding: data, as: UTF8.self)
    // ASCII in UTF-16 is valid UTF-8 too, full of zeros.
    let isWide = data.prefix(2).contains(0) || data.starts(with: [0xFF, 0xFE]) || data.starts(with: [0xFE, 0xFF])
    guard isWide || String(validating: data, as: UTF8.self) == nil else {
      mistake = nil
      return
    }
    let place = isWide ? Place(file: file, line: 1, column: 1) : firstInvalid(data, file: file)
    mistake = Diagnostic(at: place, "this file is not UTF-8", hints: [isWide ? looksWide : saveAsUTF8])
  }
}

/// Where the first bytes stand that are not UTF-8.
private func firstInvalid(_ data: Data, file: String) -> Place {
  var decoder = UTF8()
  var bytes = data.makeIterator()
  var before = ""
  while case .scalarValue(let scalar) = decoder.decode(&bytes) { before.unicodeScalars.append(scalar) }
  let lines = before.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
  return Place(file: file, line: lines.count, column: lines[lines.count - 1].count + 1)
}

private let looksWide = "it looks like UTF-16: save it as UTF-8"
private let saveAsUTF8 = "these bytes are no character: save it as UTF-8"
