internal import CDuktape

/// A JavaScript engine (Duktape): runs a script, then calls its global functions with text and gets text back.
///
/// This file is the only one that speaks to Duktape and the only one in the module that touches raw memory. Everything
/// that may fail runs protected; the engine's memory is freed with the object. Text crosses as CESU-8, Duktape's own
/// form, so that positions count UTF-16 units as in any other JavaScript.
@safe final class JavaScript {
  private let context: OpaquePointer

  init() {
    guard let context = unsafe duk_create_heap(nil, nil, nil, nil, nil) else {
      fatalError("no memory for a JavaScript engine")
    }
    unsafe self.context = context
  }

  deinit { unsafe duk_destroy_heap(context) }

  /// Runs a script for what it defines.
  func run(_ script: String) throws(JavaScriptError) {
    let flags = UInt32(DUK_COMPILE_EVAL | DUK_COMPILE_SAFE | DUK_COMPILE_NOSOURCE | DUK_COMPILE_NOFILENAME)
    let bytes = cesu8(script)
    let status = unsafe bytes.withUnsafeBufferPointer { bytes in
      unsafe bytes.withMemoryRebound(to: CChar.self) { characters in
        unsafe duk_eval_raw(context, characters.baseAddress, duk_size_t(characters.count), flags)
      }
    }
    let result = popText()
    if status != 0 { throw JavaScriptError(message: result) }
  }

  /// Calls a global function with text arguments; its result as text.
  func call(_ function: String, _ arguments: String...) throws(JavaScriptError) -> String {
    var name = function
    name.withUTF8 { bytes in
      unsafe bytes.withMemoryRebound(to: CChar.self) { characters in
        _ = unsafe duk_get_global_lstring(context, characters.baseAddress, duk_size_t(characters.count))
      }
    }
    for argument in arguments { push(argument) }
    let status = unsafe duk_pcall(context, duk_idx_t(arguments.count))
    let result = popText()
    if status != 0 { throw JavaScriptError(message: result) }
    return result
  }

  private func push(_ text: String) {
    let bytes = cesu8(text)
    unsafe bytes.withUnsafeBufferPointer { bytes in
      unsafe bytes.withMemoryRebound(to: CChar.self) { characters in
        _ = unsafe duk_push_lstring(context, characters.baseAddress, duk_size_t(characters.count))
      }
    }
  }

  /// Takes the top of the stack as text; an object (an error, say) is converted as JavaScript would.
  private func popText() -> String {
    var count: duk_size_t = 0
    defer { unsafe duk_pop(context) }
    guard let characters = unsafe duk_safe_to_lstring(context, -1, &count) else { return "" }
    let bytes = unsafe UnsafeRawBufferPointer(start: characters, count: Int(count))
    return unsafe text(cesu8: bytes.map { $0 })
  }
}

/// What JavaScript threw, as text.
struct JavaScriptError: Error {
  var message: String
}

/// UTF-16 units, each encoded by itself as UTF-8 would: a character beyond the first plane takes two groups of three.
private func cesu8(_ text: String) -> [UInt8] {
  var bytes: [UInt8] = []
  bytes.reserveCapacity(text.utf8.count)
  for unit in text.utf16 {
    switch unit {
    case 0..<0x80:
      bytes.append(UInt8(unit))
    case 0x80..<0x800:
      bytes.append(UInt8(0xC0 | unit >> 6))
      bytes.append(UInt8(0x80 | unit & 0x3F))
    default:
      bytes.append(UInt8(0xE0 | unit >> 12))
      bytes.append(UInt8(0x80 | unit >> 6 & 0x3F))
      bytes.append(UInt8(0x80 | unit & 0x3F))
    }
  }
  return bytes
}

private func text(cesu8 bytes: [UInt8]) -> String {
  var units: [UInt16] = []
  units.reserveCapacity(bytes.count)
  var index = 0
  func byte(_ offset: Int) -> UInt16 { index + offset < bytes.count ? UInt16(bytes[index + offset]) : 0 }
  while index < bytes.count {
    switch bytes[index] {
    case 0..<0x80:
      units.append(byte(0))
      index += 1
    case 0x80..<0xE0:
      units.append((byte(0) & 0x1F) << 6 | byte(1) & 0x3F)
      index += 2
    default:
      units.append((byte(0) & 0x0F) << 12 | (byte(1) & 0x3F) << 6 | byte(2) & 0x3F)
      index += 3
    }
  }
  return String(decoding: units, as: UTF16.self)
}
