private import func Glibc.madvise
private import var Glibc.MADV_HUGEPAGE

/// A flat array of numbers in memory of its own, aligned for the widest loads, a long one to a page. A value: copies share until written.
@safe public struct Vector<Element: Scalar>: @unchecked Sendable {
  @safe @usableFromInline final class Storage {
    @usableFromInline let base: UnsafeMutablePointer<Element>
    @usableFromInline let count: Int

    init(count: Int) {
      self.count = count
      let bytes = max(1, count) * MemoryLayout<Element>.stride
      let memory = UnsafeMutableRawPointer.allocate(byteCount: bytes, alignment: bytes < 8192 ? 64 : 4096)
      // First touching 40 MB page by page takes as long as reading them ten times.
      if bytes >= 4 << 20 { unsafe madvise(memory, bytes, MADV_HUGEPAGE) }
      unsafe base = memory.bindMemory(to: Element.self, capacity: max(1, count))
    }

    deinit { unsafe base.deallocate() }
  }

  @usableFromInline var storage: Storage

  /// `count` zeros.
  public init(zeros count: Int) {
    storage = Storage(count: count)
    // Bytes: a loop over elements of an unspecialised type would take a hundred times longer.
    unsafe UnsafeMutableRawPointer(storage.base).initializeMemory(
      as: UInt8.self, repeating: 0, count: count * MemoryLayout<Element>.stride)
  }

  /// Room for `count` numbers of no particular value: to be written before they are read.
  init(roomFor count: Int) { storage = Storage(count: count) }

  public init(repeating value: Element, count: Int) {
    storage = Storage(count: count)
    unsafe storage.base.initialize(repeating: value, count: count)
  }

  public init(_ elements: some Collection<Element>) {
    storage = Storage(count: elements.count)
    var index = 0
    for element in elements {
      unsafe (storage.base + index).initialize(to: element)
      index += 1
    }
  }

  public var count: Int { storage.count }
  public var indices: Range<Int> { 0..<storage.count }

  @inlinable public subscript(index: Int) -> Element {
    get {
      precondition(index >= 0 && index < storage.count, "index out of range")
      return unsafe storage.base[index]
    }
    set {
      precondition(index >= 0 && index < storage.count, "index out of range")
      makeUnique()
      unsafe storage.base[index] = newValue
    }
  }

  /// The elements in a range, as an array.
  public subscript(range: Range<Int>) -> [Element] {
    precondition(range.lowerBound >= 0 && range.upperBound <= count, "range out of bounds")
    return unsafe Array(UnsafeBufferPointer(start: storage.base + range.lowerBound, count: range.count))
  }

  public var array: [Element] { self[0..<count] }

  /// Writes elements from `start` on.
  public mutating func replace(from start: Int, with elements: some Collection<Element>) {
    precondition(start >= 0 && start + elements.count <= count, "range out of bounds")
    makeUnique()
    var index = start
    for element in elements {
      unsafe storage.base[index] = element
      index += 1
    }
  }

  /// Copies `count` elements of another vector: a row of a data set into a batch, say.
  public mutating func copy(_ count: Int, from source: Vector, at sourceStart: Int, to start: Int) {
    precondition(sourceStart >= 0 && sourceStart + count <= source.count && start >= 0 && start + count <= self.count)
    makeUnique()
    unsafe (storage.base + start).update(from: source.storage.base + sourceStart, count: count)
  }

  /// Copies `count` elements of a vector of another precision.
  public mutating func copy<Other: Scalar>(
    _ count: Int, from source: Vector<Other>, at sourceStart: Int, to start: Int
  ) {
    if let same = source as? Vector { return copy(count, from: same, at: sourceStart, to: start) }
    for index in 0..<count { self[start + index] = Element(source[sourceStart + index]) }
  }

  /// Makes the memory this value's own before it is written.
  @inlinable mutating func makeUnique() {
    if !isKnownUniquelyReferenced(&storage) { copyStorage() }
  }

  @usableFromInline mutating func copyStorage() {
    let copy = Storage(count: count)
    unsafe copy.base.initialize(from: storage.base, count: count)
    storage = copy
  }

  /// Where the elements are; valid as long as this value lives and is not written through another copy.
  var base: UnsafeMutablePointer<Element> { unsafe storage.base }
}

extension Vector: Equatable {
  /// Equal bit for bit, so that NaN equals itself and 0 differs from −0: the sameness that replay promises.
  public static func == (a: Vector, b: Vector) -> Bool {
    a.count == b.count && a.indices.allSatisfy { a[$0].bits == b[$0].bits }
  }
}

extension Vector {
  /// The same numbers in another precision.
  public func converted<Other: Scalar>(to type: Other.Type) -> Vector<Other> {
    var result = Vector<Other>(zeros: count)
    for index in indices { result[index] = Other(self[index]) }
    return result
  }
}
