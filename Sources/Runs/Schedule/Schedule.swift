import Diagnostics
import Experiments
import Foundation

/// Runs in flight: which may start, in which order, and what came of them.
///
/// The order decides how long a build takes, never what comes out. All state is read and written under the crew's lock.
final class Schedule: @unchecked Sendable {
  /// A run and what it waits for.
  private struct Job {
    var run: PlannedRun
    var waitsFor: Int
    var dependents: [Int] = []
    /// Seconds until the last of its dependents could be done.
    var urgency = 0.0
    var state = State.waiting
  }
  private enum State { case waiting, running, done, abandoned }

  private var jobs: [Job]
  private var usedMemory = 0
  private let usableMemory: Int
  private let store: Store
  private let board: Board
  private lazy var crew = Crew(workers: workers) { [unowned self] in self.next() }
  private let workers: Int
  private let isInterrupted: @Sendable () -> Bool

  private(set) var diagnostics: [Diagnostic] = []
  private(set) var failure: Store.Failure?
  private(set) var finished = 0

  init(
    _ runs: [PlannedRun], expectation: Expectation, store: Store, workers: Int, usableMemory: Int, board: Board,
    isInterrupted: @escaping @Sendable () -> Bool
  ) {
    self.isInterrupted = isInterrupted
    self.store = store
    self.usableMemory = usableMemory
    self.workers = workers
    self.board = board
    var index: [Key: Int] = [:]
    for (number, run) in runs.enumerated() { index[run.key] = number }
    jobs = runs.map { Job(run: $0, waitsFor: 0) }
    for number in jobs.indices {
      let upstream = Set(runs[number].upstream.values.joined().compactMap { index[$0.key] })
      jobs[number].waitsFor = upstream.count
      for other in upstream { jobs[other].dependents.append(number) }
    }
    // Upstream runs may stand later in the book than their dependents, so urgency flows until it settles.
    var unsettled = Array(jobs.indices)
    while let number = unsettled.popLast() {
      let later = jobs[number].dependents.map { jobs[$0].urgency }.max() ?? 0
      let urgency = later + (expectation.seconds(runs[number]) ?? 1)
      if urgency != jobs[number].urgency {
        jobs[number].urgency = urgency
        unsettled += runs[number].upstream.values.joined().compactMap { index[$0.key] }
      }
    }
  }

  /// Works until everything is done, has failed, or was interrupted.
  func carryOut() {
    crew.work(
      isDone: { self.isDone },
      tick: { self.board.draw() })
  }

  private var isStopping: Bool { failure != nil || isInterrupted() }

  private var isDone: Bool {
    if jobs.contains(where: { $0.state == .running }) { return false }
    return isStopping || !jobs.contains { $0.state == .waiting }
  }

  /// The most urgent run that may start now; called under the lock.
  private func next() -> Crew.Job? {
    guard !isStopping else { return nil }
    let isAlone = !jobs.contains { $0.state == .running }
    let ready = jobs.indices.filter { number in
      jobs[number].state == .waiting && jobs[number].waitsFor == 0
        && (isAlone || usedMemory + jobs[number].run.experiment.memory <= usableMemory)
    }
    guard let number = ready.max(by: { (jobs[$0].urgency, -$0) < (jobs[$1].urgency, -$1) }) else { return nil }
    jobs[number].state = .running
    let run = jobs[number].run
    usedMemory += run.experiment.memory
    board.start(number)
    return { self.settle(number, self.execute(run, number)) }
  }

  private enum Ending {
    case stored(seconds: Double)
    case failed([Diagnostic])
    case cancelled
    case unwritable(Store.Failure)
  }

  private func settle(_ number: Int, _ ending: Ending) {
    crew.update {
      usedMemory -= jobs[number].run.experiment.memory
      jobs[number].state = .done
      switch ending {
      case .stored(let seconds):
        finished += 1
        board.finish(number, seconds: seconds)
        for dependent in jobs[number].dependents { jobs[dependent].waitsFor -= 1 }
      case .failed(let found):
        diagnostics += found
        board.fail(number)
        abandon(jobs[number].dependents)
      case .cancelled:
        // A run that stops although nobody asked must not leave others waiting for it.
        if !isStopping {
          diagnostics.append(Diagnostic(at: jobs[number].run.place, stoppedItself(jobs[number].run.name)))
        }
        board.fail(number)
        abandon(jobs[number].dependents)
      case .unwritable(let failure):
        self.failure = self.failure ?? failure
        board.fail(number)
      }
    }
  }

  /// Runs that start from a failed one cannot run either; they need no message of their own.
  private func abandon(_ numbers: [Int]) {
    for number in numbers where jobs[number].state == .waiting {
      jobs[number].state = .abandoned
      abandon(jobs[number].dependents)
    }
  }

  /// One run on a worker's thread, from its inputs to the store.
  private func execute(_ run: PlannedRun, _ number: Int) -> Ending {
    let inputs: [String: [Input]]
    do {
      inputs = try store.inputs(of: run)
    } catch {
      return .failed(error.diagnostics)
    }
    let watch = Watch(limit: run.timeout?.amount)
    let trouble = Trouble()
    let doors = Doors(
      now: { Watch.now },
      isCancelled: { self.isInterrupted() || watch.isOver || trouble.failure != nil || self.board.isStopped },
      progress: { self.board.advance(number, to: $0) },
      keep: { part, bytes in
        do throws(Store.Failure) {
          try self.store.keep(part, bytes, of: run.key)
        } catch {
          trouble.failure = error
        }
      },
      kept: { self.store.kept($0, of: run.key) })
    let outcome: Outcome
    do {
      outcome = try run.experiment.run(inputs: inputs, doors: crew.lend(to: doors))
    } catch let error as DiagnosticError {
      return .failed(error.diagnostics)
    } catch is Cancelled {
      if let failure = trouble.failure { return stopAll(.unwritable(failure)) }
      if watch.isOver, !isInterrupted(), let limit = run.timeout {
        return .failed([Diagnostic(at: limit.place, tookTooLong(run.name, limit.amount))])
      }
      return .cancelled
    } catch {
      return .failed([Diagnostic(at: run.place, failed(run.name, "\(error)"))])
    }
    let seconds = watch.seconds
    do {
      if let failure = trouble.failure { throw failure }
      try store.put(outcome, key: run.key, seconds: seconds)
      try store.record(
        LedgerLine(labels: run.labelMap, key: run.key, parts: run.parts, seconds: seconds), of: run.id)
    } catch let failure as Store.Failure {
      return stopAll(.unwritable(failure))
    } catch {
      return .failed([Diagnostic(at: run.place, failed(run.name, "\(error)"))])
    }
    store.removeParts(of: run.key)
    return .stored(seconds: seconds)
  }

  private func stopAll(_ ending: Ending) -> Ending {
    board.stop()
    return ending
  }
}

/// A monotonic clock that may have a limit.
private struct Watch: Sendable {
  private let start = Watch.now
  var limit: Double?

  init(limit: Double?) { self.limit = limit }

  static var now: Double { ProcessInfo.processInfo.systemUptime }
  var seconds: Double { Watch.now - start }
  var isOver: Bool { limit.map { seconds > $0 } ?? false }
}

/// What went wrong behind a run's back.
private final class Trouble: @unchecked Sendable {
  private let lock = NSLock()
  private var first: Store.Failure?

  var failure: Store.Failure? {
    get { lock.withLock { first } }
    set { lock.withLock { first = first ?? newValue } }
  }
}

private func tookTooLong(_ name: String, _ limit: Double) -> String {
  "‘\(name)’ took longer than \(inWords(seconds: limit)) and was stopped"
}
private func stoppedItself(_ name: String) -> String { "‘\(name)’ stopped before it was done" }
private func failed(_ name: String, _ error: String) -> String { "‘\(name)’ failed: \(error)" }
