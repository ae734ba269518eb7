import Glibc
import Tensors
import Testing

struct TurnTests {
  @Test("sin and cos of a turn are those of the library, also after many turns and exactly at quarters")
  func accuracy() {
    for i in -400...400 {
      let turns = Double(i) / 157 * 3
      let (sine, cosine) = sineAndCosine(turns: turns)
      let angle = 2 * Double.pi * (turns - turns.rounded())
      #expect(abs(sine - sin(angle)) < 4e-16)
      #expect(abs(cosine - cos(angle)) < 4e-16)
    }
    for (quarter, wanted) in [(0.0, 1.0), (1, 0), (2, -1), (3, 0), (-2, -1)].map({ ($0.0 / 4, $0.1) }) {
      #expect(sineAndCosine(turns: quarter).cosine == wanted)
    }
  }

  @Test("Signs are 1 or −1 in equal numbers, the bits of the stream's words from the lowest up")
  func signs() {
    var stream = Stream(book: 1, run: 1, purpose: .probes(1))
    var words = stream
    let signs = stream.signs(70)
    let bits = [words.next(), words.next(), words.next()]
    for (index, sign) in signs.enumerated() {
      #expect(sign == (bits[index / 32] >> UInt32(index % 32) & 1 == 0 ? 1 : -1))
    }
    #expect(abs(stream.signs(100_000).reduce(0, +)) < 5 * 100_000.0.squareRoot())
  }
}
