/// Replaces the five characters that mean something to HTML and XML.
public func escaped(_ text: String) -> String {
  var output = ""
  output.reserveCapacity(text.utf8.count)
  for character in text.unicodeScalars {
    switch character {
    case "&": output += "&amp;"
    case "<": output += "&lt;"
    case ">": output += "&gt;"
    case "\"": output += "&quot;"
    case "'": output += "&#39;"
    default: output.unicodeScalars.append(character)
    }
  }
  return output
}

extension Node {
  /// The document as text: HTML5 for HTML elements, self-closing tags for empty SVG shapes.
  public func rendered() -> String {
    var output = ""
    render(into: &output)
    return output
  }

  private func render(into output: inout String) {
    switch self {
    case .text(let text): output += escaped(text)
    case .raw(let markup): output += markup
    case .fragment(let nodes): for node in nodes { node.render(into: &output) }
    case .element(let name, let attributes, let children):
      output += "<\(name)"
      for attribute in attributes {
        output += " \(attribute.name)"
        if let value = attribute.value { output += "=\"\(escaped(value))\"" }
      }
      if children.isEmpty, voidElements.contains(name) {
        output += ">"
      } else if children.isEmpty, selfClosingShapes.contains(name) {
        output += "/>"
      } else {
        output += ">"
        for child in children { child.render(into: &output) }
        output += "</\(name)>"
      }
    }
  }
}

private let voidElements: Set = ["br", "hr", "img", "input", "link", "meta", "wbr", "col", "source"]
private let selfClosingShapes: Set = [
  "path", "line", "rect", "circle", "ellipse", "polyline", "polygon", "use", "stop", "image",
]
