import Experiments
import Foundation

/// Threads that take jobs, and lend a hand to whoever asks for many when there is no job for them.
///
/// Everything marked "under the lock" is called with the crew's lock held.
final class Crew: @unchecked Sendable {
  typealias Job = @Sendable () -> Void

  private let condition = NSCondition()
  private let workers: Int
  /// The next job, if one may start now; asked under the lock.
  private let next: () -> Job?
  private var loops: [Loop] = []
  private var idle = 0
  private var isOver = false
  private var working = 0

  init(workers: Int, next: @escaping () -> Job?) {
    self.workers = max(1, workers)
    self.next = next
  }

  /// Starts the threads and waits on the caller's until `isDone`, asked under the lock, says so.
  /// - Parameter tick: called under the lock after every job and at least ten times a second.
  func work(isDone: () -> Bool, tick: () -> Void) {
    condition.lock()
    working = workers
    for number in 0..<workers {
      let thread = Thread { self.serve() }
      thread.name = "worker \(number + 1)"
      // Deep recursion over large graphs is the engine's right.
      thread.stackSize = 16 << 20
      thread.start()
    }
    while !isDone() {
      tick()
      _ = condition.wait(until: Date(timeIntervalSinceNow: 0.1))
    }
    isOver = true
    condition.broadcast()
    while working > 0 { condition.wait() }
    tick()
    condition.unlock()
  }

  /// Runs `body` under the lock, then wakes everyone: something changed.
  func update<Result>(_ body: () -> Result) -> Result {
    condition.lock()
    defer {
      condition.broadcast()
      condition.unlock()
    }
    return body()
  }

  private func serve() {
    condition.lock()
    while !isOver {
      if let job = next() {
        condition.unlock()
        job()
        condition.lock()
        condition.broadcast()
      } else if let loop = loops.first(where: \.hasMore) {
        help(loop)
      } else {
        idle += 1
        condition.wait()
        idle -= 1
      }
    }
    working -= 1
    condition.broadcast()
    condition.unlock()
  }

  /// Does one turn of a loop; called under the lock.
  private func help(_ loop: Loop) {
    let index = loop.take()
    condition.unlock()
    loop.turn(index)
    condition.lock()
    loop.done += 1
    if loop.done == loop.count { condition.broadcast() }
  }

  /// The doors with this crew behind `parallel`: the caller works too, so a loop ends even when nobody is idle.
  func lend(to doors: Doors) -> Doors {
    doors.lending(workers: workers) { count, body in
      if count == 1 { return body(0) }
      withoutActuallyEscaping(body) { self.share(Loop(count: count, body: $0)) }
    }
  }

  private func share(_ loop: Loop) {
    condition.lock()
    loops.append(loop)
    if idle > 0 { condition.broadcast() }
    while loop.hasMore { help(loop) }
    loops.removeAll { $0 === loop }
    while loop.done < loop.count { condition.wait() }
    loop.end()
    condition.unlock()
  }
}

/// A body to be called once for every index; its counters are read and written under the crew's lock.
private final class Loop: @unchecked Sendable {
  let count: Int
  var done = 0
  private var taken = 0
  private var body: (@Sendable (Int) -> Void)?

  init(count: Int, body: @escaping @Sendable (Int) -> Void) {
    self.count = count
    self.body = body
  }

  var hasMore: Bool { taken < count }

  func take() -> Int {
    defer { taken += 1 }
    return taken
  }

  /// A function of its own, so that nothing holds the body once a turn is done.
  @inline(never) func turn(_ index: Int) { body?(index) }

  func end() { body = nil }
}
