/// A finite magnitude as decimal digits: `0.d₁d₂d₃… × 10^point`.
///
/// The digits are the shortest that read back to the same number, so rounding them half up is what a reader who
/// sees the number would do: 0.125 becomes 0.13, and no locale or C library has a say.
struct DecimalDigits: Hashable {
  /// Most significant first, without leading zeros; empty for zero.
  var digits: [UInt8]
  /// The power of ten of the first digit, plus one.
  var point: Int

  /// - Precondition: `value` is finite; its sign is dropped.
  init(_ value: Double) {
    precondition(value.isFinite)
    var digits: [UInt8] = []
    var point: Int?
    var exponent = 0
    let parts = value.magnitude.description.split(separator: "e")
    if parts.count == 2 { exponent = Int(parts[1]) ?? 0 }
    for character in parts[0].utf8 {
      if character == UInt8(ascii: ".") { point = digits.count } else { digits.append(character - UInt8(ascii: "0")) }
    }
    self.digits = digits
    self.point = (point ?? digits.count) + exponent
    trim()
  }

  var isZero: Bool { digits.isEmpty }
  /// The exponent in scientific notation: 3 for 1234.
  var exponent: Int { isZero ? 0 : point - 1 }

  /// Times a power of ten.
  func shifted(by power: Int) -> DecimalDigits {
    var copy = self
    if !isZero { copy.point += power }
    return copy
  }

  /// The nearest number with so many digits after the decimal point (which may be negative), halves up.
  func rounded(decimals: Int) -> DecimalDigits { keeping(point + decimals) }

  /// The nearest number with so many significant digits, halves up.
  func rounded(significant count: Int) -> DecimalDigits { keeping(count) }

  private func keeping(_ count: Int) -> DecimalDigits {
    guard count < digits.count else { return self }
    var copy = self
    guard count >= 0 else {
      copy.digits = []
      copy.point = 0
      return copy
    }
    let up = digits[count] >= 5
    copy.digits = Array(digits[..<count])
    if up {
      var index = count - 1
      while index >= 0, copy.digits[index] == 9 {
        copy.digits[index] = 0
        index -= 1
      }
      if index >= 0 {
        copy.digits[index] += 1
      } else {
        copy.digits.insert(1, at: 0)
        copy.point += 1
      }
    }
    copy.trim()
    return copy
  }

  private mutating func trim() {
    let zeros = digits.prefix { $0 == 0 }.count
    digits.removeFirst(zeros)
    point -= zeros
    while digits.last == 0 { digits.removeLast() }
    if digits.isEmpty { point = 0 }
  }

  /// The digits in positional notation with exactly so many decimals, grouped from 10,000 on.
  func positional(decimals: Int) -> String {
    func digit(_ power: Int) -> Character {
      let index = point - 1 - power
      return digits.indices.contains(index) ? Character(Unicode.Scalar(digits[index] + UInt8(ascii: "0"))) : "0"
    }
    let highest = max(0, point - 1)
    var text = ""
    for power in stride(from: highest, through: 0, by: -1) {
      text.append(digit(power))
      if highest >= 4, power > 0, power % 3 == 0 { text += groupSeparator }
    }
    if decimals > 0 {
      text += "."
      for power in 1...decimals { text.append(digit(-power)) }
    }
    return text
  }
}

/// Between thousands, as in the prose of a book in English.
let groupSeparator = ","
