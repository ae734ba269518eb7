import Glibc

extension Benchmarks {
  /// Runs `body` once to warm up and then `repeats` times, and prints what it took: the median in seconds, median and
  /// least in microseconds a unit of the work, what `body` gave last, and the most memory this process held.
  static func measure(repeats: Int, units: Int, _ body: () -> Double) {
    _ = body()
    var check = 0.0
    let seconds = (0..<repeats).map { _ in
      let began = processorSeconds()
      check = body()
      return processorSeconds() - began
    }
    let median = seconds.sorted()[repeats / 2]
    let scale = 1e6 / Double(units)
    print(
      "{\"seconds\": \(median), \"us_per_unit\": \(median * scale), \"least\": \(seconds.min()! * scale), ",
      "\"loss\": \(check), \"peak_mb\": \(peakMegabytes())}", separator: "")
  }

  /// What this process has used of the processor: one thread's time, which neighbours on the machine stretch little.
  private static func processorSeconds() -> Double {
    var now = timespec()
    unsafe clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now)
    return Double(now.tv_sec) + Double(now.tv_nsec) * 1e-9
  }

  private static func peakMegabytes() -> Double {
    var usage = rusage()
    unsafe getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage)
    return Double(usage.ru_maxrss) / 1024
  }
}
