/// About how wide a text is, in units of the font size × 1000.
///
/// Widths are those of Helvetica's common letters, plus an eighth: the page's font is not known here, and a label that
/// is thought too wide costs a few pixels where one that is thought too narrow is cut off.
func textWidth(_ text: String, size: Double = fontSize) -> Double {
  text.unicodeScalars.reduce(0) { $0 + width(of: $1) } * size / 1000 * 1.12
}

/// The size of all text in figures: that of captions.
let fontSize = 13.0
let lineHeight = 16.0

private func width(of scalar: Unicode.Scalar) -> Double {
  switch scalar {
  case "i", "j", "l", "'", "|", ".", ",", ":", ";", "!", "I": 278
  case "f", "t", "r", "(", ")", "[", "]", "/", "-", " ", "\u{00A0}": 335
  case "\u{2009}", "\u{202F}": 200
  case "m", "w", "M", "W", "%", "@": 890
  case "A"..."Z": 700
  case "⁰", "¹", "²", "³", "⁴", "⁵", "⁶", "⁷", "⁸", "⁹", "⁻": 370
  case "a"..."z", "0"..."9": 556
  case "\u{2212}", "×", "=", "+", "<", ">", "~": 584
  case _ where scalar.value >= 0x1100: 1000
  default: 600
  }
}
