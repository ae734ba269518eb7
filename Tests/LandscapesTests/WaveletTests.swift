import Landscapes
import Testing

@Suite struct WaveletTests {
  @Test(arguments: Wavelet.names)
  func `Scaling coefficients sum to √2 and are orthonormal to their even shifts`(name: String) throws {
    let h = try Wavelet(named: name).scaling
    #expect(abs(h.reduce(0, +) - 2.0.squareRoot()) < 1e-14)
    for shift in 0..<h.count / 2 {
      let product = (2 * shift..<h.count).reduce(0) { $0 + h[$1] * h[$1 - 2 * shift] }
      #expect(abs(product - (shift == 0 ? 1 : 0)) < 1e-14)
    }
  }

  @Test(arguments: Wavelet.names)
  func `The detail filter is orthogonal to the other and blind to polynomials`(name: String) throws {
    let wavelet = try Wavelet(named: name)
    let (low, high) = (wavelet.lowPass, wavelet.highPass)
    let moments = low.count / 2
    for shift in 0..<moments {
      #expect(abs((2 * shift..<low.count).reduce(0) { $0 + low[$1] * high[$1 - 2 * shift] }) < 1e-14)
      #expect(abs((2 * shift..<low.count).reduce(0) { $0 + high[$1] * low[$1 - 2 * shift] }) < 1e-14)
    }
    // As many vanishing moments as half the length says, and no more.
    func moment(_ p: Int) -> Double {
      high.indices.reduce(0) { sum, k in
        sum + (0..<p).reduce(high[k]) { power, _ in power * (Double(k) / Double(high.count)) }
      }
    }
    for p in 0..<moments { #expect(abs(moment(p)) < 1e-12) }
    #expect(abs(moment(moments)) > 1e-9)
  }

  @Test func `Spaces are nested: a coarse scaling function is made of fine ones by the two-scale relation`() throws {
    // φ sampled at 2⁻⁹ by iterating the relation from a spike must itself satisfy it.
    let wavelet = try Wavelet(named: "db3")
    var phi = [1.0]
    for _ in 0..<9 {
      var finer = [Double](repeating: 0, count: 2 * phi.count + wavelet.scaling.count - 2)
      for (i, value) in phi.enumerated() {
        for (k, h) in wavelet.scaling.enumerated() { finer[2 * i + k] += 2.0.squareRoot() * h * value }
      }
      phi = finer
    }
    let step = 1.0 / 512
    #expect(abs(phi.reduce(0, +) * step - 1) < 1e-3)
    var worst = 0.0
    for n in 0..<phi.count / 2 {
      var sum = 0.0
      for (k, h) in wavelet.scaling.enumerated() {
        let place = 2 * n - 512 * k
        if phi.indices.contains(place) { sum += 2.0.squareRoot() * h * phi[place] }
      }
      worst = max(worst, abs(sum - phi[n]))
    }
    #expect(worst < 0.02)
    // Orthonormal to its integer shifts.
    for shift in 0...3 {
      let product = (512 * shift..<phi.count).reduce(0) { $0 + phi[$1] * phi[$1 - 512 * shift] } * step
      #expect(abs(product - (shift == 0 ? 1 : 0)) < 5e-3)
    }
  }

  @Test func `The deepest level is PyWavelets', and more is refused with what fits`() throws {
    let db2 = try Wavelet(named: "db2")
    #expect(Wavelet.haar.maximumLevel(length: 20) == 4)
    #expect(db2.maximumLevel(length: 20) == 2)
    #expect(db2.maximumLevel(length: 5) == 0)
    let error = #expect(throws: LandscapeError.self) {
      try WaveletDecomposition(Array(repeating: 0, count: 20), wavelet: db2, levels: 3)
    }
    #expect(error?.hints == ["1 to 2 levels fit 20 samples; 3 levels of db2 need 24"])
    #expect(throws: LandscapeError.self) { try WaveletDecomposition([1, 2], wavelet: .haar, levels: 0) }
    let long = #expect(throws: LandscapeError.self) {
      try WaveletDecomposition(Array(repeating: 0, count: 2), wavelet: Wavelet(named: "db8"), levels: 1)
    }
    #expect(long?.message == "1 level of db8 on 2 samples")
    #expect(long?.hints == ["too few samples for one level; 1 level of db8 needs 30"])
    let unknown = #expect(throws: LandscapeError.self) { try Wavelet(named: "db9") }
    #expect(unknown?.hints == ["wavelets: haar, db2, db3, db4, db5, db6, db7, db8"])
  }
}
