import Diagnostics
import Experiments
import Foundation

/// The bytes that runs may hold together: 70 % of what this machine, or its control group, has.
public let usableMemory: Int = {
  var bytes = Int(clamping: ProcessInfo.processInfo.physicalMemory)
  for path in ["/sys/fs/cgroup/memory.max", "/sys/fs/cgroup/memory/memory.limit_in_bytes"] {
    if let text = try? String(contentsOfFile: path, encoding: .utf8),
      let limit = Int(text.trimmingCharacters(in: .whitespacesAndNewlines))
    {
      bytes = min(bytes, limit)
    }
  }
  return bytes / 10 * 7
}()

extension PlannedRun {
  /// Why this run may not start, in words; `nil` when it may.
  func refusal(usable: Int) -> Diagnostic? {
    let bytes = Double(experiment.memory)
    if let limit = memoryLimit, bytes > limit.amount {
      return Diagnostic(at: limit.place, overItsLimit(name, bytes, limit.amount), hints: [smaller])
    }
    if experiment.memory > usable {
      return Diagnostic(at: place, overAllMemory(name, bytes, Double(usable)), hints: [smaller])
    }
    return nil
  }
}

private let smaller = "a smaller model, batch or grid needs less"
private func overItsLimit(_ name: String, _ bytes: Double, _ limit: Double) -> String {
  "‘\(name)’ needs about \(inWords(bytes: bytes)) of memory, more than the \(inWords(bytes: limit)) it is allowed here"
}
private func overAllMemory(_ name: String, _ bytes: Double, _ usable: Double) -> String {
  "‘\(name)’ needs about \(inWords(bytes: bytes)) of memory, but runs may use \(inWords(bytes: usable)) on this machine"
}
