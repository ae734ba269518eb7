/// A number under which a work is found.
public enum Identifier: Sendable, Hashable {
  case doi(String)
  /// `1712.09913`, `math-ph/0609050`.
  case arXiv(String)
  case isbn(String)
  case url(String)

  /// As a list of references prints it.
  public var text: String {
    switch self {
    case .doi(let number): "doi:\(number)"
    case .arXiv(let number): "arXiv:\(number)"
    case .isbn(let number): "ISBN \(number)"
    case .url(let address): address
    }
  }

  /// Where it leads; an ISBN leads nowhere by itself.
  public var address: String? {
    switch self {
    case .doi(let number):
      "https://doi.org/" + percentEncoded(number.replacing("#", with: "%23").replacing("?", with: "%3F"))
    case .arXiv(let number): "https://arxiv.org/abs/\(number)"
    case .isbn: nil
    case .url(let address): percentEncoded(address)
    }
  }

  /// What is wrong with the number's form, and what would be right; `nil` if it is well formed.
  var mistake: (message: String, hint: String)? {
    switch self {
    case .doi(let number):
      isDOI(number) ? nil : ("‘\(number)’ is no DOI", "a DOI looks like 10.1103/PhysRevLett.98.150201")
    case .arXiv(let number):
      isArXiv(number)
        ? nil
        : ("‘\(number)’ is no number on arXiv", "it looks like 1712.09913, before April 2007 like math-ph/0609050")
    case .isbn(let number):
      isISBN(number) ? nil : ("‘\(number)’ is no ISBN", "it has 10 or 13 digits, of which the last checks the others")
    case .url(let address):
      address.hasPrefix("https://") || address.hasPrefix("http://")
        ? nil : ("‘\(address)’ is no address", "an address starts with https://")
    }
  }
}

/// `10.`, four to nine digits, a slash, and something without blanks.
private func isDOI(_ number: String) -> Bool {
  guard let slash = number.firstIndex(of: "/"), number.hasPrefix("10.") else { return false }
  let registrant = number[..<slash].dropFirst(3)
  let rest = number[slash...].dropFirst()
  return (4...9).contains(registrant.prefix { $0 != "." }.count)
    && registrant.utf8.allSatisfy { $0.isDigit || $0 == 0x2E }
    && !rest.isEmpty && !number.contains(where: \.isWhitespace)
}

/// `YYMM.NNNN` (until 2014) or `YYMM.NNNNN`, or an archive's name and `YYMMNNN` (until March 2007); a version may follow.
private func isArXiv(_ number: String) -> Bool {
  var number = number[...]
  if let version = number.lastIndex(of: "v"), let digits = Optional(number[version...].dropFirst()), !digits.isEmpty,
    digits.utf8.allSatisfy(\.isDigit)
  {
    number = number[..<version]
  }
  let parts = number.split(separator: number.contains("/") ? "/" : ".", omittingEmptySubsequences: false)
  guard parts.count == 2 else { return false }
  let (first, second) = (parts[0], parts[1])
  let dated = number.contains("/") ? second : first
  guard second.utf8.allSatisfy(\.isDigit), dated.utf8.prefix(4).allSatisfy(\.isDigit), dated.count >= 4,
    let month = Int(dated.dropFirst(2).prefix(2)), (1...12).contains(month), let date = Int(dated.prefix(4))
  else { return false }
  if number.contains("/") {
    return second.count == 7 && !first.isEmpty
      && first.utf8.allSatisfy { $0.isLetter || $0 == Byte.hyphen || $0 == 0x2E }
  }
  return first.count == 4 && date >= 704 && second.count == (date < 1501 ? 4 : 5)
}

/// Ten digits weighted 10, 9, … sum to a multiple of 11 (the last may be X, ten); thirteen weighted 1, 3, 1, … of 10.
private func isISBN(_ number: String) -> Bool {
  let characters = number.filter { $0 != "-" && $0 != " " }
  var digits = characters.compactMap { $0.isASCII ? $0.wholeNumberValue : nil }
  if characters.count == 10, characters.last == "X", digits.count == 9 { digits.append(10) }
  guard digits.count == characters.count else { return false }
  switch digits.count {
  case 10: return zip(digits, (1...10).reversed()).map(*).reduce(0, +) % 11 == 0
  case 13: return digits.enumerated().map { $1 * ($0 % 2 == 0 ? 1 : 3) }.reduce(0, +) % 10 == 0
  default: return false
  }
}
