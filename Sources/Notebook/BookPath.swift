extension Chapter {
  /// A path that this chapter links to, relative to the chapters folder: in `init/what.md`, `../a%20b.md` is `a b.md`.
  ///
  /// A path that leaves the folder keeps its leading `..`.
  public func bookPath(_ path: String) -> String {
    let folder = self.path.split(separator: "/").dropLast()
    return normalized(folder + percentDecoded(path).split(separator: "/"))
  }
}

/// A path without `.` and, where possible, without `..`.
func normalized(_ components: some Sequence<Substring>) -> String {
  var path: [Substring] = []
  for component in components where component != "." {
    if component == "..", let last = path.last, last != ".." { path.removeLast() } else { path.append(component) }
  }
  return path.joined(separator: "/")
}

/// A path with `%20` and the like as the characters that they stand for.
func percentDecoded(_ path: String) -> String {
  let bytes = Array(path.utf8)
  var output: [UInt8] = []
  var index = 0
  while index < bytes.count {
    if bytes[index] == UInt8(ascii: "%"), index + 2 < bytes.count,
      let high = Character(Unicode.Scalar(bytes[index + 1])).hexDigitValue,
      let low = Character(Unicode.Scalar(bytes[index + 2])).hexDigitValue
    {
      output.append(UInt8(high * 16 + low))
      index += 3
    } else {
      output.append(bytes[index])
      index += 1
    }
  }
  return String(decoding: output, as: UTF8.self)
}
