import Foundation

/// How far each run is; tells a display about it.
final class Board: @unchecked Sendable {
  private let lock = NSLock()
  private var state: ProgressState
  private var news: [ProgressNews] = []
  private var stopped = false
  private let display: any ProgressDisplay
  private let start = ProcessInfo.processInfo.systemUptime

  init(names: [String], expected: [Double?], workers: Int, display: any ProgressDisplay) {
    self.display = display
    state = ProgressState(
      runs: zip(names, expected).map { ProgressState.Run(name: $0, expected: $1) }, workers: workers)
  }

  func start(_ run: Int) { lock.withLock { state.runs[run].started = elapsed } }
  func advance(_ run: Int, to fraction: Double) {
    lock.withLock { state.runs[run].fraction = min(1, max(0, fraction)) }
  }
  func finish(_ run: Int, seconds: Double) {
    lock.withLock {
      state.runs[run].isOver = true
      state.finished += 1
      news.append(
        ProgressNews(name: state.runs[run].name, seconds: seconds, number: state.finished, of: state.runs.count))
    }
  }
  func fail(_ run: Int) { lock.withLock { state.runs[run].isOver = true } }

  /// Asks all runs to stop.
  func stop() { lock.withLock { stopped = true } }
  var isStopped: Bool { lock.withLock { stopped } }

  func draw() {
    let (state, news) = lock.withLock {
      defer { self.news = [] }
      self.state.elapsed = elapsed
      return (self.state, self.news)
    }
    display.draw(state, news: news)
  }

  func end() { display.end() }

  private var elapsed: Double { ProcessInfo.processInfo.systemUptime - start }
}
