import Glibc

extension Benchmarks {
  /// Runs `body` once to warm up and then `repeats` times, and prints what it took: the median in seconds, median and
  /// least in microseconds a unit of the work, what `body` gave last, and the most memory this process held.
  /// - Parameter clock: of one thread's work the processor's time, which neighbours on the machine stretch little; of
  ///   several threads' the time on the wall.
  static func measure(
    repeats: Int, units: Int, clock: clockid_t = CLOCK_PROCESS_CPUTIME_ID, _ body: () -> Double
  ) {
    _ = body()
    var check = 0.0
    let times = (0..<repeats).map { _ in
      let began = seconds(clock)
      check = body()
      return seconds(clock) - began
    }
    let median = times.sorted()[repeats / 2]
    let scale = 1e6 / Double(units)
    print(
      "{\"seconds\": \(median), \"us_per_unit\": \(median * scale), \"least\": \(times.min()! * scale), ",
      "\"loss\": \(check), \"peak_mb\": \(peakMegabytes())}", separator: "")
  }

  private static func seconds(_ clock: clockid_t) -> Double {
    var now = timespec()
    unsafe clock_gettime(clock, &now)
    return Double(now.tv_sec) + Double(now.tv_nsec) * 1e-9
  }

  private static func peakMegabytes() -> Double {
    var usage = rusage()
    unsafe getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage)
    return Double(usage.ru_maxrss) / 1024
  }
}
