import Markup

/// A pixel coordinate: one decimal, no trailing zero.
func pixel(_ value: Double) -> String {
  guard value.isFinite else { return "0" }
  return decimal(Int((value * 10).rounded()))
}

/// Tenths as a decimal number.
private func decimal(_ tenths: Int) -> String {
  let sign = tenths < 0 ? "-" : ""
  let (whole, rest) = tenths.magnitude.quotientAndRemainder(dividingBy: 10)
  return rest == 0 ? "\(sign)\(whole)" : "\(sign)\(whole).\(rest)"
}

/// Path data for an open or closed polyline: a start, then steps in whole tenths of a pixel, so that nothing drifts.
func pathData(_ points: [Point], closed: Bool = false) -> String {
  let tenths = points.filter { $0.x.isFinite && $0.y.isFinite }.map {
    (x: Int(($0.x * 10).rounded()), y: Int(($0.y * 10).rounded()))
  }
  guard let first = tenths.first else { return "" }
  var data = "M\(decimal(first.x)) \(decimal(first.y))"
  var last = first
  var isEmpty = true
  for point in tenths.dropFirst() where point != last {
    let (dx, dy) = (decimal(point.x - last.x), decimal(point.y - last.y))
    data += (isEmpty ? "l" : dx.hasPrefix("-") ? "" : " ") + dx + (dy.hasPrefix("-") ? "" : " ") + dy
    isEmpty = false
    last = point
  }
  // A line without length is a dot under round caps.
  return data + (isEmpty ? "h0" : "") + (closed ? "Z" : "")
}

enum Anchor: String { case start, middle, end }

/// Text at a point. Its font and size come from the style sheet.
func svgText(
  _ text: String, x: Double, y: Double, anchor: Anchor = .start, classes: String, transform: String? = nil
) -> Node {
  svgText([.text(text)], x: x, y: y, anchor: anchor, classes: classes, transform: transform)
}

func svgText(
  _ content: [Node], x: Double, y: Double, anchor: Anchor = .start, classes: String, transform: String? = nil
) -> Node {
  var attributes = [
    Attribute("class", classes), Attribute("x", pixel(x)), Attribute("y", pixel(y)),
  ]
  if anchor != .start { attributes.append(Attribute("text-anchor", anchor.rawValue)) }
  if let transform { attributes.append(Attribute("transform", transform)) }
  return .element("text", attributes, content)
}

extension FormattedNumber {
  /// For SVG: the power of ten raised and smaller.
  var svg: [Node] {
    guard let exponent else { return [.text(text)] }
    let raised = String(text.prefix { !"⁰¹²³⁴⁵⁶⁷⁸⁹⁻".contains($0) })
    return [
      .text(raised), .tag("tspan", ["class": "chart-power", "dy": "-0.45em"], .text(signed(exponent))),
    ] + (suffix.isEmpty ? [] : [.tag("tspan", ["dy": "0.34em"], .text(suffix))])
  }

  var width: Double { textWidth(text) }
}

/// A marker: a circle, square, triangle or diamond by the style's variant.
func markerNode(
  _ point: Point, radius: Double, role: String, style: SeriesStyle, words: String? = nil
) -> Node {
  let told: [Node] = words.map { [.tag("title", [:], .text($0))] } ?? []
  let classes = "\(role) \(style.classes)"
  var attributes = [Attribute("class", classes)]
  if let inline = style.inlineStyle { attributes.append(Attribute("style", inline)) }
  let r = radius
  let (x, y) = (point.x, point.y)
  switch style.variant {
  case 0:
    attributes += [Attribute("cx", pixel(x)), Attribute("cy", pixel(y)), Attribute("r", pixel(r))]
    return .element("circle", attributes, told)
  case 1:
    attributes.append(
      Attribute("d", "M\(pixel(x - r)) \(pixel(y - r))h\(pixel(2 * r))v\(pixel(2 * r))h\(pixel(-2 * r))Z"))
  case 2:
    let s = r * 1.25
    attributes.append(
      Attribute(
        "d",
        pathData(
          [Point(x: x, y: y - s), Point(x: x + s, y: y + s * 0.8), Point(x: x - s, y: y + s * 0.8)], closed: true)))
  default:
    let s = r * 1.3
    attributes.append(
      Attribute(
        "d",
        pathData(
          [Point(x: x, y: y - s), Point(x: x + s, y: y), Point(x: x, y: y + s), Point(x: x - s, y: y)], closed: true)))
  }
  return .element("path", attributes, told)
}

/// The head of an arrow that comes from a point: a triangle with its tip, or its middle, at a place.
func arrowHead(at place: Point, from: Point, size: Double, isCentered: Bool = false) -> [Point]? {
  let (dx, dy) = (place.x - from.x, place.y - from.y)
  let length = (dx * dx + dy * dy).squareRoot()
  guard length > 0.05 else { return nil }
  let (ux, uy) = (dx / length, dy / length)
  let lead = isCentered ? size / 2 : 0
  let tip = Point(x: place.x + ux * lead, y: place.y + uy * lead)
  let (backX, backY) = (tip.x - ux * size, tip.y - uy * size)
  let half = size * 0.42
  return [tip, Point(x: backX - uy * half, y: backY + ux * half), Point(x: backX + uy * half, y: backY - ux * half)]
}

/// The cross of a run that left the numbers.
func crossNode(_ point: Point, style: SeriesStyle) -> Node {
  let (x, y, r) = (point.x, point.y, 4.5)
  let arms =
    "M\(pixel(x - r)) \(pixel(y - r))L\(pixel(x + r)) \(pixel(y + r))"
    + "M\(pixel(x - r)) \(pixel(y + r))L\(pixel(x + r)) \(pixel(y - r))"
  return .tag("path", ["class": "chart-cross \(style.classes.split(separator: " ")[0])", "d": arms])
}
