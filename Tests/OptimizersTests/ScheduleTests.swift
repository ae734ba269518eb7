import Fixtures
import Optimizers
import Testing

private struct Reference: Decodable {
  var losses: [Double]
  var rates: [String: [Double]]
}

private let reference = try! fixture("schedules", as: Reference.self)

/// The same schedules as the fixture's, by its names.
private let schedules: [String: any Schedule] = [
  "constant": ConstantFactor(0.3, duration: 7),
  "step": StepDecay(interval: 6, gamma: 0.3),
  "multi-step": MilestoneDecay(milestones: [3, 11, 11, 30], gamma: 0.5),
  "exponential": StepDecay(interval: 1, gamma: 0.93),
  "cosine": Cosine(duration: 25, minimum: 0.1),
  "cosine-restarts": CosineRestarts(period: 5, multiplier: 2, minimum: 0.05),
  "cosine-restarts-equal": CosineRestarts(period: 7),
  "linear": LinearRamp(from: 0.8, to: 0.1, duration: 20),
  "polynomial": PolynomialDecay(exponent: 2.5, duration: 30),
  "one-cycle": OneCycle(duration: 41),
  "one-cycle-linear": OneCycle(duration: 41, rise: 0.4, shape: .linear, startDivisor: 10, endDivisor: 100),
  "one-cycle-three-phase": OneCycle(duration: 41, hasThreePhases: true),
  "cyclical": Cyclical(low: 0.1, up: 4, down: 7),
  "cyclical-halving": Cyclical(low: 0.1, up: 5, down: 5, mode: .triangular2),
  "cyclical-exponential": Cyclical(low: 0.1, up: 5, down: 5, mode: .exponentialRange, gamma: 0.95),
  "warmup-cosine": WarmedUp(Cosine(duration: 32), over: 8, from: 0.1),
  "plateau": Plateau(gamma: 0.5, patience: 2),
  "plateau-cooldown": Plateau(gamma: 0.5, patience: 1, threshold: 0.05, cooldown: 3, minimum: 0.2),
]

struct ScheduleTests {
  @Test("Every schedule of the fixture is tested, and every one has a reference")
  func complete() { #expect(Set(reference.rates.keys) == Set(schedules.keys)) }

  @Test("Rates agree with PyTorch's to 1e-12 for 40 units", arguments: reference.rates.keys.sorted())
  func rates(_ name: String) throws {
    var schedule = try #require(schedules[name])
    schedule.observe(Seen(time: 0, norm: 1))
    for (time, wanted) in reference.rates[name]!.enumerated() {
      #expect(abs(schedule.factor(at: time) - wanted) <= 1e-12, "unit \(time)")
      schedule.observe(Seen(time: time + 1, testLoss: reference.losses[time]))
    }
  }

  @Test("A plateau watches the loss that it was told to, and nothing is better than NaN")
  func watching() {
    var schedule = Plateau(watching: .trainLoss, patience: 0)
    for time in 1...3 { schedule.observe(Seen(time: time, trainLoss: 1 / Double(time), testLoss: 5)) }
    #expect(schedule.factor(at: 3) == 1)
    schedule.observe(Seen(time: 4, trainLoss: .nan, testLoss: 0))
    #expect(schedule.factor(at: 4) == 0.1)
  }

  @Test("A warm-up rises by equal amounts to the full rate, and a plateau after it does not see it")
  func warmup() {
    let cosine = WarmedUp(Cosine(duration: 10), over: 4)
    for (time, wanted) in [0.2, 0.4, 0.6, 0.8, 1].enumerated() {
      #expect(abs(cosine.factor(at: time) - wanted) < 1e-15)
    }
    #expect(cosine.factor(at: 14) == 0)
    var plateau = WarmedUp(Plateau(patience: 0), over: 3)
    for time in 1...3 { plateau.observe(Seen(time: time, testLoss: Double(time))) }
    #expect(plateau.factor(at: 3) == 1)
    plateau.observe(Seen(time: 4, testLoss: 2))
    plateau.observe(Seen(time: 5, testLoss: 3))
    #expect(abs(plateau.factor(at: 5) - 0.1) < 1e-15)
  }

  @Test("Warmup-stable-decay is level until its decay and reaches the minimum at the end")
  func stableDecay() {
    for (shape, half) in [(StableDecay.Shape.linear, 0.55), (.cosine, 0.55), (.squareRoot, 1 - 0.9 * 0.5.squareRoot())]
    {
      let schedule = StableDecay(duration: 20, decay: 8, shape: shape, minimum: 0.1)
      #expect((0...12).allSatisfy { schedule.factor(at: $0) == 1 })
      #expect(abs(schedule.factor(at: 16) - half) < 1e-15)
      #expect(schedule.factor(at: 13) < 1 && schedule.factor(at: 19) > 0.1)
      #expect(schedule.factor(at: 20) == 0.1 && schedule.factor(at: 99) == 0.1)
    }
    #expect(StableDecay(duration: 5, decay: 0).factor(at: 4) == 1)
  }

  @Test("After a warm-up of k steps the inverse square root is the Transformer's min(t^-1/2, t·k^-3/2), scaled")
  func inverseSquareRoot() {
    let k = 16.0
    let schedule = WarmedUp(InverseSquareRoot(timescale: k), over: 16, from: 0)
    for step in 1...100 {
      let t = Double(step)
      let wanted = k.squareRoot() * min(1 / t.squareRoot(), t / (k * k.squareRoot()))
      #expect(abs(schedule.factor(at: step) - wanted) < 1e-14)
    }
  }

  @Test("The channel-aware schedule: a tenth above the threshold, half above 0.8 of it, a cosine elsewhere")
  func channelAware() {
    var schedule = ChannelAware(threshold: 100, duration: 10)
    schedule.observe(Seen(time: 0, norm: 10))
    #expect(schedule.factor(at: 0) == 1)
    #expect(abs(schedule.factor(at: 5) - 0.5) < 1e-15)
    #expect(abs(schedule.factor(at: 10)) < 1e-15)
    for (norm, wanted) in [(80.0, 1.0), (80.001, 0.5), (100, 0.5), (100.001, 0.1)] {
      schedule.observe(Seen(time: 1, norm: norm))
      #expect(schedule.factor(at: 0) == wanted)
    }
  }

  @Test("The embedding-aware schedule jumps from 0.1 to 0.63 at unit 10; what was meant starts there at 1")
  func embeddingAware() {
    let coded = EmbeddingAware(depth: 2)
    for (time, wanted) in [(0, 0.1), (9, 0.1), (10, 0.6309573444801932), (50, 0.1)] {
      #expect(abs(coded.factor(at: time) - wanted) < 1e-14)
    }
    #expect(abs(EmbeddingAware(depth: 5).factor(at: 0) - 0.0729) < 1e-15)
    let meant = WarmedUp(Cosine(duration: 40), over: 10)
    for (time, wanted) in [(0, 1.0 / 11), (9, 10.0 / 11), (10, 1), (30, 0.5), (50, 0)] {
      #expect(abs(meant.factor(at: time) - wanted) < 1e-14)
    }
  }

  @Test("One-cycle stays finite however short the run", arguments: 1...6)
  func shortCycles(_ duration: Int) {
    for phases in [false, true] {
      let schedule = OneCycle(duration: duration, hasThreePhases: phases)
      for time in 0...duration { #expect((0...1).contains(schedule.factor(at: time))) }
    }
  }
}
