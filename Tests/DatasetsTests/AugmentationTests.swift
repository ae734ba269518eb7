import Fixtures
import Tensors
import Testing

@testable import Datasets

@Suite struct AugmentationTests {
  struct Pictures: Decodable {
    struct Rotation: Decodable {
      var shape: [Int]
      var angle: Double
      var picture: [UInt8]
      var nearest: [UInt8]
      var bilinear: [UInt8]
    }
    var rotations: [Rotation]
  }

  private func drawn(
    _ augmentation: Augmentation, _ picture: [UInt8], height: Int, width: Int, _ change: Augmentation.Change
  ) -> [UInt8] {
    var target = [UInt8](repeating: 9, count: picture.count + 1)
    augmentation.draw(picture[...], height: height, width: width, change, into: &target, at: 1)
    #expect(target[0] == 9)
    return Array(target.dropFirst())
  }

  @Test func `Pictures turn as torch turns them`() throws {
    let pictures: Pictures = try fixture("pictures")
    for rotation in pictures.rotations {
      for (interpolation, wanted) in [
        (Augmentation.Interpolation.nearest, rotation.nearest), (.bilinear, rotation.bilinear),
      ] {
        let found = drawn(
          Augmentation(interpolation: interpolation), rotation.picture, height: rotation.shape[1],
          width: rotation.shape[2], .init(isFlipped: false, angle: rotation.angle, dx: 0, dy: 0))
        #expect(found == wanted, "\(interpolation) by \(rotation.angle)")
      }
    }
  }

  @Test func `A flip mirrors rows, a shift brings in black`() {
    let picture: [UInt8] = [1, 2, 3, 4, 5, 6, 11, 12, 13, 14, 15, 16]
    func changed(_ flip: Bool, _ dx: Int, _ dy: Int) -> [UInt8] {
      drawn(Augmentation(), picture, height: 2, width: 3, .init(isFlipped: flip, angle: 0, dx: dx, dy: dy))
    }
    #expect(changed(false, 0, 0) == picture)
    #expect(changed(true, 0, 0) == [3, 2, 1, 6, 5, 4, 13, 12, 11, 16, 15, 14])
    #expect(changed(false, 1, 0) == [2, 3, 0, 5, 6, 0, 12, 13, 0, 15, 16, 0])
    #expect(changed(false, 0, -1) == [0, 0, 0, 1, 2, 3, 0, 0, 0, 11, 12, 13])
    #expect(changed(false, 3, 0) == [UInt8](repeating: 0, count: 12))
  }

  @Test func `Changes have the sizes asked for, and one does not alter what is drawn for another`() {
    let whole = Augmentation(flip: true, rotate: 10, crop: 4)
    var flips = 0
    var shifts: Set<Int> = []
    for sample in 0..<400 {
      func change(_ augmentation: Augmentation) -> Augmentation.Change {
        var stream = Stream(book: 1, run: 1, purpose: .augmentation(epoch: 2, sample: sample))
        return augmentation.change(&stream)
      }
      let all = change(whole)
      flips += all.isFlipped ? 1 : 0
      shifts.formUnion([all.dx, all.dy])
      #expect(abs(all.angle) <= 10)
      #expect(change(Augmentation(flip: true)).isFlipped == all.isFlipped)
      #expect(change(Augmentation(rotate: 10)).angle == all.angle)
      #expect(change(Augmentation()) == .init(isFlipped: false, angle: 0, dx: 0, dy: 0))
    }
    #expect((160...240).contains(flips))
    #expect(shifts == Set(-4...4))
  }

  private let pictures: Samples = {
    let bytes = (0..<5 * 12).map { UInt8(4 * $0) }
    return Samples(
      count: 5, inputs: .bytes(bytes, Normalization.half.table(for: [3, 2, 2])), targets: .labels([0, 1, 2, 3, 4]))
  }()

  private func augmenter(run: UInt64 = 1) -> Augmenter {
    let facts = DataFacts(
      name: "p", inputShape: [3, 2, 2], task: .classification(classes: ["a"]), trainCount: 5, testCount: 0,
      inputNumber: .byte)
    return Augmenter(Augmentation(flip: true, rotate: 60, crop: 1), of: facts, book: 1, run: run)
  }

  @Test func `What happens to a sample depends on seeds, epoch and its index, not on its batch`() {
    func batch(_ indices: ArraySlice<Int>, epoch: Int, run: UInt64 = 1) -> [Float] {
      var augmenter = augmenter(run: run)
      var batch = Vector<Float>(zeros: indices.count * 12)
      augmenter.copyInputs(of: pictures, indices, epoch: epoch, into: &batch)
      return batch.array
    }
    let first = batch([0, 1, 2, 3, 4], epoch: 1)
    #expect(first == batch([0, 1, 2, 3, 4], epoch: 1))
    #expect(batch([3, 1], epoch: 1) == Array(first[36..<48] + first[12..<24]))
    #expect(first != batch([0, 1, 2, 3, 4], epoch: 2))
    #expect(first != batch([0, 1, 2, 3, 4], epoch: 1, run: 2))
    #expect(first != pictures.floats)
    // Black is what the byte 0 stands for.
    #expect(first.contains(-1))
  }
}
