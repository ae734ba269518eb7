import Landscapes
import Testing

import func Glibc.cos
import func Glibc.exp
import func Glibc.sin

@Suite struct ContinuousWaveletTests {
  @Test func `Transforms equal quadrature`() throws {
    let spacing = 0.05
    let places = (-400...400).map { Double($0) * spacing }
    let signal = places.map { exp(-$0 * $0 / 9) * cos(2 * $0) }
    for reference in scales.continuous {
      let wavelet = try #require(ContinuousWavelet(rawValue: reference.wavelet))
      let place = 400 + Int((reference.b / spacing).rounded())
      let row = try wavelet.transform(signal, scales: [reference.a], spacing: spacing)[0]
      #expect(abs(row[place] - reference.value) < 1e-9)
    }
  }

  @Test func `Amplitudes for a wave are PyWavelets' to its table's precision`() throws {
    let wave = (0..<200).map { sin(0.2 * Double($0)) }
    for (wavelet, reference) in [(ContinuousWavelet.mexicanHat, scales.wave.mexicanHat), (.morlet, scales.wave.morlet)]
    {
      let rows = try wavelet.transform(wave, scales: scales.wave.scales)
      let largest = reference.max() ?? 0
      for (row, value) in zip(rows, reference) {
        #expect(abs((row[60..<140].map(abs).max() ?? 0) - value) < 0.02 * largest)
      }
    }
  }

  @Test(arguments: ContinuousWavelet.allCases)
  func `The transform of a sine peaks at the scale of its frequency`(wavelet: ContinuousWavelet) throws {
    let frequency = 0.3
    let wave = (0..<1200).map { sin(frequency * Double($0)) }
    let expected = wavelet.scale(ofAngularFrequency: frequency)
    let candidates = (0...40).map { expected * (0.8 + 0.01 * Double($0)) }
    let amplitudes = try wavelet.transform(wave, scales: candidates).map { row in row[400..<800].map(abs).max() ?? 0 }
    let best = try #require(amplitudes.indices.max { amplitudes[$0] < amplitudes[$1] })
    #expect(abs(candidates[best] - expected) <= 0.0101 * expected)
  }

  @Test func `The Mexican hat has no mean and norm 1, Morlet's wavelet nearly no mean`() throws {
    let step = 0.01
    let places = (-1000...1000).map { Double($0) * step }
    let hat = places.map { ContinuousWavelet.mexicanHat.value(at: $0) }
    #expect(abs(hat.reduce(0, +) * step) < 1e-12)
    #expect(abs(hat.reduce(0) { $0 + $1 * $1 } * step - 1) < 1e-12)
    let mean = places.reduce(0) { $0 + ContinuousWavelet.morlet.value(at: $1) } * step
    #expect(abs(mean - 9.34e-6) < 1e-7)
  }

  @Test func `Scales that are not positive are refused`() {
    #expect(throws: LandscapeError.self) { try ContinuousWavelet.morlet.transform([1, 2], scales: [0]) }
    #expect(throws: LandscapeError.self) { try ContinuousWavelet.morlet.transform([1, 2], scales: [1], spacing: -1) }
  }
}
